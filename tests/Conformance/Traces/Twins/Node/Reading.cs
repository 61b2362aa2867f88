using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Reading(Transcript t)
{
    [Twin("node/76-reading")]
    internal static void Read(Transcript t) => NodeLoop.Run(() => new Reading(t).Main(), Virtual);

    private async Promise Main()
    {
        await Step("readableEvent", ReadableEvent);
        await Step("readOneByOne", () =>
        {
            var r = Ends(Source("abc", 1));
            r.On("readable", () => t.Log("got", Next(r)));
        });
        await Step("bytes", Bytes);
        await Step("pushReturns", PushReturns);
        await Step("pauseAndResume", PauseAndResume);
        await Step("dataThenReadable", DataThenReadable);
        await Step("lateListener", LateListener);
        await Step("twoPipes", TwoPipes);
        await Step("unpipe", Unpipe);
        await Step("pipeToFailing", PipeToFailing);
        await Step("pipeWithoutEnd", PipeWithoutEnd);
        await Step("asyncPush", AsyncPush);
        await Step("destroyWhileReading", () =>
        {
            var r = Ends(Source("abc"));
            r.On("readable", () =>
            {
                t.Log("got", Next(r));
                r.Destroy();
                t.Log(Next(r), r.IsDestroyed);
            });
        });
    }

    private async Promise Step(string name, Action run)
    {
        t.Log("--", name);
        run();
        await NodeLoop.Current.Delay(300);
    }

    private Action Say(string text) => () => t.Log(text);

    private static object? Js(bool? value) => value is null ? null : value.Value;

    private static string? Next(Readable<string> r) => r.Read(out var chunk) ? chunk : null;

    private static string? Text(Readable<byte[]> r, int? size = null) =>
        (size is { } n ? r.Read(n, out var chunk) : r.Read(out chunk)) ? Encoding.UTF8.GetString(chunk) : null;

    private Readable<string> Source(string letters, int? highWaterMark = null)
    {
        var queue = new Queue<char>(letters);
        return new Readable<string>(
            self =>
            {
                t.Log("read");
                if (queue.TryDequeue(out var letter)) self.Push(letter.ToString());
                else self.PushEnd();
            },
            new() { ObjectMode = true, HighWaterMark = highWaterMark });
    }

    private TStream Ends<TStream>(TStream s)
        where TStream : NodeStream
    {
        foreach (var name in new[] { "end", "close", "pause", "resume" }) s.On(name, () => t.Log("r", name));
        return s;
    }

    private void ReadableEvent()
    {
        var r = Ends(Source("abc", 2));
        r.On("readable", () =>
        {
            t.Log("readable", r.ReadableLength);
            while (r.Read(out var c)) t.Log("got", c);
        });
    }

    private void Bytes()
    {
        var r = Ends(new Readable<byte[]>(_ => { }));
        r.Push("hello"u8.ToArray());
        r.Push(" world"u8.ToArray());
        r.Once("readable", () =>
        {
            t.Log(r.ReadableLength, Text(r, 3), Text(r, 4), Text(r, 20), r.ReadableLength);
            r.Unshift(">>"u8.ToArray());
            t.Log(Text(r), r.ReadableLength);
            r.Push("tail"u8.ToArray());
            r.PushEnd();
            t.Log(Text(r), r.IsEnded);
        });
    }

    private void PushReturns()
    {
        var r = new Readable<string>(_ => t.Log("read"), new() { HighWaterMark = 4 });
        t.Log(r.Push("ab"), r.Push("cd"), r.Push("e"), r.ReadableLength);
        r.OnData(d => t.Log("data", d));
        t.Log("flowing", Js(r.IsFlowing));
        Tick(() =>
        {
            t.Log("tick");
            t.Log(r.Push("f"));
            r.PushEnd();
        });
        r.On("end", Say("end"));
    }

    private void PauseAndResume()
    {
        var r = Ends(Source("abcd"));
        r.OnData(d =>
        {
            t.Log("data", d);
            if (d != "b") return;
            r.Pause();
            t.Log(r.IsPaused, Js(r.IsFlowing));
            Tick(() =>
            {
                r.Resume();
                t.Log("resumed");
            });
        });
    }

    private void DataThenReadable()
    {
        var r = Ends(Source("abc"));
        r.OnData(d => t.Log("data", d));
        void OnReadable()
        {
            t.Log("readable");
            r.Read(out _);
        }

        r.On("readable", OnReadable);
        t.Log(Js(r.IsFlowing));
        After(10, () =>
        {
            r.Off("readable", OnReadable);
            t.Log(Js(r.IsFlowing));
        });
    }

    private void LateListener()
    {
        var r = Ends(Source("ab"));
        t.Log(Js(r.IsFlowing));
        After(5, () =>
        {
            r.OnData(d => t.Log("data", d));
            t.Log(Js(r.IsFlowing));
        });
    }
}
