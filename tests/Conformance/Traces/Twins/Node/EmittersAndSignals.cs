using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class EmittersAndSignals(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/90-emitters-and-signals")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new EmittersAndSignals(t).Main(), Virtual);

    private async Promise Main()
    {
        _loop.Process.UnhandledRejection += (e, _) => t.Log("unhandled", Kind(e), e.Message);
        _loop.Process.UncaughtException += e => t.Log("uncaught", e.Message);
        await Step("onceAborted", OnceAborted);
        await Step("onceAbortedTooLate", OnceAbortedTooLate);
        await Step("errorBeside", ErrorBeside);
        await Step("nobodyListens", NobodyListens);
        await Step("inTheEmit", InTheEmit);
        await Step("several", Several);
        await Step("iterationAborted", IterationAborted);
        await Step("nexts", Nexts);
        await Step("errorsWait", ErrorsWait);
        await Step("bodyThrows", BodyThrows);
        await Step("captured", Captured);
        await Step("resolvedInOrder", ResolvedInOrder);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 5, run);

    private Promise<bool> Wait(double milliseconds) => _loop.Delay(milliseconds);

    private Action Say(string text) => () => t.Log(text);

    private static string Kind(Exception e) => e is AbortError ? "AbortError" : "Error";

    private static string Counts(EventEmitter e) => string.Join(',', new[] { "x", "y", "error" }.Select(e.ListenerCount));

    private async Promise OnceAborted()
    {
        var (e, ac) = (new EventEmitter(), new AbortController());
        var p = EventEmitter.Once<int>(e, "x", ac.Signal);
        t.Log(Counts(e));
        ac.Signal.AddListener(() => t.Log("listener", Counts(e)));
        Tick(() =>
        {
            ac.Abort(Error("why"));
            t.Log("aborted", Counts(e));
            e.Emit("x", 1);
        });
        await p.Then(_ => { }, x => t.Log(Kind(x), x.InnerException!.Message));
        await EventEmitter.Once<int>(e, "x", ac.Signal).Then(_ => { }, x => t.Log("at once", Kind(x), Counts(e)));
    }

    private async Promise OnceAbortedTooLate()
    {
        var (e, ac) = (new EventEmitter(), new AbortController());
        var p = EventEmitter.Once<int>(e, "x", ac.Signal);
        e.Emit("x", 1);
        ac.Abort();
        t.Log(await p, Counts(e));
    }

    private async Promise ErrorBeside()
    {
        var e = new EventEmitter();
        e.On<Exception>("error", x => t.Log("listener", x.Message));
        var (p, q) = (EventEmitter.Once<int>(e, "x"), EventEmitter.Once<int>(e, "y"));
        t.Log(Counts(e));
        e.Emit("error", Error("both"));
        await Promise.AllSettled(p.Then(_ => { }, x => t.Log("p", x.Message)), q.Then(_ => { }, x => t.Log("q", x.Message)));
        t.Log(Counts(e));
    }

    private async Promise NobodyListens()
    {
        var e = new EventEmitter();
        try
        {
            e.Emit("error", Error("thrown"));
        }
        catch (InvalidOperationException x)
        {
            t.Log(x.Message);
        }

        _ = EventEmitter.Once<int>(e, "x");
        e.Emit("error", Error("unheard"));
        await Wait(5);
        _ = EventEmitter.Once<Exception>(e, "error").Then(x => t.Log("as an event", x.Message));
        e.Emit("error", Error("wanted"));
        await Wait(1);
    }

    private async Promise InTheEmit()
    {
        var e = new EventEmitter();
        e.On<int>("x", n =>
        {
            t.Log("first", n);
            if (n == 1) EventEmitter.Once<int>(e, "x").Then(m => t.Log("asked in the emit", m));
        });
        e.Once<int>("x", async Promise (n) =>
        {
            t.Log("second", n);
            t.Log("second got", await EventEmitter.Once<int>(e, "x"));
        });
        e.Emit("x", 1);
        t.Log("between");
        e.Emit("x", 2);
        t.Log("behind");
        await Promise.Resolve();
        e.Emit("x", 3);
        await Wait(1);
        t.Log(Counts(e));
    }

    private async Promise Several()
    {
        var e = new EventEmitter();
        async Promise Take(string name)
        {
            await foreach (var v in EventEmitter.Iterate<int>(e, "x", close: ["y"])) t.Log(name, v);
            t.Log(name, "over");
        }

        var all = Promise.All(Take("a"), Take("b"));
        e.Emit("x", 1);
        e.Emit("x", 2);
        Tick(() =>
        {
            e.Emit("x", 3);
            e.Emit("y");
            e.Emit("x", 4);
            t.Log(Counts(e));
        });
        await all;
    }

    private async Promise IterationAborted()
    {
        var (e, ac) = (new EventEmitter(), new AbortController());
        var events = EventEmitter.Iterate<int>(e, "x", ac.Signal).GetAsyncEnumerator();
        e.Emit("x", 1);
        e.Emit("x", 2);
        try
        {
            while (await events.MoveNextAsync())
            {
                t.Log("event", events.Current);
                if (events.Current != 1) continue;
                ac.Abort(Error("why"));
                t.Log("aborted", Counts(e));
            }
        }
        catch (AbortError x)
        {
            t.Log(Kind(x), x.InnerException!.Message);
        }

        t.Log(!await events.MoveNextAsync());
        try
        {
            EventEmitter.Iterate<int>(e, "x", ac.Signal);
        }
        catch (AbortError x)
        {
            t.Log("at once", Kind(x));
        }
    }
}
