using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class SequencesAtRandom
{
    private PipelineStage<int> Middle(PipelineStage<int> from, int how) => how switch
    {
        1 => from.Through(Stage("one")),
        2 => from.Through(Stage("one")).Through(Stage("two")),
        3 => from.Through(Double()).Through(Stage("one")),
        4 => from.Through(Stage("one")).Through(Double()),
        _ => from,
    };

    private Action Program()
    {
        var from = Source();
        var how = Draw(5);
        t.Log("joined", how);
        var stage = Middle(from, how);
        var w = Sink();
        var abort = new AbortController();
        w.Finished(e => t.Log("w finished", Code(e)));
        stage.To(w, abort.Signal, end: Draw(4) > 0).Then(() => t.Log("done"), e => t.Log("done", Code(e)));
        if (Draw(3) == 0)
        {
            var (wait, kind, mode) = (Draw(10), Draw(4), Draw(4));
            Rounds(wait, () => When(mode, () =>
            {
                t.Log("act", kind);
                if (kind == 0) abort.Abort();
                if (kind == 1) w.Destroy();
                if (kind == 2) w.Destroy(Error("act"));
                if (kind == 3) w.End();
            }));
        }

        return () => t.Log(w.IsDestroyed, w.IsFinished, w.IsEnding, w.WritableLength);
    }
}
