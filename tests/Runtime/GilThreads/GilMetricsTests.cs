using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads;

/// <summary>What can be seen of a lock from outside: its meter and its events.</summary>
public sealed class GilMetricsTests
{
    [Fact(Timeout = Patience.OfATest)]
    public async Task A_lock_that_is_held_and_waited_for_is_told_as_that_until_it_is_free()
    {
        using var gil = new GlobalInterpreterLock(new GilOptions { Name = nameof(GilMetricsTests) });
        Assert.Equal((0, 0), (Of(gil, "gil.held"), Of(gil, "gil.waiting")));
        Task waiter;
        using (gil.Enter())
        {
            waiter = Background.Run(() =>
            {
                using (gil.Enter())
                {
                }
            });
            Assert.True(Readings.Become(1, () => Of(gil, "gil.waiting")));
            Assert.Equal(1, Of(gil, "gil.held"));
        }

        await waiter;
        Assert.Equal((0, 0, gil.SwitchCount), (Of(gil, "gil.held"), Of(gil, "gil.waiting"), Of(gil, "gil.switches")));
        Assert.Equal(2, gil.SwitchCount);
        gil.Dispose();
        Assert.Null(Of(gil, "gil.held"));
    }

    [Fact(Timeout = Patience.OfATest)]
    public void A_thread_that_fails_is_told_and_one_that_ends_is_not()
    {
        using var log = new SourceLog(GilEventSource.Log);
        using var gil = new GlobalInterpreterLock(new GilOptions { Name = nameof(A_thread_that_fails_is_told_and_one_that_ends_is_not) });
        gil.ThreadFailed += static (_, _) => { };
        gil.StartThread(static () => throw new InvalidTimeZoneException("lost"), "fails").Join();
        gil.StartThread(static () => { }, "ends").Join();

        var told = Assert.Single(log.Of(nameof(GilEventSource.ThreadFailed), gil.Name));
        Assert.Equal("fails", told[1]);
        Assert.Contains("lost", (string)told[2]!, StringComparison.Ordinal);
    }

    private static double? Of(GlobalInterpreterLock gil, string name) => Readings.Of("Quintet.GilThreads", name, ("name", gil.Name));
}
