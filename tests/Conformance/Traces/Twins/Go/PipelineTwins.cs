using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Small programs out of several goroutines and channels. On one processor, as the originals were recorded.</summary>
internal static class PipelineTwins
{
    [Twin("go/20-pipeline")]
    internal static void Pipeline(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var source = new Chan<int>();
        Go.Run(async () =>
        {
            for (var i = 1; i <= 4; i++)
            {
                transcript.Print("source", i);
                await source.SendAsync(i);
            }

            source.Close();
        });
        var squared = Stage("square", source, v => v * v);
        var added = Stage("add", squared, v => v + 1);
        await foreach (var v in added) transcript.Print("result", v);

        Chan<int> Stage(string name, Chan<int> input, Func<int, int> f)
        {
            var output = new Chan<int>();
            Go.Run(async () =>
            {
                await foreach (var v in input)
                {
                    transcript.Print(name, "has", v);
                    await output.SendAsync(f(v));
                }

                transcript.Print(name, "ends");
                output.Close();
            });
            return output;
        }
    });

    [Twin("go/22-fan-in")]
    internal static void FanIn(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (c, group) = (new Chan<string>(), new WaitGroup());
        for (var i = 0; i < 3; i++) group.Go(Body(i));
        Go.Run(async () =>
        {
            await group.WaitAsync();
            transcript.Print("all sent");
            c.Close();
        });
        await foreach (var v in c) transcript.Print(v);

        Func<GoTask> Body(int i) => async () =>
        {
            for (var n = 0; n < 3; n++)
            {
                await c.SendAsync($"sender {i} value {n}");
                transcript.Print("sent", i, n);
            }
        };
    });

    [Twin("go/23-channel-as-semaphore")]
    internal static void ChannelAsSemaphore(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (places, group) = (new Chan<Unit>(2), new WaitGroup());
        for (var i = 0; i < 5; i++) group.Go(Body(i));
        await group.WaitAsync();
        transcript.Print("done", places.Count);

        Func<GoTask> Body(int i) => async () =>
        {
            await places.SendAsync(default);
            transcript.Print("in", i, places.Count);
            await Go.Yield();
            transcript.Print("out", i);
            await places.ReceiveAsync();
        };
    });

    [Twin("go/24-daisy-chain")]
    internal static void DaisyChain(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var leftmost = new Chan<int>();
        var left = leftmost;
        for (var i = 0; i < 6; i++)
        {
            var right = new Chan<int>();
            Go.Run(Link(i, left, right));
            left = right;
        }

        Go.Run(Start(left));
        transcript.Print("result", (await leftmost.ReceiveAsync()).Value);

        async GoTask Link(int i, ISendChan<int> left, IReceiveChan<int> right)
        {
            transcript.Print("link", i, "waits");
            var v = (await right.ReceiveAsync()).Value;
            transcript.Print("link", i, "has", v);
            await left.SendAsync(v + 1);
            transcript.Print("link", i, "ends");
        }

        async GoTask Start(ISendChan<int> c)
        {
            transcript.Print("start");
            await c.SendAsync(1);
        }
    });
}
