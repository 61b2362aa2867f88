using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>Goroutines that lie in the ring of a processor whose goroutine computes on, while all other processors compute, too.</summary>
public sealed class StrandedWorkTests
{
    // Main's processor is retaken; half of its ring, the other hog, is stolen, and runs on the only processor that is left. Who is still
    // in main's ring waits for a machine that steals: the hog has to be retaken for its sake, though nothing is queued behind it.
    [Fact]
    public void Who_lies_in_a_retaken_ring_runs_beside_two_that_never_give_way() => LimitedRun.Run(async () =>
    {
        var ran = false;
        Go.Run(() => SpinUntil(ref ran));
        Go.Run(() => Volatile.Write(ref ran, true));
        Go.Run(() => { }); // takes run-next, so that the two above are in the ring
        SpinUntil(ref ran);
        await GoTask.CompletedTask;
    }, new GoSchedulerOptions { MaxProcs = 1 });

    // The near miss: hogs for whose processors nobody waits keep them.
    [Fact]
    public void Who_computes_while_nobody_waits_keeps_its_processor()
    {
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1 });
        var monitor = new SchedulerMonitor(scheduler);
        LimitedRun.Run(scheduler, async () =>
        {
            var processor = Processor.Current!;
            for (var now = 0; now < 100; now += 10) monitor.Pass(now);
            Assert.Same(processor, Processor.Current);
            Assert.False(processor.Detached);
            await GoTask.CompletedTask;
        });
    }

    [Fact]
    public void A_pair_plays_on_beside_more_hogs_than_processors() => LimitedRun.Run(async () =>
    {
        const int Hogs = 5;
        var stop = false;
        var group = new WaitGroup();
        group.Add(Hogs);
        for (var i = 0; i < Hogs; i++)
        {
            Go.Run(() =>
            {
                SpinUntil(ref stop);
                group.Done();
            });
        }

        var balls = new Chan<int>();
        Go.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++) await balls.SendAsync(i);
            balls.Close();
        });
        var expected = 0;
        await foreach (var ball in balls) Assert.Equal(expected++, ball);
        Volatile.Write(ref stop, true);
        await group.WaitAsync();
        Assert.Equal(1_000, expected);
    }, new GoSchedulerOptions { MaxProcs = 2 });

    private static void SpinUntil(ref bool flag)
    {
        while (!Volatile.Read(ref flag)) Thread.SpinWait(10);
    }
}
