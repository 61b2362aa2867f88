using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Streams among ticks, microtasks, immediates and timers.</summary>
internal sealed partial class StreamsAndTime(Transcript t)
{
    private static readonly StreamOptions Objects = new() { ObjectMode = true };

    [Twin("node/85-streams-and-time")]
    internal static void Times(Transcript t) => NodeLoop.Run(() => new StreamsAndTime(t).Main(), Virtual);

    private async Promise Main()
    {
        await Step("pushBeforeListening", PushBeforeListening);
        await Step("readableEventTimes", ReadableEventTimes);
        await Step("writeTimes", WriteTimes);
        await Step("writeSyncTimes", WriteSyncTimes);
        await Step("writableErrorTimes", WritableErrorTimes);
        await Step("zeroMarks", ZeroMarks);
        await Step("objects", ObjectsStep);
        await Step("unshifted", Unshifted);
        await Step("iterated", Iterated);
        await Step("iteratedAndThrown", IteratedAndThrown);
        await Step("pipeTwoSpeeds", PipeTwoSpeeds);
        await Step("unpipedInData", UnpipedInData);
        await Step("transformTimes", TransformTimes);
        await Step("transformDestroyed", TransformDestroyed);
        await Step("finals", Finals);
        await Step("pipelines", Pipelines);
        await Step("halves", Halves);
        await Step("destroyTimes", DestroyTimes);
    }

    private Promise Step(string name, Action run) => t.Step(name, 60, run);

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 60, run);

    private static NodeLoop Loop => NodeLoop.Current;

    private Action Say(string text) => () => t.Log(text);

    private Action<Exception?> Done(string text) => _ => t.Log(text);

    private Action<Exception?> Told(string name) => e => t.Log(name, Code(e));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static object Js(bool? value) => value is null ? "null" : value.Value;

    private void Marks()
    {
        Tick(Say("tick"));
        Loop.QueueMicrotask(Say("micro"));
        Immediate(Say("immediate"));
    }

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        foreach (var n in new[] { "end", "prefinish", "finish", "close", "drain", "pipe", "unpipe" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", e.Message));
        return s;
    }

    private Writable<string> Sink(Action<string, Action<Exception?>> write, StreamOptions options) => Watch(
        new Writable<string>(
            (c, taken) =>
            {
                t.Log("sink", c);
                write(c, taken);
            },
            options: options),
        "w");

    private void PushBeforeListening()
    {
        var r = Watch(new Readable<byte[]>(_ => t.Log("read")), "r");
        r.Push("a"u8.ToArray());
        r.Push("b"u8.ToArray());
        t.Log("pushed", r.ReadableLength, Js(r.IsFlowing));
        r.OnData(d =>
        {
            t.Log("data", Text(d));
            Tick(Say("tick of data"));
            Loop.QueueMicrotask(Say("micro of data"));
        });
        Marks();
        r.Push("c"u8.ToArray());
        Immediate(() =>
        {
            r.Push("d"u8.ToArray());
            t.Log("pushed d");
            r.PushEnd();
            t.Log("pushed the end");
        });
    }

    private void ReadableEventTimes()
    {
        var r = Watch(new Readable<byte[]>(_ => t.Log("read"), new() { HighWaterMark = 3 }), "r");
        string Read(int? size = null) => (size is { } n ? r.Read(n, out var d) : r.Read(out d)) ? Text(d) : "null";
        r.On("readable", () => t.Log("readable", r.ReadableLength));
        Marks();
        Immediate(() =>
        {
            r.Push("ab"u8.ToArray());
            t.Log("pushed");
            Tick(Say("tick after push"));
            Immediate(() =>
            {
                t.Log(Read(1), Read(5), Read());
                r.Push("c"u8.ToArray());
                r.PushEnd();
                t.Log(r.IsEnded);
                t.Log(Read());
            });
        });
    }

    private void WriteTimes()
    {
        var w = Sink(
            (c, taken) => Immediate(() =>
            {
                t.Log("sunk", c);
                taken(null);
                t.Log("after the callback");
            }),
            new() { HighWaterMark = 2 });
        t.Log(w.Write("ab", Done("ab written")), w.Write("c", Done("c written")));
        Marks();
        w.On("drain", () =>
        {
            t.Log("drained", w.WritableLength);
            w.End("z", Done("ended"));
            t.Log("end called", w.IsEnding, w.IsFinished);
        });
    }

    private void WriteSyncTimes()
    {
        var w = Sink(static (_, taken) => taken(null), new() { HighWaterMark = 2 });
        t.Log(w.Write("ab", Done("ab written")), w.NeedsDrain, w.Write("c", Done("c written")));
        Marks();
        Tick(() =>
        {
            t.Log(w.Write("d", Done("d written")));
            w.End(Done("ended"));
        });
    }

    private void WritableErrorTimes()
    {
        var w = Watch(new Writable<string>(static (c, taken) => Tick(() => taken(Error("bad " + c)))), "w");
        w.Write("a", Told("a"));
        w.Write("b", Told("b"));
        w.End("c", Told("end"));
        Marks();
        Immediate(() => t.Log(w.IsDestroyed, w.Errored!.Message, w.Write("d", Told("d"))));
    }

    private void ZeroMarks()
    {
        var n = 0;
        var r = Watch(
            new Readable<string>(
                self =>
                {
                    t.Log("read");
                    if (n++ == 0) self.Push("x");
                    else self.PushEnd();
                },
                new() { HighWaterMark = 0 }),
            "r");
        r.OnData(d => t.Log("data", d));
        var w = Sink(static (_, taken) => taken(null), new() { HighWaterMark = 0 });
        t.Log(w.Write("a"), w.NeedsDrain);
        Marks();
    }

    private void ObjectsStep()
    {
        var r = Watch(new Readable<string>(_ => t.Log("read"), new() { ObjectMode = true, HighWaterMark = 2 }), "r");
        t.Log(r.Push("a"), r.Push(""), r.Push("b"), r.ReadableLength);
        r.OnData(d => t.Log($"data [{d}]"));
        Immediate(r.PushEnd);
    }

    private void Unshifted()
    {
        var r = Watch(new Readable<byte[]>(_ => { }), "r");
        r.Push("body"u8.ToArray());
        r.PushEnd();
        r.Once("readable", () =>
        {
            r.Read(out var all);
            t.Log(Text(all!));
            r.Unshift(all![2..]);
            t.Log(r.ReadableLength);
            r.OnData(d => t.Log("data", Text(d)));
        });
    }

    private async Promise Iterated()
    {
        var n = 1;
        var r = Watch(
            new Readable<object>(
                self =>
                {
                    t.Log("read");
                    Immediate(() =>
                    {
                        if (n < 3) self.Push(n++);
                        else self.PushEnd();
                    });
                },
                Objects),
            "r");
        await foreach (var x in r.Iterate())
        {
            t.Log("got", x);
            Tick(Say("tick"));
            Loop.QueueMicrotask(Say("micro"));
            await Promise.Resolve();
            t.Log("after await");
        }

        t.Log("over", r.IsDestroyed);
    }
}
