using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Who goes on after a channel operation. On one processor, as the originals were recorded.</summary>
internal static class ChannelTwins
{
    [Twin("go/03-unbuffered-hand-off")]
    internal static void UnbufferedHandOff(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (c, done) = (new Chan<int>(), new Chan<bool>());
        Go.Run(async () =>
        {
            for (var i = 0; i < 4; i++)
            {
                transcript.Print("sending", i);
                await c.SendAsync(i);
                transcript.Print("sent", i);
            }

            c.Close();
            transcript.Print("closed");
            await done.SendAsync(true);
        });
        await foreach (var v in c) transcript.Print("received", v);
        transcript.Print("end of range");
        await done.ReceiveAsync();
        transcript.Print("done");
    });

    [Twin("go/04-buffered")]
    internal static void Buffered(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (c, done) = (new Chan<int>(3), new Chan<bool>());
        Go.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                await c.SendAsync(i);
                transcript.Print("sent", i, "len", c.Count);
            }

            c.Close();
            await done.SendAsync(true);
        });
        await foreach (var v in c) transcript.Print("received", v, "len", c.Count);
        await done.ReceiveAsync();
        transcript.Print("done");
    });

    [Twin("go/05-close-wakes-in-order")]
    internal static void CloseWakesInOrder(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (c, group) = (new Chan<int>(), new WaitGroup());
        for (var i = 0; i < 5; i++) group.Go(Body(i));
        await Go.Yield();
        transcript.Print("close");
        c.Close();
        await group.WaitAsync();
        transcript.Print("done");

        Func<GoTask> Body(int i) => async () =>
        {
            transcript.Print("waiting", i);
            var (v, ok) = await c.ReceiveAsync();
            transcript.Print("woken", i, v, ok ? "true" : "false");
        };
    });

    [Twin("go/06-ping-pong-and-a-third")]
    internal static void PingPongAndAThird(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (there, back, done) = (new Chan<int>(), new Chan<int>(), new Chan<bool>());
        Go.Run(async () =>
        {
            transcript.Print("third runs");
            await done.SendAsync(true);
        });
        Go.Run(async () =>
        {
            await foreach (var ball in there)
            {
                transcript.Print("ping", ball);
                await back.SendAsync(ball + 1);
            }

            await done.SendAsync(true);
        });
        var v = 0;
        for (var i = 0; i < 4; i++)
        {
            await there.SendAsync(v);
            v = (await back.ReceiveAsync()).Value;
            transcript.Print("pong", v);
        }

        there.Close();
        await done.ReceiveAsync();
        await done.ReceiveAsync();
        transcript.Print("done");
    });
}
