using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Who runs when: starts, giving way, exits, the sieve. On one processor, as the originals were recorded.</summary>
internal static class SchedulingTwins
{
    /// <summary>
    /// The recordings depend on time where Go does: a goroutine that the machine keeps from running for 10 ms loses its processor, a
    /// mutex becomes fair after 1 ms. A twin must not, however busy the machine is: it has no slices, and its clock stands still.
    /// </summary>
    internal static void Run(Func<GoTask> main) => GoScheduler.Run(main, new GoSchedulerOptions
    {
        MaxProcs = 1,
        TimeSlice = Timeout.InfiniteTimeSpan,
        TimeProvider = new StillClock(),
    });

    [Twin("go/01-spawn-order")]
    internal static void SpawnOrder(Transcript transcript) => Run(async () =>
    {
        var group = new WaitGroup();
        for (var i = 0; i < 10; i++) group.Go(Body(i));
        transcript.Print("main waits");
        await group.WaitAsync();
        transcript.Print("done");

        Func<GoTask> Body(int i) => async () =>
        {
            transcript.Print("goroutine", i);
            await GoTask.CompletedTask;
        };
    });

    [Twin("go/02-gosched-order")]
    internal static void GoschedOrder(Transcript transcript) => Run(async () =>
    {
        var group = new WaitGroup();
        for (var i = 0; i < 3; i++) group.Go(Body(i));
        await group.WaitAsync();
        transcript.Print("done");

        Func<GoTask> Body(int i) => async () =>
        {
            for (var step = 0; step < 3; step++)
            {
                transcript.Print("goroutine", i, "step", step);
                await Go.Yield();
            }
        };
    });

    [Twin("go/08-goexit-runs-deferred")]
    internal static void GoexitRunsDeferred(Transcript transcript) => Run(async () =>
    {
        var group = new WaitGroup();
        group.Go(async () =>
        {
            try
            {
                await Inner();
                transcript.Print("not reached");
            }
            finally
            {
                transcript.Print("outer deferred");
            }
        });
        await group.WaitAsync();
        transcript.Print("done");

        async GoTask Inner()
        {
            await GoTask.CompletedTask;
            try
            {
                Go.Exit();
            }
            finally
            {
                transcript.Print("inner deferred");
            }
        }
    });

    [Twin("go/10-sieve")]
    internal static void Sieve(Transcript transcript) => Run(async () =>
    {
        var source = new Chan<int>();
        Go.Run(Generate(source));
        for (var i = 0; i < 6; i++)
        {
            var prime = (await source.ReceiveAsync()).Value;
            transcript.Print("prime", prime);
            var target = new Chan<int>();
            Go.Run(Filter(source, target, prime));
            source = target;
        }

        static async GoTask Generate(ISendChan<int> target)
        {
            for (var i = 2; ; i++) await target.SendAsync(i);
        }

        async GoTask Filter(IReceiveChan<int> source, ISendChan<int> target, int prime)
        {
            await foreach (var v in source)
            {
                if (v % prime == 0) continue;
                transcript.Print("filter", prime, "passes", v);
                await target.SendAsync(v);
            }
        }
    });

    private sealed class StillClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
