using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Selects over channels that close, become nil, fill up and drain.</summary>
internal sealed class SelectLoopTwins(Transcript t)
{
    [Twin("go/30-select-in-loops")]
    internal static void SelectInLoops(Transcript transcript) => SchedulingTwins.Run(new SelectLoopTwins(transcript).Main);

    private static string Said(bool value) => value ? "true" : "false";

    private static async GoTask Turns(int n)
    {
        for (var i = 0; i < n; i++) await Go.Yield();
    }

    private async GoTask Main()
    {
        t.Print("--", "mergeUntilClosed");
        await MergeUntilClosed();
        t.Print("--", "sendOrDefault");
        await SendOrDefault();
        t.Print("--", "waitingSelects");
        await WaitingSelects();
        t.Print("--", "sendersInSelect");
        await SendersInSelect();
        t.Print("--", "closeUnderSelect");
        await CloseUnderSelect();
        t.Print("--", "nilInSelect");
        await NilInSelect();
        t.Print("--", "tokens");
        await Tokens();
    }

    private async GoTask MergeUntilClosed()
    {
        Chan<int>? a = new();
        Chan<int>? b = new();
        var (first, second) = (a, b);
        Go.Run(async () =>
        {
            for (var i = 0; i < 2; i++) await first.SendAsync(i);
            first.Close();
        });
        var (sum, closed) = (0, 0);
        await Turns(3);
        while (a is not null || b is not null)
        {
            await Select
                .Case(a, (v, ok) =>
                {
                    if (ok)
                    {
                        t.Print("a", v);
                        sum += v;
                        return;
                    }

                    t.Print("a closed");
                    a = null;
                    closed++;
                    Go.Run(async () =>
                    {
                        await second.SendAsync(10);
                        await second.SendAsync(20);
                        second.Close();
                    });
                })
                .Case(b, (v, ok) =>
                {
                    if (ok)
                    {
                        t.Print("b", v);
                        sum += v;
                        return;
                    }

                    t.Print("b closed");
                    b = null;
                    closed++;
                });
        }

        t.Print(sum, closed);
    }

    private async GoTask SendOrDefault()
    {
        var c = new Chan<int>(2);
        for (var i = 0; i < 4; i++)
            await Select.Case(c, i, () => t.Print("sent", i, c.Count)).Default(() => t.Print("full", i));
        c.Close();
        for (var i = 0; i < 3; i++)
            await Select.Case(c, (v, ok) => t.Print(v, Said(ok))).Default(() => t.Print("never"));
    }

    private async GoTask WaitingSelects()
    {
        var c = new Chan<int>();
        var quit = new Chan<Unit>();
        var group = new WaitGroup();
        for (var i = 0; i < 3; i++)
        {
            var worker = i;
            group.Go(async () =>
            {
                var select = new Select();
                var value = select.Receive(c);
                select.Receive(quit);
                while (await select == value.Index) t.Print("worker", worker, "got", value.Value);
                t.Print("worker", worker, "quits");
            });
        }

        await Turns(2);
        for (var v = 0; v < 5; v++)
        {
            await c.SendAsync(v);
            await Turns(2);
        }

        quit.Close();
        await group.WaitAsync();
    }

    private async GoTask SendersInSelect()
    {
        var (c, d) = (new Chan<string>(), new Chan<string>());
        foreach (var n in new[] { "x", "y", "z" })
            Go.Run(async () => await Select
                .Case(c, n + " by c", () => t.Print(n, "sent by c"))
                .Case(d, n + " by d", () => t.Print(n, "sent by d")));
        await Turns(2);
        t.Print((await d.ReceiveAsync()).Value);
        await Turns(1);
        t.Print((await c.ReceiveAsync()).Value);
        await Turns(1);
        t.Print((await d.ReceiveAsync()).Value);
        await Turns(1);
        await Select.Case(c, v => t.Print("never", v)).Case(d, v => t.Print("never", v)).Default(() => t.Print("nobody left"));
    }

    private async GoTask CloseUnderSelect()
    {
        var (c, done) = (new Chan<int>(), new Chan<bool>());
        Go.Run(async () =>
        {
            try
            {
                await Select.Case(c, 1, () => t.Print("never")).Case(new Chan<int>(), _ => t.Print("never"));
            }
            catch (ChanClosedException e)
            {
                t.Print("recovered:", e.Message);
                await done.SendAsync(true);
            }
        });
        await Turns(2);
        c.Close();
        await done.ReceiveAsync();
        var (value, ok) = await c.ReceiveAsync();
        t.Print(value, Said(ok));
    }

    private async GoTask NilInSelect()
    {
        Chan<int>? none = null;
        var c = new Chan<int>(1);
        await Select.Case(none, 1, () => t.Print("never")).Case(none, _ => t.Print("never")).Case(c, 5, () => t.Print("sent"));
        await Select.Case(none, v => t.Print("never", v)).Case(c, v => t.Print("got", v));
        t.Print(Chan<int>.Nil.Count, Chan<int>.Nil.Capacity);
    }

    private async GoTask Tokens()
    {
        var tokens = new Chan<Unit>(2);
        var group = new WaitGroup();
        var active = 0;
        for (var i = 0; i < 5; i++)
        {
            var n = i;
            group.Go(async () =>
            {
                await tokens.SendAsync(default);
                t.Print("begin", n, ++active);
                await Turns(1);
                active--;
                await tokens.ReceiveAsync();
                t.Print("end", n);
            });
        }

        await group.WaitAsync();
        t.Print(tokens.Count, active);
    }
}
