using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>One stream piped into several, twice into one, and back off again, while the others are slow, fail, end or close.</summary>
internal sealed partial class ManyPipes(Transcript t)
{
    private static readonly string[] OfSource = ["pause", "resume", "end", "close"];

    private static readonly string[] OfSink = ["pipe", "unpipe", "drain", "finish", "close"];

    private static readonly Action<Action<Exception?>, string> Now = (done, _) => done(null);

    private static readonly Action<Action<Exception?>, string> Soon = (done, _) => Immediate(() => done(null));

    [Twin("node/100-many-pipes")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new ManyPipes(t).Main(), Virtual);

    private static Action<Action<Exception?>, string> In(double milliseconds) => (done, _) => After(milliseconds, () => done(null));

    private Promise Step(string name, Action run) => t.Step(name, 450, run);

    private TStream Watch<TStream>(TStream s, string name, params string[] events)
        where TStream : NodeStream
    {
        foreach (var n in events) s.On(n, () => t.Log(name, n));
        return s;
    }

    private Readable<string> Source(string items)
    {
        var q = new Queue<char>(items);
        return Watch(
            new Readable<string>(
                r =>
                {
                    if (q.TryDequeue(out var c)) r.Push(c.ToString());
                    else r.PushEnd();
                },
                new() { ObjectMode = true, HighWaterMark = 2 }),
            "r",
            OfSource);
    }

    private Writable<string> Sink(string name, Action<Action<Exception?>, string> how, int mark = 1) => Watch(
        new Writable<string>(
            (c, done) =>
            {
                t.Log(name, c);
                how(done, c);
            },
            options: new() { ObjectMode = true, HighWaterMark = mark }),
        name,
        OfSink);

    private void Once(Readable<string> r, Action<string> listener) => r.Once("data", listener);

    private async Promise Main()
    {
        await Speeds();
        await Leaving();
        await Twice();
        await TwoIntoOne();
        await Failing();
        await Before();
        await Paused();
    }

    private async Promise Speeds()
    {
        await Step("threeSpeeds", () =>
        {
            var r = Source("abcd");
            r.Pipe(Sink("now", Now));
            r.Pipe(Sink("soon", Soon));
            r.Pipe(Sink("later", In(40)));
        });
        await Step("slowOneGoes", () =>
        {
            var r = Source("abcdef");
            var (slow, fast) = (Sink("slow", In(200)), Sink("fast", Now));
            r.Pipe(slow);
            r.Pipe(fast);
            After(50, () =>
            {
                t.Log("unpipes");
                r.Unpipe(slow);
            });
        });
        await Step("bothSlowOneGoes", () =>
        {
            var r = Source("abcdef");
            var (one, two) = (Sink("one", In(10)), Sink("two", In(200)));
            r.Pipe(one);
            r.Pipe(two);
            After(80, () =>
            {
                t.Log("unpipes");
                r.Unpipe(two);
                two.Destroy();
            });
        });
    }

    private async Promise Leaving()
    {
        await Step("allGo", () =>
        {
            var r = Source("abcdef");
            r.Pipe(Sink("one", Soon));
            r.Pipe(Sink("two", Soon));
            After(0, () =>
            {
                r.Unpipe();
                t.Log(r.IsFlowing);
                r.OnData(d => t.Log("data", d));
                t.Log(r.IsFlowing);
                r.Resume();
            });
            Once(r, d =>
            {
                t.Log("first", d);
                r.Unpipe();
            });
        });
    }

    private async Promise Twice()
    {
        await Step("twiceIntoOne", () =>
        {
            var r = Source("ab");
            var w = Sink("w", Soon, 3);
            r.Pipe(w);
            r.Pipe(w);
            After(50, () => t.Log(w.ListenerCount("unpipe"), r.ListenerCount("data")));
        });
        await Step("twiceThenOnceOff", () =>
        {
            var r = Source("abcd");
            var w = Sink("w", Soon, 9);
            r.Pipe(w);
            r.Pipe(w);
            Once(r, _ => r.Unpipe(w));
        });
    }

    private async Promise TwoIntoOne()
    {
        await Step("twoIntoOne", () =>
        {
            var w = Sink("w", Now, 9);
            var (r, s) = (Source("ab"), Source("123"));
            w.On<Exception>("error", e => t.Log("error", Code(e)));
            r.Pipe(w, end: false);
            s.Pipe(w);
            r.On("end", () => t.Log("r ended", w.IsEnding));
        });
        await Step("twoEndOne", () =>
        {
            var w = Sink("w", Now, 9);
            var (r, s) = (Source("a"), Source("1234"));
            w.On<Exception>("error", e => t.Log("error", Code(e), s.IsFlowing));
            r.Pipe(w);
            s.Pipe(w);
        });
    }
}
