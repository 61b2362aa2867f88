using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class StreamsAndTime
{
    private async Promise IteratedAndThrown()
    {
        var r = Watch(Readable<object>.From(new object[] { 1, 2, 3 }), "r");
        try
        {
            await foreach (var x in r.Iterate())
            {
                t.Log("got", x);
                if (x is 2) throw Error("body");
            }
        }
        catch (InvalidOperationException e)
        {
            t.Log("caught", e.Message, r.IsDestroyed);
        }

        await Destroyed("q", Error("destroyed"));
        await Destroyed("p", null);
    }

    private async Promise Destroyed(string name, Exception? error)
    {
        var p = Watch(new PassThrough<object>(Objects), name);
        p.Write(1);
        Immediate(() => p.Destroy(error));
        try
        {
            await foreach (var x in p.Iterate()) t.Log("got", x);
        }
        catch (InvalidOperationException e)
        {
            t.Log("caught", Code(e));
        }
    }

    private void PipeTwoSpeeds()
    {
        var letters = new Queue<string>(["a", "b", "c", "d"]);
        var r = Watch(Readable<string>.From(letters), "r");
        var fast = Watch(
            new Writable<string>(
                (c, taken) =>
                {
                    t.Log("fast", c);
                    taken(null);
                },
                options: Objects),
            "fast");
        var slow = Watch(
            new Writable<string>(
                (c, taken) =>
                {
                    t.Log("slow", c);
                    After(5, () => taken(null));
                },
                options: new() { ObjectMode = true, HighWaterMark = 1 }),
            "slow");
        r.Pipe(fast);
        r.Pipe(slow);
        Marks();
    }

    private void UnpipedInData()
    {
        var r = Watch(new Readable<string>(_ => { }, Objects), "r");
        Writable<string> w = null!;
        w = Sink(
            (c, taken) =>
            {
                if (c == "2") r.Unpipe(w);
                taken(null);
            },
            Objects);
        r.Pipe(w);
        foreach (var n in new[] { "1", "2", "3" }) r.Push(n);
        Immediate(() =>
        {
            t.Log(Js(r.IsFlowing), r.ReadableLength);
            r.OnData(d => t.Log("data", d));
            r.Resume();
            r.PushEnd();
        });
    }

    private void TransformTimes()
    {
        var transform = Watch(
            new Transform<int, string>(
                (c, done) =>
                {
                    t.Log("transform", c);
                    Immediate(() =>
                    {
                        done.Done($"{c * 10}");
                        t.Log("given", c);
                    });
                },
                done =>
                {
                    t.Log("flush");
                    Tick(() =>
                    {
                        done.Push("tail");
                        done.Done();
                    });
                },
                Objects),
            "t");
        transform.OnData(d => t.Log("data", d));
        transform.Write(1, Done("1 taken"));
        transform.Write(2, Done("2 taken"));
        transform.End(Done("ended"));
        Marks();
    }

    private void TransformDestroyed()
    {
        Transform<int, int> transform = null!;
        transform = Watch(
            new Transform<int, int>(
                (c, done) =>
                {
                    if (c == 2)
                    {
                        transform.Destroy();
                        t.Log("destroyed");
                    }

                    done.Done(c);
                },
                options: Objects),
            "t");
        transform.OnData(d => t.Log("data", d));
        foreach (var n in new[] { 1, 2, 3 }) t.Log(transform.Write(n, e => t.Log("taken", n, Code(e))));
        transform.End(Told("end"));
    }

    private void Finals()
    {
        var w = Watch(
            new Writable<string>(
                static (_, taken) => Immediate(() => taken(null)),
                done =>
                {
                    t.Log("final");
                    After(2, () =>
                    {
                        t.Log("final done");
                        done(null);
                    });
                }),
            "w");
        w.Write("a", Done("a written"));
        w.End(Done("ended"));
        w.Once("prefinish", () => Tick(Say("tick of prefinish")));
        w.Finished(Told("finished"));
        Marks();
    }

    private async Promise Pipelines()
    {
        Writable<int> Sinks() => Watch(
            new Writable<int>(
                (c, taken) =>
                {
                    t.Log("sink", c);
                    Immediate(() => taken(null));
                },
                options: Objects),
            "w");
        Pipeline.Run(Readable<int>.From([1, 2]), new PassThrough<int>(Objects), Sinks(), e =>
        {
            t.Log("first", Code(e));
            Tick(Say("tick of first"));
        });
        await Loop.Delay(20);
        var middle = new Transform<int, int>(
            static (c, done) =>
            {
                if (c == 2) done.Fail(Error("two"));
                else done.Done(c);
            },
            options: Objects);
        Pipeline.Run(Watch(Readable<int>.From([1, 2, 3]), "r"), Watch(middle, "t"), Sinks(), Told("second"));
        await Loop.Delay(20);
    }

    private void Halves()
    {
        Duplex<string, string> d = null!;
        d = Watch(
            new Duplex<string, string>(
                _ => { },
                (c, taken) =>
                {
                    t.Log("sink", c);
                    taken(null);
                },
                done =>
                {
                    t.Log("final");
                    d.PushEnd();
                    done(null);
                },
                Objects),
            "d");
        d.OnData(x => t.Log("data", x));
        d.Push("in");
        d.Write("out");
        d.End();
        Marks();
        d.Finished(Told("reading finished"), StreamSides.Readable);
        d.Finished(Told("writing finished"), StreamSides.Writable);
        d.Finished(Told("finished"));
    }

    private void DestroyTimes()
    {
        var options = new StreamOptions
        {
            Destroy = (e, done) =>
            {
                t.Log("destroy", Code(e));
                Tick(() => done(e));
            },
        };
        var d = Watch(new Duplex<string, string>(_ => { }, (_, _) => { }, options: options), "d");
        d.Write("x", Told("x"));
        d.Write("y", Told("y"));
        Marks();
        Immediate(() =>
        {
            d.Destroy(Error("first"));
            d.Destroy(Error("second"));
            t.Log(d.IsDestroyed, d.IsClosed, d.Errored!.Message);
            Tick(() => t.Log("tick after", d.IsClosed));
        });
    }
}
