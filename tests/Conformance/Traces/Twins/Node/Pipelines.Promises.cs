using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Pipelines
{
    private async Promise Promised()
    {
        await Pipeline.From(Source("ab")).Through(Middle()).To(Sink()).Then(_ => t.Log("resolved"));
        await Pipeline.From(Source("ax")).Through(Middle()).To(Sink()).Catch((Exception e) => t.Log("rejected", e.Message));
    }

    private async Promise Generators()
    {
        async IAsyncEnumerable<string> Twice(IAsyncEnumerable<string> items, AbortSignal signal)
        {
            await foreach (var c in items)
            {
                t.Log("stage", c);
                yield return c + "1";
                yield return c + "2";
            }

            t.Log("stage ends");
        }

        async IAsyncEnumerable<string> Failing(IAsyncEnumerable<string> items, AbortSignal signal)
        {
            await foreach (var c in items)
            {
                if (c == "b") throw Error("stage");
                yield return c;
            }
        }

        await Pipeline.From(Source("abc")).Through<string>(Twice).To(Sink());
        t.Log("resolved");
        await Pipeline.From(Source("abc")).Through<string>(Failing).To(Sink()).Catch((Exception e) => t.Log("rejected", e.Message));
    }

    private async Promise FinishedPromises()
    {
        var r = Source("ab");
        r.Resume();
        await r.Finished();
        t.Log("r finished");
        var w = Sink();
        w.End("a");
        await w.Finished();
        t.Log("w finished");
        var bad = Sink();
        bad.End("dd");
        await bad.Finished().Catch((Exception e) => t.Log("failed", e.Message));
        var gone = Source("ab");
        gone.Destroy();
        await gone.Finished().Catch((Exception e) => t.Log("failed", Code(e)));
    }

    private async Promise BreakLoop()
    {
        var r = Source("abc");
        await foreach (var c in r.Iterate())
        {
            t.Log("item", c);
            if (c == "b") break;
        }

        t.Log("after", r.IsDestroyed);
        var q = Source("a!");
        try
        {
            await foreach (var c in q.Iterate()) t.Log("item", c);
        }
        catch (InvalidOperationException e)
        {
            t.Log("caught", e.Message);
        }

        var p = Source("ab");
        try
        {
            await foreach (var c in p.Iterate()) throw Error("body " + c);
        }
        catch (InvalidOperationException e)
        {
            t.Log("caught", e.Message, p.IsDestroyed);
        }
    }
}
