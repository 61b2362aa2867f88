using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class StrangerStreamsAtRandom
{
    private async Promise Drain(Readable<int> from, bool keep, int last)
    {
        try
        {
            await foreach (var c in from.Iterate(!keep))
            {
                t.Log("item", c);
                if (c == last) break;
            }

            t.Log("loop ends");
        }
        catch (Exception e)
        {
            t.Log("caught", Code(e));
        }
    }

    private void Join(Streams s)
    {
        var how = Draw(7);
        t.Log("joined", how);
        void Done(Exception? e) => t.Log("done", Code(e));
        switch (how)
        {
            case 0:
                s.R.Pipe(s.D).Pipe(s.W);
                break;
            case 1:
                Pipeline.Run(s.R, s.D, s.W, Done);
                break;
            case 2:
                s.R.Pipe(s.W);
                s.R.Pipe(s.X);
                break;
            case 3:
                var (keep, last) = (Draw(2), Draw(5));
                _ = Drain(s.R, keep == 1, last);
                s.D.Pipe(s.W);
                break;
            case 4:
                Pipeline.Run(s.R, s.D, Done);
                s.D.Finished(e => t.Log("and", Code(e)));
                break;
            case 5:
                s.D.AddAbortSignal(s.Abort.Signal);
                s.R.Pipe(s.D);
                s.D.OnData(c => t.Log("data", c));
                break;
            default:
                Pipeline.From(s.R).To(s.W, s.Abort.Signal, Draw(2) == 0).Then(() => Done(null), Done);
                break;
        }
    }

    private static int? Read(Streams s, int at)
    {
        if (at == 0 ? s.R.Read(out var c) : s.D.Read(out c)) return c;
        return null;
    }

    private void Act(Streams s, int kind, int at)
    {
        t.Log("act", kind, at);
        NodeStream any = at == 0 ? s.R : at == 1 ? s.D : s.W;
        IReadable<int> reads = at == 0 ? s.R : s.D;
        IWritable<int> writes = at == 0 ? s.D : s.W;
        switch (kind)
        {
            case 0: reads.Pause(); break;
            case 1: reads.Resume(); break;
            case 2: any.Destroy(); break;
            case 3: any.Destroy(Error("act")); break;
            case 4: writes.End(e => t.Log("ended", Code(e))); break;
            case 5: t.Log(writes.Write(99, e => t.Log("99", Code(e)))); break;
            case 6 when at == 0: s.D.Cork(); break;
            case 6: s.W.Cork(); break;
            case 7 when at == 0: s.D.Uncork(); break;
            case 7: s.W.Uncork(); break;
            case 8: t.Log(at == 0 ? s.R.Push(77) : s.D.Push(77)); break;
            case 9 when at == 0: s.R.PushEnd(); break;
            case 9: s.D.PushEnd(); break;
            case 10: s.Abort.Abort(); break;
            default: ActMore(s, kind, at, any); break;
        }
    }

    private void ActMore(Streams s, int kind, int at, NodeStream any)
    {
        IReadable<int> reads = at == 0 ? s.R : s.D;
        switch (kind)
        {
            case 11: t.Log("read", Read(s, at)); break;
            case 12: reads.Stream.On("readable", () => t.Log("readable", Read(s, at))); break;
            case 13: reads.OnData(c => t.Log("also", c)); break;
            case 14: any.Finished(e => t.Log("later finished", Code(e))); break;
            case 15: reads.Stream.RemoveAllListeners("readable"); break;
            case 16 when at == 0:
                s.D.End(66);
                t.Log(true);
                break;
            case 16:
                s.W.End(66);
                t.Log(true);
                break;
            default: reads.Unpipe(); break;
        }
    }

    private Action Program()
    {
        var s = new Streams(Source(), Middle(), Sink("w"), Sink("x"), new AbortController());
        Join(s);
        for (var i = Draw(5); i > 0; i--)
        {
            var (wait, mode, kind, at) = (Draw(8), Draw(6), Draw(18), Draw(3));
            Rounds(wait, () => When(mode, () => Act(s, kind, at)));
        }

        return () =>
        {
            foreach (var x in new NodeStream[] { s.R, s.D, s.W })
                t.Log(x.IsDestroyed, x.IsClosed, Code(x.Errored), x.IsReadable, x.IsWritable);
            t.Log(s.R.IsEnded, s.R.IsFlowing, s.R.ReadableLength, s.D.IsFlowing, s.D.WritableLength, s.W.IsFinished, s.W.WritableLength,
                s.W.NeedsDrain);
        };
    }

    private sealed record Streams(Readable<int> R, Duplex<int, int> D, Writable<int> W, Writable<int> X, AbortController Abort);
}
