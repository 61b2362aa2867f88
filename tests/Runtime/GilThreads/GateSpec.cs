using Quintet.Core;

namespace Quintet.Tests.Runtime.GilThreads;

/// <summary>What every gate owes the lock, on every platform.</summary>
public abstract class GateSpec
{
    private protected abstract ThreadGate Create();

    [Fact]
    public void A_wake_between_the_look_and_the_wait_is_not_lost()
    {
        var gate = Create();
        var ticket = gate.Ticket;
        gate.WakeOne();
        Assert.True(gate.Wait(ticket, Timeout.InfiniteTimeSpan));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(2.5)]
    public void A_wait_for_nothing_ends_by_time(double milliseconds)
    {
        var gate = Create();
        // A signal may end a wait early, but not each time.
        Assert.Contains(false, Enumerable.Range(0, 1_000).Select(_ => gate.Wait(gate.Ticket, TimeSpan.FromMilliseconds(milliseconds))));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task All_waiters_are_woken()
    {
        var gate = Create();
        var ticket = gate.Ticket;
        var waiters = Enumerable.Range(0, 4).Select(_ => Background.Run(() => gate.Wait(ticket, Timeout.InfiniteTimeSpan))).ToArray();
        gate.WakeAll();
        Assert.All(await Task.WhenAll(waiters), Assert.True);
    }
}
