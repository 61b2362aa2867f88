using Quintet.Asyncio;
using Quintet.Loops;

namespace Quintet.Tests.Runtime.Asyncio;

public sealed class DetectorTests
{
    [Fact]
    public void A_wait_for_another_thread_is_refused_where_the_policy_says_so_and_allowed_in_a_scope()
    {
        var options = new EventLoopOptions { BlockingWaits = BlockingPolicy.Throw, HandleInterrupt = false };
        var reports = new List<LoopReport>();
        Action<LoopReport> collect = report =>
        {
            lock (reports) reports.Add(report);
        };
        LoopDetectors.Reported += collect;
        EventLoop.Run(Main(), options);
        LoopDetectors.Reported -= collect;
        // Other tests report, too.
        var ours = reports.Where(report => report.Stack?.Contains(typeof(DetectorTests).FullName!, StringComparison.Ordinal) == true);
        var report = Assert.Single(ours);
        Assert.Equal("QNT4001", report.RuleId);
        Assert.Contains("Main", report.Callback, StringComparison.Ordinal);

        static async Coroutine Main()
        {
            using var never = new ManualResetEvent(false);
            Assert.Throws<BlockingCallException>(() => never.WaitOne(50));
            using (LoopDetectors.AllowBlocking()) Assert.False(never.WaitOne(1));
            // A look without a wait holds nobody.
            Assert.False(never.WaitOne(0));
        }
    }

    [Fact]
    public void The_watchdog_names_the_coroutine_that_keeps_the_loop()
    {
        using var seen = new ManualResetEventSlim();
        LoopReport? found = null;
        Action<LoopReport> collect = report =>
        {
            if (!report.Callback.Contains("Hog", StringComparison.Ordinal)) return;
            found = report;
            seen.Set();
        };
        LoopDetectors.Reported += collect;
        EventLoop.Run(Hog(seen), new EventLoopOptions { SlowCallback = TimeSpan.FromMilliseconds(30), HandleInterrupt = false });
        LoopDetectors.Reported -= collect;
        // It computes: AgreementTests has those that wait.
        Assert.Equal("QNT4005", found?.RuleId);

        static async Coroutine Hog(ManualResetEventSlim seen)
        {
            // Until it is found out, however busy the machine is.
            var end = Environment.TickCount64 + 30_000;
            while (!seen.IsSet && Environment.TickCount64 < end) Thread.SpinWait(1000);
        }
    }
}
