using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class TransformsClosely(Transcript t)
{
    private static readonly StreamOptions Objects = new() { ObjectMode = true };

    private static readonly StreamOptions One = new() { ObjectMode = true, HighWaterMark = 1 };

    [Twin("node/95-transforms-closely")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new TransformsClosely(t).Main(), Virtual);

    private async Promise Main()
    {
        await Waiting();
        await Giving();
        await Ending();
        await Step("chain", Chain);
        await Step("chainFails", ChainFails);
        await Duplexes();
        await ByHand();
    }

    private Promise Step(string name, Action run) => t.Step(name, 60, run);

    private Action Say(string text) => () => t.Log(text);

    private Action<Exception?> Told(params object[] name) => e => t.Log([.. name, Code(e)]);

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        foreach (var n in new[] { "drain", "end", "prefinish", "finish", "close" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        return s;
    }

    private Transform<string, string> Upper(
        StreamOptions? options = null,
        Action<string, TransformCallback<string>>? transform = null,
        Action<TransformCallback<string>>? flush = null) => Watch(
        new Transform<string, string>(
            transform ?? ((c, done) =>
            {
                t.Log("transform", c);
                done.Done(c + "!");
            }),
            flush,
            options ?? Objects),
        "t");

    private void Data(Duplex<string, string> s) => s.OnData(d => t.Log("data", d));

    private static string? Take(Duplex<string, string> s) => s.Read(out var chunk) ? chunk : null;

    private async Promise Waiting()
    {
        await Step("nobodyReads", () =>
        {
            var s = Upper(One);
            foreach (var c in new[] { "a", "b", "c", "d" }) t.Log(s.Write(c, Told("taken", c)), s.ReadableLength, s.WritableLength);
            After(2, () => t.Log(s.ReadableLength, s.WritableLength, s.NeedsDrain));
        });
        await Step("readOnce", () =>
        {
            var s = Upper(One);
            foreach (var c in new[] { "a", "b", "c" }) s.Write(c, _ => t.Log("taken", c));
            Immediate(() =>
            {
                t.Log("read", Take(s));
                Tick(() => t.Log(s.ReadableLength, s.WritableLength));
                Immediate(() =>
                {
                    t.Log("read", Take(s), Take(s));
                    s.End();
                    s.Resume();
                });
            });
        });
    }

    private async Promise Giving()
    {
        await Step("nothingGiven", () =>
        {
            var s = Upper(One, (c, done) =>
            {
                t.Log("swallowed", c);
                done.Done();
            });
            s.OnData(_ => t.Log("never"));
            foreach (var c in new[] { "a", "b", "c" }) t.Log(s.Write(c));
            s.End();
        });
        await Step("muchGiven", () =>
        {
            Transform<string, string> s = null!;
            s = Upper(new() { ObjectMode = true, ReadableHighWaterMark = 2 }, (c, done) =>
            {
                for (var i = 0; i < 3; i++) t.Log("push", s.Push(c + i));
                done.Done();
            });
            Data(s);
            t.Log(s.Write("a"), s.Write("b"));
            s.End();
        });
        await Step("pushAfterEnd", () =>
        {
            Transform<string, string> s = null!;
            s = Upper(flush: done =>
            {
                done.Done();
                s.Push("late");
            });
            Data(s);
            s.End("a");
        });
        await Step("endsItself", () =>
        {
            Transform<string, string> s = null!;
            s = Upper(transform: (c, done) =>
            {
                if (c == "b") s.PushEnd();
                if (c == "b") done.Done();
                else done.Done(c);
            });
            Data(s);
            s.Write("a");
            s.Write("b", Told("b"));
            After(2, () =>
            {
                t.Log(s.IsEnded, s.IsWritable, s.IsDestroyed);
                s.End();
            });
        });
        await Step("throwsInTransform", () =>
        {
            var s = Upper(transform: (_, _) => throw Error("thrown"));
            try
            {
                s.Write("a");
            }
            catch (InvalidOperationException e)
            {
                t.Log("caught", e.Message);
            }

            t.Log(s.IsDestroyed);
            s.Destroy();
        });
    }

    private async Promise Ending()
    {
        await Step("emptyEnd", () =>
        {
            var s = Upper(flush: done =>
            {
                t.Log("flush");
                done.Done("tail");
            });
            Data(s);
            s.End();
            t.Log(s.IsEnding, s.IsFinished);
        });
        await Step("constructed", () =>
        {
            var options = new StreamOptions
            {
                ObjectMode = true,
                Construct = done =>
                {
                    t.Log("construct");
                    After(2, () => done(null));
                },
            };
            var s = Upper(options, flush: done =>
            {
                t.Log("flush");
                done.Done();
            });
            Data(s);
            s.Write("a", _ => t.Log("taken a"));
            s.End("b");
            t.Log("called");
        });
        await Step("corkedWrites", () =>
        {
            var s = Upper();
            Data(s);
            s.Cork();
            s.Write("a");
            s.Write("b");
            t.Log(s.WritableLength);
            Tick(() =>
            {
                s.Uncork();
                t.Log("uncorked");
                s.End("c");
            });
        });
    }
}
