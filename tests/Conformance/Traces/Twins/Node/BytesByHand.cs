using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Streams of bytes read by hand: counts beyond what is there, marks of zero, empty chunks, and what is left at the end.</summary>
internal sealed partial class BytesByHand(Transcript t)
{
    [Twin("node/99-bytes-by-hand")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new BytesByHand(t).Main(), Virtual);

    private static byte[] B(string text) => Encoding.ASCII.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.ASCII.GetString(bytes);

    private static string Take(Readable<byte[]> r) => r.Read(out var chunk) ? Text(chunk) : "null";

    private static string Take(Readable<byte[]> r, int count) => r.Read(count, out var chunk) ? Text(chunk) : "null";

    private static string Take(Duplex<byte[], byte[]> r, int count) => r.Read(count, out var chunk) ? Text(chunk) : "null";

    private static StreamOptions Mark(int mark) => new() { HighWaterMark = mark };

    private Promise Step(string name, Action run) => t.Step(name, 30, run);

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        foreach (var n in new[] { "readable", "end", "close", "drain", "finish" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        return s;
    }

    private Readable<byte[]> Bytes(string[] chunks, int? mark = null)
    {
        var q = new Queue<string>(chunks);
        return new Readable<byte[]>(
            r =>
            {
                t.Log("asked");
                if (q.TryDequeue(out var chunk)) r.Push(B(chunk));
                else r.PushEnd();
            },
            new() { HighWaterMark = mark });
    }

    private Readable<byte[]> Silent(bool asked = true, bool autoDestroy = true) => Watch(
        new Readable<byte[]>(
            _ =>
            {
                if (asked) t.Log("asked");
            },
            new() { AutoDestroy = autoDestroy }),
        "r");

    private void Data(Readable<byte[]> r) => r.OnData(c => t.Log("data", Text(c)));

    private void End(NodeStream r) => r.On("end", () => t.Log("end"));

    private async Promise Main()
    {
        await Counting();
        await Marking();
        await Empty();
        await PuttingBack();
        await Transforming();
        await Ending();
    }

    private async Promise Counting()
    {
        await Step("counts", () =>
        {
            var r = Bytes(["ab", "cd", "ef"], 3);
            r.On("readable", () =>
            {
                t.Log("readable", r.ReadableLength);
                while (r.Read(3, out var c)) t.Log("three", Text(c), r.ReadableLength);
            });
            End(r);
        });
        await Step("moreThanThere", () =>
        {
            var r = Bytes(["ab", "cd", "ef", "g"], 2);
            r.On("readable", () => t.Log("readable", r.ReadableLength, Take(r, 5), r.ReadableHighWaterMark));
            r.On("end", () => t.Log("end", r.ReadableLength));
        });
        await Step("oneByte", () =>
        {
            var r = Bytes(["abc", "d"], 1);
            r.On("readable", () => t.Log("readable", Take(r, 1), r.ReadableLength));
            End(r);
        });
    }

    private async Promise Marking()
    {
        await Step("markOfZero", () =>
        {
            var r = Bytes(["ab", "c"], 0);
            r.On("readable", () => t.Log("readable", Take(r), r.ReadableLength));
            End(r);
        });
        await Step("markOfZeroFlowing", () =>
        {
            var r = Bytes(["ab", "c"], 0);
            Data(r);
            End(r);
            Tick(() => t.Log("tick"));
        });
        await Step("zeroCount", () =>
        {
            var r = Silent();
            t.Log(Take(r, 0));
            r.Push(B("abc"));
            t.Log(Take(r, 0), r.ReadableLength);
            Immediate(() =>
            {
                t.Log(Take(r, 0), Take(r, 2), Take(r, 2), Take(r, 1), Take(r));
                r.PushEnd();
                t.Log(Take(r, 0));
            });
        });
    }

    private async Promise Empty()
    {
        await Step("emptyChunks", () =>
        {
            var r = Silent();
            t.Log(r.Push(B("")), r.ReadableLength);
            Immediate(() =>
            {
                t.Log(r.Push(B("x")), r.Push(B("")), r.ReadableLength);
                Immediate(() =>
                {
                    t.Log(Take(r));
                    r.Push(B(""));
                    r.PushEnd();
                    t.Log(Take(r));
                });
            });
        });
        await Step("emptyAndFlowing", () =>
        {
            var n = 0;
            var r = new Readable<byte[]>(s =>
            {
                t.Log("asked", n);
                if (n < 4) s.Push(B(n++ % 2 == 1 ? "x" + n : ""));
                else s.PushEnd();
            });
            Data(r);
            End(r);
        });
    }

    private async Promise PuttingBack()
    {
        await Step("putBack", () =>
        {
            var r = Bytes(["abcdef", "gh"], 4);
            r.Once("readable", () =>
            {
                t.Log(Take(r, 4));
                t.Log(r.Unshift(B("CD")), r.ReadableLength);
                t.Log(Take(r, 3), r.ReadableLength);
                r.Unshift(B(""));
                t.Log(r.ReadableLength);
                r.OnData(c =>
                {
                    t.Log("data", Text(c));
                    if (Text(c) == "gh") r.Unshift(B("again"));
                });
                End(r);
            });
        });
        await Step("putBackAfterTheEnd", () =>
        {
            var r = Watch(Bytes([]), "r");
            Data(r);
            r.On("end", () => Immediate(() =>
            {
                t.Log(r.IsDestroyed);
                r.Unshift(B("late"));
                r.Push(B("late"));
            }));
        });
        await Step("putBackAtTheEnd", () =>
        {
            var r = Silent(false, false);
            r.Push(B("tail"));
            r.PushEnd();
            Immediate(() =>
            {
                t.Log(Take(r));
                r.Unshift(B("back"));
                t.Log(r.ReadableLength);
                Immediate(() => t.Log(Take(r), r.IsEnded));
            });
        });
    }
}
