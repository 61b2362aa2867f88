using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Writing
{
    private void TransformBackpressure()
    {
        var transform = Watch(
            new Transform<int, string>(
                (c, done) =>
                {
                    t.Log("transform", c);
                    done.Done((c * 10).ToString());
                },
                done =>
                {
                    t.Log("flush");
                    Immediate(() => done.Done("rest"));
                },
                new() { ObjectMode = true, ReadableHighWaterMark = 1, WritableHighWaterMark = 2 }),
            "t");
        for (var i = 1; i <= 4; i++)
            t.Log(transform.Write(i, Told(i.ToString())), transform.WritableLength, transform.ReadableLength);
        transform.End();
        After(5, () =>
        {
            transform.OnData(d => t.Log("data", d));
            transform.On("end", Say("t end"));
        });
    }

    private void TransformMany()
    {
        var transform = Watch(
            new Transform<string, string>(
                (c, done) =>
                {
                    done.Push(c + "a");
                    if (c == "y")
                    {
                        done.Done();
                        return;
                    }

                    After(2, () =>
                    {
                        done.Push(c + "b");
                        done.Done(c + "c");
                    });
                },
                options: Objects),
            "t");
        transform.OnData(d =>
        {
            t.Log("data", d);
            Tick(Say("tick of " + d));
        });
        transform.Write("x", Told("x"));
        transform.Write("y", Told("y"));
        transform.End("z", Told("z"));
    }

    private void TransformErrorInFlush()
    {
        var transform = Watch(
            new Transform<string, string>(
                (c, done) => done.Done(c),
                done =>
                {
                    done.Push("flushed");
                    done.Fail(Error("flush"));
                },
                Objects),
            "t");
        transform.OnData(d => t.Log("data", d));
        transform.On("end", Say("never"));
        transform.End("x", Told("end"));
    }

    private void DuplexHalves()
    {
        var d = Watch(
            new Duplex<string, string>(
                self =>
                {
                    t.Log("read");
                    self.PushEnd();
                },
                (c, taken) =>
                {
                    t.Log("write", c);
                    taken(null);
                },
                done =>
                {
                    t.Log("final");
                    done(null);
                },
                Objects),
            "d");
        d.On("end", Say("d end"));
        d.Resume();
        d.Write("x", Told("x"));
        After(5, () => d.End(Told("ended")));
    }
}
