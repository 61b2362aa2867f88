using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class TimerPromises
{
    private async Promise Sequence()
    {
        var n = 0;
        await foreach (var _ in _loop.Intervals(5))
        {
            t.Log("v", ++n);
            if (n == 3) break;
        }

        var ac = new AbortController();
        try
        {
            await foreach (var _ in _loop.Intervals(40, ac.Signal))
            {
                t.Log("w");
                if (++n == 5) After(1, () => ac.Abort());
            }
        }
        catch (AbortError e)
        {
            Name(e);
        }
    }

    private async Promise SlowBody()
    {
        var n = 0;
        await foreach (var _ in _loop.Intervals(10))
        {
            t.Log("body", ++n);
            if (n == 1) Spin(45);
            if (n == 4) break;
        }

        t.Log("left");
    }

    private async Promise Nexts()
    {
        var it = _loop.Intervals(5).GetAsyncEnumerator();
        var a = it.MoveNextAsync();
        var b = it.MoveNextAsync();
        async Promise Tell(ValueTask<bool> step, string name)
        {
            await step;
            t.Log(name);
        }

        var second = Tell(b, "second");
        _ = Tell(a, "first");
        await second;
        await it.DisposeAsync();
        t.Log(true, !await it.MoveNextAsync());
    }

    private async Promise Timeouts()
    {
        var s = AbortSignal.Timeout(20);
        s.AddListener(() =>
        {
            t.Log("aborted", Kind(s.Reason));
            Tick(Say("tick"));
        });
        var any = AbortSignal.Any(s, AbortSignal.Timeout(500));
        try
        {
            await Wait(1000, "", any);
        }
        catch (AbortError e)
        {
            t.Log("AbortError", Kind(e.InnerException));
        }

        try
        {
            s.ThrowIfAborted();
        }
        catch (Exception e)
        {
            t.Log("thrown", Kind(e), e == s.Reason, any.Reason == s.Reason);
        }

        new AbortController().Signal.ThrowIfAborted();
        t.Log(Kind(AbortSignal.Aborted().Reason), AbortSignal.Timeout(1).IsAborted);
        await Wait(10);
    }

    private static string Kind(Exception? error) => error is TimeoutException ? "TimeoutError" : error!.GetType().Name;

    private async Promise Race()
    {
        var ac = new AbortController();
        var late = Wait(1000, "late", ac.Signal).Catch(e =>
        {
            t.Log("cancelled", e.GetType().Name);
            return "x";
        });
        t.Log(await Promise.Race(Wait(5, "in time"), late).Finally(() => ac.Abort()));
        await Wait(5);
    }

    private async Promise References()
    {
        _ = _loop.DelayValue(1000, "v", holdsLoop: false).Then(_ => t.Log("never"));
        _ = _loop.Yield(holdsLoop: false).Then(_ => t.Log("turned, as others hold"));
        await Wait(5);
    }
}
