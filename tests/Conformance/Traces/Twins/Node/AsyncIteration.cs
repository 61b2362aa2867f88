using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class AsyncIteration(Transcript t)
{
    private static readonly StreamOptions Objects = new() { ObjectMode = true };

    [Twin("node/62-async-iteration")]
    internal static void Iterate(Transcript t) => NodeLoop.Run(new AsyncIteration(t).Main, Virtual);

    private async Promise Main()
    {
        await Step("generator", Generator);
        await Step("interleaved", Interleaved);
        await Step("readableFrom", ReadableFrom);
        await Step("readableFails", ReadableFails);
        await Step("generatorFails", GeneratorFails);
        await Step("events", Events);
        await Step("abortedEvents", AbortedEvents);
        await Step("passThrough", PassThroughStream);
        await Step("twoReaders", TwoReaders);
        await Step("keep", Keep);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 5, run);

    private async IAsyncEnumerable<int> Numbers(int n, string name)
    {
        try
        {
            for (var i = 0; i < n; i++)
            {
                t.Log(name, "yields", i);
                await Promise.Resolve();
                yield return i;
            }
        }
        finally
        {
            t.Log(name, "finally");
        }
    }

    private async Promise Generator()
    {
        await foreach (var i in Numbers(3, "g"))
        {
            t.Log("got", i);
            if (i == 1) break;
        }

        try
        {
            await foreach (var i in Numbers(2, "h")) throw new InvalidOperationException("body " + i);
        }
        catch (InvalidOperationException e)
        {
            t.Log(e.Message);
        }
    }

    private async Promise Interleaved()
    {
        async Promise<bool> Reader(string name)
        {
            await foreach (var i in Numbers(2, name)) t.Log(name, "got", i);
            return true;
        }

        await Promise.All(Reader("a"), Reader("b"));
    }

    private async Promise ReadableFrom()
    {
        var r = Readable<int>.From(Numbers(3, "src"));
        r.On("close", () => t.Log("close"));
        await foreach (var i in r.Iterate())
        {
            t.Log("read", i);
            if (i == 1) break;
        }

        t.Log("destroyed", r.IsDestroyed);
    }

    private async Promise ReadableFails()
    {
        var r = new Readable<string>(
            self =>
            {
                self.Push("one");
                self.Destroy(new InvalidOperationException("broken"));
            },
            Objects);
        r.On<Exception>("error", e => t.Log("error event", e.Message));
        await Drain(r, "read");
    }

    private async Promise Drain<T>(Readable<T> r, string word)
    {
        try
        {
            await foreach (var i in r.Iterate()) t.Log(word, i);
        }
        catch (InvalidOperationException e)
        {
            t.Log("caught", e.Message);
        }
    }

    private async Promise GeneratorFails()
    {
        async IAsyncEnumerable<int> Source()
        {
            yield return 1;
            await Promise.Resolve();
            throw new InvalidOperationException("generator");
        }

        var r = Readable<int>.From(Source());
        r.On("close", () => t.Log("close"));
        await Drain(r, "read");
    }

    private async Promise Events()
    {
        var e = new EventEmitter();
        Tick(() =>
        {
            e.Emit("x", 1);
            e.Emit("x", 2);
            Immediate(() =>
            {
                e.Emit("x", 3);
                e.Emit("end");
            });
        });
        await foreach (var v in EventEmitter.Iterate<int>(e, "x", close: ["end"])) t.Log("event", v);
        t.Log("listeners", e.ListenerCount("x"), e.ListenerCount("error"));
        Tick(() => e.Emit("y", 7));
        t.Log("once", await EventEmitter.Once<int>(e, "y"));
        Tick(() => e.Emit("error", (Exception)new InvalidOperationException("bad")));
        try
        {
            await EventEmitter.Once<int>(e, "y");
        }
        catch (InvalidOperationException error)
        {
            t.Log("once failed", error.Message);
        }
    }

    private async Promise AbortedEvents()
    {
        var e = new EventEmitter();
        var controller = new AbortController();
        Immediate(() =>
        {
            e.Emit("x", 1);
            controller.Abort();
            e.Emit("x", 2);
        });
        try
        {
            await foreach (var v in EventEmitter.Iterate<int>(e, "x", controller.Signal)) t.Log("event", v);
        }
        catch (AbortError error)
        {
            t.Log(error.GetType().Name, e.ListenerCount("x"));
        }
    }

    private async Promise PassThroughStream()
    {
        var p = new PassThrough<string>(Objects);
        _ = Write();
        await foreach (var v in p.Iterate()) t.Log("came", v);
        t.Log("over", p.IsEnded, p.IsDestroyed);

        async Promise Write()
        {
            foreach (var v in new[] { "a", "b", "c" })
            {
                p.Write(v);
                t.Log("wrote", v);
                await Promise.Resolve();
            }

            p.End();
        }
    }

    private async Promise TwoReaders()
    {
        var r = Readable<string>.From(["a", "b", "c", "d"]);
        var items = r.Iterate().GetAsyncEnumerator();
        await items.MoveNextAsync();
        t.Log("first", items.Current);
        await items.MoveNextAsync();
        t.Log("second", items.Current);
        await items.DisposeAsync();
        t.Log("returned", !await items.MoveNextAsync(), r.IsDestroyed);
    }

    private async Promise Keep()
    {
        var r = Readable<string>.From(["a", "b", "c", "d"]);
        await foreach (var v in r.Iterate(destroyOnReturn: false))
        {
            t.Log("kept", v);
            if (v == "b") break;
        }

        t.Log("destroyed", r.IsDestroyed);
        await foreach (var v in r.Iterate()) t.Log("rest", v);
    }
}
