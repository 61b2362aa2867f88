using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads;

/// <summary>When a waiter asks for the lock and what the holder does about it, with time in the test's hand.</summary>
public sealed class DropRequestTests
{
    private readonly List<ScriptedGate> _gates = [];

    private ScriptedGate Waiters => _gates[0];

    private ScriptedGate Switched => _gates[2];

    private GlobalInterpreterLock Create(GilProbe? probe = null, GilOptions? options = null) =>
        new(options ?? new GilOptions { TimeProvider = new StoppedClock() }, NewGate, probe ?? GilProbe.None);

    private ScriptedGate NewGate()
    {
        _gates.Add(new ScriptedGate());
        return _gates[^1];
    }

    [Theory(Timeout = Patience.OfATest)]
    [InlineData(5.0)]
    [InlineData(0.5)]
    [InlineData(0.01)]
    public async Task A_waiter_waits_for_exactly_one_interval_also_below_a_millisecond(double milliseconds)
    {
        var gil = Create();
        gil.SwitchInterval = TimeSpan.FromMilliseconds(milliseconds);
        var held = gil.Enter();
        var waiter = Background.Run(() => { using (gil.Enter()) { } });
        Waiters.UntilWaiting(1);

        Assert.Equal([TimeSpan.FromMilliseconds(milliseconds)], Waiters.Waits);
        held.Dispose();
        await waiter;
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_checkpoint_before_the_interval_is_over_keeps_the_lock()
    {
        var gil = Create();
        var held = gil.Enter();
        var waiter = Background.Run(() => { using (gil.Enter()) { } });
        Waiters.UntilWaiting(1);

        gil.Checkpoint();

        Assert.False(waiter.IsCompleted);
        Assert.Equal(0, Waiters.Wakes);
        held.Dispose();
        await waiter;
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_checkpoint_after_the_interval_is_over_hands_the_lock_to_the_waiter()
    {
        var gil = Create();
        var order = new List<string>();
        var held = gil.Enter();
        var waiter = Background.Run(() => { using (gil.Enter()) order.Add("waiter"); });
        Waiters.UntilWaiting(1);
        Waiters.TimeOutOne();

        gil.Checkpoint();
        order.Add("holder");

        Assert.Equal(["waiter", "holder"], order);
        held.Dispose();
        await waiter;
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task An_interval_in_which_the_lock_changed_hands_asks_for_nothing_and_the_next_one_does()
    {
        var gil = Create();
        var held = gil.Enter();
        var waiter = Background.Run(() => { using (gil.Enter()) { } });
        Waiters.UntilWaiting(1);
        Waiters.LosesWakes = true;
        held.Dispose();
        var other = Background.Run(() =>
        {
            using (gil.Enter())
            {
                Waiters.TimeOutOne();
                gil.Checkpoint();
                var early = waiter.IsCompleted;
                Waiters.TimeOutOne();
                Waiters.LosesWakes = false;
                gil.Checkpoint();
                return (Early: early, Late: gil.SwitchCount);
            }
        });

        var (handedOverEarly, switches) = await other;
        await waiter;

        Assert.False(handedOverEarly);
        Assert.Equal(4, switches);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task The_last_holder_stays_away_until_another_thread_has_really_taken_the_lock()
    {
        var probe = new SwitchProbe();
        var gil = Create(probe);
        var held = gil.Enter();
        var waiter = Background.Run(() => { using (gil.Enter()) { } });
        Waiters.UntilWaiting(1);
        Waiters.TimeOutOne();
        var asker = Background.Run(() =>
        {
            // The waiter has been woken and stands before the free lock; the last holder must not pass it.
            probe.WaiterAtTheLock.Wait();
            Switched.UntilWaiting(1);
            var stayedAway = probe.HolderStaysAway.IsSet && !probe.HolderCameBack.IsSet && !gil.IsHeldByCurrentThread;
            probe.LetWaiterTake.Set();
            return stayedAway;
        });

        gil.Checkpoint();

        Assert.True(probe.HolderCameBack.IsSet);
        held.Dispose();
        Assert.True(await asker);
        await waiter;
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_release_that_nobody_asked_for_does_not_wait_for_a_switch()
    {
        var probe = new SwitchProbe();
        var gil = Create(probe);
        var held = gil.Enter();
        var waiter = Background.Run(() => { using (gil.Enter()) { } });
        Waiters.UntilWaiting(1);

        // The waiter is held before the lock, so a forced wait would never end.
        gil.AllowThreads(probe.WaiterAtTheLock.Wait);

        Assert.False(probe.HolderStaysAway.IsSet);
        probe.LetWaiterTake.Set();
        held.Dispose();
        await waiter;
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_forced_wait_ends_when_the_only_waiter_gives_up()
    {
        var gil = Create();
        using var cancellation = new CancellationTokenSource();
        var held = gil.Enter();
        var waiter = Background.Run(() => { using (gil.Enter(cancellation.Token)) { } });
        Waiters.UntilWaiting(1);
        Waiters.TimeOutOne();
        Waiters.LosesWakes = true;
        var canceller = Background.Run(() =>
        {
            Switched.UntilWaiting(1);
            cancellation.Cancel();
        });

        gil.Checkpoint();
        held.Dispose();

        await canceller;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
        Assert.Equal(1, gil.SwitchCount);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task With_io_priority_a_thread_back_from_blocking_work_asks_at_once()
    {
        var gil = Create(options: new GilOptions { Policy = GilSwitchPolicy.IoPriority, TimeProvider = new StoppedClock() });
        Assert.True(await ComesBackDuringAHog(gil, _gates[1]));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Without_it_that_thread_waits_for_the_interval_as_everybody_does()
    {
        var gil = Create();
        Assert.False(await ComesBackDuringAHog(gil, Waiters));
    }

    private static async Task<bool> ComesBackDuringAHog(GlobalInterpreterLock gil, ScriptedGate gate)
    {
        using var inside = new ManualResetEventSlim();
        using var back = new ManualResetEventSlim();
        var came = false;
        var io = Background.Run(() =>
        {
            using (gil.Enter())
            {
                gil.AllowThreads(() => { inside.Set(); back.Wait(); });
                came = true;
            }
        });
        Assert.True(inside.Wait(Patience.OfAWait));
        var held = gil.Enter();
        back.Set();
        gate.UntilWaiting(1);
        gil.Checkpoint();
        var result = came;
        held.Dispose();
        await io;
        return result;
    }

    /// <summary>No time passes but by the gates.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
