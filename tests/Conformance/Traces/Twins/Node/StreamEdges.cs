using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class StreamEdges(Transcript t)
{
    private static readonly StreamOptions Objects = new() { ObjectMode = true };

    [Twin("node/57-stream-edges")]
    internal static void Edges(Transcript t) => NodeLoop.Run(() => new StreamEdges(t).Main(), Virtual);

    private static string Ok(Exception? e) => e?.Message ?? "ok";

    private static string Js(bool value) => value ? "true" : "false";

    private async Promise Main()
    {
        await Case("empty readable", Empty);
        await Case("data then end", DataThenEnd);
        await Case("pause in data", PauseInData);
        await Case("destroy in data", DestroyInData);
        await Case("end without writes", EndWithoutWrites);
        await Case("write after end", WriteAfterEnd);
        await Case("failing write", FailingWrite);
        await Case("cork", Cork);
        await Case("pipe", Pipe);
        await Case("transform with flush", TransformWithFlush);
        await Case("transform fails", TransformFails);
        await Case("pipeline ends", PipelineEnds);
        await Case("pipeline, source fails", SourceFails);
    }

    private async Promise Case(string name, Action<Action> run)
    {
        t.Print("--", name);
        await new Promise<bool>(r => run(() => r.Resolve(true)));
        await NodeLoop.Current.Delay(5);
    }

    private TStream Watch<TStream>(string name, TStream stream, params string[] events)
        where TStream : NodeStream
    {
        foreach (var each in events)
            if (each == "error") stream.On<Exception>(each, e => t.Print(name, each, e.Message));
            else stream.On(each, () => t.Print(name, each, ""));
        return stream;
    }

    private Writable<string> Sink() => new(
        (chunk, done) =>
        {
            t.Print("sink", chunk);
            done(null);
        },
        options: Objects);

    private void Empty(Action done)
    {
        var r = Watch("r", new Readable<string>(self => self.PushEnd(), Objects), "end", "close");
        r.On("close", done);
        r.Resume();
        t.Print("resumed");
    }

    private void DataThenEnd(Action done)
    {
        var n = 0;
        var r = new Readable<string>(
            self =>
            {
                if (n < 2) self.Push("x" + n++);
                else self.PushEnd();
            },
            Objects);
        Watch("r", r, "end", "close", "pause", "resume");
        r.OnData(d =>
        {
            t.Print("data", d);
            Tick(() => t.Print("tick after", d));
        });
        r.On("close", done);
        t.Print("listening");
    }

    private void PauseInData(Action done)
    {
        var r = Watch("r", Readable<string>.From(["a", "b", "c"]), "end", "close", "pause", "resume");
        r.OnData(d =>
        {
            t.Print("data", d);
            if (d != "a") return;
            r.Pause();
            After(5, () =>
            {
                t.Print("resuming", Js(r.IsPaused));
                r.Resume();
            });
        });
        r.On("close", done);
    }

    private void DestroyInData(Action done)
    {
        var r = Watch("r", Readable<string>.From(["a", "b", "c"]), "end", "close", "error");
        r.OnData(d =>
        {
            t.Print("data", d);
            if (d != "b") return;
            r.Destroy(new InvalidOperationException("enough"));
            t.Print("destroyed", Js(r.IsDestroyed));
        });
        r.On("close", done);
    }

    private void EndWithoutWrites(Action done)
    {
        var w = Watch("w", new Writable<string>((_, taken) => taken(null)), "prefinish", "finish", "close");
        w.On("close", done);
        w.End(_ => t.Print("end callback"));
        t.Print("ended");
    }

    private void WriteAfterEnd(Action done)
    {
        var w = Watch("w", new Writable<string>((_, taken) => taken(null)), "finish", "close", "error");
        w.On("close", done);
        w.End();
        t.Print("write", Js(w.Write("late", e => t.Print("callback", ((StreamError)e!).Code))));
    }

    private void FailingWrite(Action done)
    {
        var w = new Writable<string>((_, taken) => Immediate(() => taken(new InvalidOperationException("disk"))));
        Watch("w", w, "finish", "close", "error", "drain");
        w.On("close", done);
        w.Write("a", e => t.Print("a", e!.Message));
        w.Write("b", e => t.Print("b", e!.Message));
        w.End(e => t.Print("end", e!.Message));
    }

    private void Cork(Action done)
    {
        var w = Watch("w", Sink(), "finish", "close");
        w.On("close", done);
        w.Cork();
        w.Write("a", _ => t.Print("a written"));
        w.Write("b", _ => t.Print("b written"));
        t.Print("corked", w.WritableLength);
        Tick(() =>
        {
            w.Uncork();
            t.Print("uncorked", w.WritableLength);
            w.End();
        });
    }

    private void Pipe(Action done)
    {
        var w = new Writable<string>(
            (chunk, taken) =>
            {
                t.Print("sink", chunk);
                Immediate(() => taken(null));
            },
            options: new() { ObjectMode = true, HighWaterMark = 1 });
        Watch("w", w, "finish", "close", "drain");
        var r = Watch("r", Readable<string>.From(["a", "b", "c"]), "end", "close");
        w.On("close", done);
        r.Pipe(w);
        t.Print("piped");
    }

    private void TransformWithFlush(Action done)
    {
        var transform = new Transform<string, string>(
            (chunk, taken) =>
            {
                taken.Push(chunk + "1");
                taken.Done(chunk + "2");
            },
            taken =>
            {
                t.Print("flush");
                taken.Push("last");
                taken.Done();
            },
            Objects);
        Watch("t", transform, "finish", "end", "close");
        transform.OnData(d => t.Print("data", d));
        transform.On("close", done);
        transform.Write("a", _ => t.Print("a taken"));
        transform.Write("b");
        transform.End();
        t.Print("ended");
    }

    private void TransformFails(Action done)
    {
        var transform = new Transform<string, string>(
            (chunk, taken) =>
            {
                if (chunk == "b") taken.Fail(new InvalidOperationException("no b"));
                else taken.Done(chunk);
            },
            options: Objects);
        Watch("t", transform, "finish", "end", "close", "error");
        transform.OnData(d => t.Print("data", d));
        transform.On("close", done);
        transform.Write("a");
        transform.Write("b");
        transform.End();
    }

    private void PipelineEnds(Action done) =>
        Pipeline.Run(Readable<string>.From(["a", "b"]), Watch("w", Sink(), "finish", "close"), e =>
        {
            t.Print("pipeline", Ok(e));
            Immediate(done);
        });

    private void SourceFails(Action done)
    {
        var n = 0;
        var r = new Readable<string>(
            self =>
            {
                if (n++ > 0) self.Destroy(new InvalidOperationException("source"));
                else self.Push("a");
            },
            Objects);
        Pipeline.Run(Watch("r", r, "end", "close"), Watch("w", Sink(), "finish", "close"), e =>
        {
            t.Print("pipeline", Ok(e));
            Immediate(done);
        });
    }
}
