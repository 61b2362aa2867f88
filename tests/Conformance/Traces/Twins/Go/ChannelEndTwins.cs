using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>How channels end: nil, closed, closed under those who wait. On one processor, as the originals were recorded.</summary>
internal static class ChannelEndTwins
{
    [Twin("go/11-nil-channels")]
    internal static void NilChannels(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        Chan<int>? a = new(), b = new();
        var (toA, toB) = (a, b);
        var select = new Select();
        var (fromA, fromB) = (select.Receive(a), select.Receive(b));
        Go.Run(Produce(toA, 10));
        while (fromA.Source is not null || fromB.Source is not null)
        {
            if (await select == fromA.Index)
            {
                transcript.Print("a", fromA.Value, Said(fromA.Ok));
                if (fromA.Ok) continue;
                fromA.Source = null;
                Go.Run(Produce(toB, 20));
            }
            else
            {
                transcript.Print("b", fromB.Value, Said(fromB.Ok));
                if (!fromB.Ok) fromB.Source = null;
            }
        }

        var never = Chan<int>.Nil;
        await Select.Case(never, 1, () => transcript.Print("sent to nil"))
            .Case(never, _ => transcript.Print("received from nil"))
            .Default(() => transcript.Print("both are nil"));
        transcript.Print(never.Count, never.Capacity);

        async GoTask Produce(Chan<int> c, int from)
        {
            for (var i = 0; i < 3; i++)
            {
                transcript.Print("sending", from + i);
                await c.SendAsync(from + i);
            }

            c.Close();
        }
    });

    [Twin("go/13-close-drains-the-buffer")]
    internal static void CloseDrainsTheBuffer(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var c = new Chan<string>(4);
        foreach (var text in (string[])["a", "b", "c"]) await c.SendAsync(text);
        transcript.Print(c.Count, c.Capacity);
        var (v, ok) = await c.ReceiveAsync();
        transcript.Print(v, Said(ok), c.Count);
        c.Close();
        transcript.Print("closed", c.Count, c.Capacity);
        await foreach (var text in c) transcript.Print("ranged", text, c.Count);
        (v, ok) = await c.ReceiveAsync();
        transcript.Print($"[{v}]", Said(ok));
        await Select.Case(c, (text, there) => transcript.Print($"select [{text}]", Said(there)))
            .Default(() => transcript.Print("default"));
    });

    [Twin("go/14-close-under-waiting-senders")]
    internal static void CloseUnderWaitingSenders(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (c, group) = (new Chan<int>(1), new WaitGroup());
        await c.SendAsync(0);
        for (var i = 1; i < 5; i++) group.Go(Body(i));
        await Go.Yield();
        transcript.Print("received", (await c.ReceiveAsync()).Value, c.Count);
        c.Close();
        await group.WaitAsync();
        await foreach (var v in c) transcript.Print("left", v);
        transcript.Print("done");

        Func<GoTask> Body(int i) => async () =>
        {
            var failure = "<nil>";
            try
            {
                transcript.Print("waiting", i);
                await c.SendAsync(i);
                transcript.Print("sent", i);
            }
            catch (ChanClosedException closed)
            {
                failure = closed.Message;
            }

            transcript.Print("sender", i, failure);
        };
    });

    /// <summary>A truth as Go prints it.</summary>
    internal static string Said(bool truth) => truth ? "true" : "false";
}
