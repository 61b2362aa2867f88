using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Pipelines(Transcript t)
{
    [Twin("node/78-pipelines")]
    internal static void Spread(Transcript t) => NodeLoop.Run(() => new Pipelines(t).Main(), Virtual);

    private async Promise Main()
    {
        await Step("fine", () => Through(Source("ab"), Middle(), Sink()));
        await Step("sourceFails", () => Through(Source("a!"), Middle(), Sink()));
        await Step("middleFails", () => Through(Source("axb"), Middle(), Sink()));
        await Step("sinkFails", () => Through(Source("adb"), Middle(), Sink()));
        await Step("finalFails", () => Through(Source("a"), Middle(), Sink(final: done => done(Error("final")))));
        await Step("flushFails", () => Through(Source("a"), Middle(done => done.Fail(Error("flush"))), Sink()));
        await Step("sourceDestroyed", () =>
        {
            var r = Source("abc");
            Through(r, Middle(), Sink());
            r.Destroy();
        });
        await Step("slowSink", () => Through(Source("abc"), Middle(), Sink(
            (c, taken) =>
            {
                t.Log("slow", c);
                After(3, () => taken(null));
            },
            highWaterMark: 1)));
        await Step("promised", Promised);
        await Step("generators", Generators);
        await Step("finishedPromises", FinishedPromises);
        await Step("finishedLate", () =>
        {
            var r = Source("a");
            r.Resume();
            r.On("close", () =>
            {
                r.Finished(Told("after close"));
                Tick(() => t.Log("tick"));
            });
        });
        await Step("cleanup", () =>
        {
            var r = Source("ab");
            var stop = r.Finished(Told("never"));
            stop();
            r.Resume();
        });
        await Step("breakLoop", BreakLoop);
    }

    private Promise Step(string name, Action run) => t.Step(name, 150, run);

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 150, run);

    private Action<Exception?> Told(string name) => e => t.Log(name, Code(e));

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        foreach (var n in new[] { "end", "finish", "close" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        return s;
    }

    private Readable<string> Source(string letters)
    {
        var queue = new Queue<char>(letters);
        return Watch(
            new Readable<string>(
                self =>
                {
                    if (!queue.TryDequeue(out var c)) self.PushEnd();
                    else if (c == '!') self.Destroy(Error("source"));
                    else self.Push(c.ToString());
                },
                new() { ObjectMode = true }),
            "r");
    }

    private Transform<string, string> Middle(Action<TransformCallback<string>>? flush = null) => Watch(
        new Transform<string, string>(
            (c, done) =>
            {
                if (c == "x") done.Fail(Error("middle"));
                else done.Done(c + c);
            },
            flush,
            new() { ObjectMode = true }),
        "t");

    private Writable<string> Sink(Action<string, Action<Exception?>>? write = null, Action<Action<Exception?>>? final = null,
        int? highWaterMark = null) => Watch(
        new Writable<string>(
            write ?? ((c, taken) =>
            {
                t.Log("got", c);
                taken(c == "dd" ? Error("sink") : null);
            }),
            final,
            new() { ObjectMode = true, HighWaterMark = highWaterMark }),
        "w");

    private void Through(Readable<string> r, Transform<string, string> middle, Writable<string> w) =>
        Pipeline.Run(r, middle, w, Told("done"));
}
