using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class StoresAndEvents
{
    private async Promise Streams()
    {
        var n = 0;
        var o = new StreamOptions { ObjectMode = true };
        var r = _s.Run("source", () => new Readable<int>(
            self =>
            {
                Log("read");
                if (n == 2) self.PushEnd();
                else self.Push(++n);
            },
            o));
        var middle = _s.Run("middle", () => new Transform<int, int>(
            (c, done) =>
            {
                Log("transform " + c);
                Immediate(() => done.Done(c));
            },
            done =>
            {
                Log("flush");
                done.Done();
            },
            o));
        var w = _s.Run("sink", () => new Writable<int>(
            (c, done) =>
            {
                Log("write " + c);
                done(null);
            },
            done =>
            {
                Log("final");
                done(null);
            },
            o));
        _s.Run("finished", () => { w.Finished(_ => Log("finished")); });
        await _s.Run("pipeline", () => new Promise<bool>(done => Pipeline.Run(r, middle, w, _ =>
        {
            Log("done");
            done.Resolve(true);
        })));
        Log("after");
    }

    private async Promise Sequences()
    {
        var r = _s.Run("made", () => Readable<string>.From(["a", "b"]));
        await _s.Run("loop", async Promise () =>
        {
            await foreach (var x in r.Iterate()) Log("item " + x);
        });
        var e = new EventEmitter();
        var events = _s.Run("listens", () => EventEmitter.Iterate<int>(e, "x", close: ["end"]));
        Immediate(() => _s.Run("emits", () =>
        {
            e.Emit("x", 1);
            e.Emit("end");
        }));
        await _u.Run("awaits", async Promise () =>
        {
            await foreach (var x in events) Log("event " + x);
            Log("over");
        });
    }

    private async Promise Snapshots()
    {
        var snap = _s.Run("snap", AsyncLocalStorage.Snapshot);
        var bound = _s.Run("bound", () => AsyncLocalStorage.Bind<int>(x =>
        {
            Log("bound " + x);
            Immediate(Say("immediate of bound"));
        }));
        _u.Run("caller", () =>
        {
            snap(() =>
            {
                Log("in snap");
                Tick(Say("tick of snap"));
            });
            bound(1);
            Log("caller");
        });
        After(20, () => bound(2));
        await Wait(40);
        try
        {
            _u.Run("caller", () => snap(() => throw new InvalidOperationException("thrown")));
        }
        catch (InvalidOperationException)
        {
            Log("caught");
        }
    }

    private async Promise Left()
    {
        await _s.Run("a", async Promise () =>
        {
            _s.Exit(() =>
            {
                Log("out");
                _loop.QueueMicrotask(Say("micro of out"));
                _s.Run("b", () =>
                {
                    Log("in again");
                    Immediate(Say("immediate of b"));
                });
            });
            Log("back");
            await Promise.Resolve();
            await _s.Exit(async Promise () =>
            {
                await Promise.Resolve();
                Log("async out");
            });
            Log("async back");
        });
        _s.Run("x", () =>
        {
            _s.EnterWith("y");
            Log("entered");
            _s.Exit(Say("left"));
            Log("still");
        });
        Log("after");
    }

    private async Promise Signals()
    {
        var ac = new AbortController();
        _s.Run("first", () => ac.Signal.AddListener(Say("listener")));
        var any = _s.Run("any", () => AbortSignal.Any(ac.Signal));
        any.AddListener(Say("any"));
        _ = _s.Run("once", () => EventEmitter.Once<int>(new EventEmitter(), "x", ac.Signal).Catch((Exception _) => Log("once")));
        var timed = _s.Run("timeout", () => AbortSignal.Timeout(10));
        _s.Run("timeout listener", () => timed.AddListener(Say("timed out")));
        _u.Run("aborter", () => ac.Abort());
        await Wait(30);
    }
}
