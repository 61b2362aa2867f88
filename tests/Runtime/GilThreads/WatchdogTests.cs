using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads;

/// <summary>A lock that is held without a checkpoint while somebody waits is reported, with the id of the rule that would have found
/// it.</summary>
public sealed class WatchdogTests
{
    private readonly List<ScriptedGate> _gates = [];
    private readonly SteppedClock _clock = new();

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_holder_that_blocks_is_reported_once_as_QNT3013()
    {
        using var release = new ManualResetEvent(false);
        var reports = await Reports(() => release.WaitOne(), () => release.Set(), TimeSpan.FromSeconds(2));

        var report = Assert.Single(reports);
        Assert.Equal(("QNT3013", "Crunch"), (report.RuleId, report.HolderThreadName));
        Assert.Contains(nameof(WatchdogTests), report.WaiterStackTrace, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_holder_that_computes_is_reported_as_QNT3012()
    {
        var stop = false;
        void Compute()
        {
            while (!Volatile.Read(ref stop))
            {
            }
        }

        var reports = await Reports(Compute, () => Volatile.Write(ref stop, true), TimeSpan.FromSeconds(2), blocks: false);
        Assert.Equal("QNT3012", Assert.Single(reports).RuleId);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_holder_below_the_threshold_is_not_reported()
    {
        using var release = new ManualResetEvent(false);
        Assert.Empty(await Reports(() => release.WaitOne(), () => release.Set(), TimeSpan.FromSeconds(0.9)));
    }

    private async Task<List<GilHolding>> Reports(Action hold, Action release, TimeSpan heldFor, bool blocks = true)
    {
        var gil = new GlobalInterpreterLock(new GilOptions { TimeProvider = _clock }, NewGate, GilProbe.None);
        var reports = new List<GilHolding>();
        gil.HeldWithoutCheckpoint += reports.Add;
        Thread? thread = null;
        void Body()
        {
            Volatile.Write(ref thread, Thread.CurrentThread);
            hold();
        }

        // Events spin and take locks of their own, which would look like the blocking that is waited for.
        var holder = gil.StartThread(Body, "Crunch");
        while (Volatile.Read(ref thread) is null) Thread.Yield();
        if (blocks)
            while ((thread!.ThreadState & ThreadState.WaitSleepJoin) == 0) Thread.Yield();
        var waiter = Background.Run(() => { using (gil.Enter()) { } });
        _gates[0].UntilWaiting(1);

        _clock.Now = heldFor;
        _gates[0].TimeOutOne();
        _gates[0].TimeOutOne();

        release();
        await Task.WhenAll(waiter, holder.Completion);
        return reports;
    }

    private ScriptedGate NewGate()
    {
        _gates.Add(new ScriptedGate());
        return _gates[^1];
    }

    private sealed class SteppedClock : TimeProvider
    {
        internal TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
