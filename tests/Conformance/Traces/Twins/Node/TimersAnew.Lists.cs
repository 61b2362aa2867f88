using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class TimersAnew
{
    private void LateTimersOfSeveralLists(Action done)
    {
        After(30, () => t.Log("30"));
        After(20, () => t.Log("20"));
        After(10, () =>
        {
            t.Log("10");
            After(1, () => t.Log("1 of 10"));
            After(20, () => t.Log("20 of 10"));
        });
        After(20, () => t.Log("another 20"));
        After(10, () => t.Log("another 10"));
        Spin(60);
        After(100, done);
    }

    private void ListsMadeInTime(Action done)
    {
        After(400, () => t.Log("a 400"));
        Spin(120);
        After(350, () => t.Log("b 350"));
        Spin(120);
        After(11, () => t.Log("c 11"));
        After(400, () => t.Log("d 400"));
        Spin(500);
        After(100, done);
    }

    private void ZeroOneAndOdd(Action done)
    {
        After(1, () => t.Log("1"));
        After(0, () => t.Log("0"));
        After(-5, () => t.Log("-5"));
        After(double.NaN, () => t.Log("NaN"));
        After(1.9, () => t.Log("1.9"));
        After(2, () => t.Log("2"));
        After(0.5, () => t.Log("0.5"));
        After(1L << 31, () => t.Log("2^31"));
        Spin(10);
        After(60, done);
    }

    private void ImmediatesAndTimers(Action done)
    {
        Immediate(() =>
        {
            NodeImmediate third = null!;
            Immediate(() =>
            {
                t.Log("immediate 1");
                _loop.ClearImmediate(third);
            });
            Immediate(() =>
            {
                t.Log("immediate 2");
                Immediate(() => t.Log("immediate of 2"));
                Tick(() => t.Log("tick of 2"));
            });
            third = _loop.SetImmediate(() => t.Log("never"));
            Immediate(() =>
            {
                t.Log("immediate 4");
                _loop.QueueMicrotask(() =>
                {
                    t.Log("micro of 4");
                    Immediate(() => t.Log("immediate of micro"));
                });
            });
        });
        After(60, done);
    }

    private void UnrefInterval(Action done)
    {
        var n = 0;
        var i = _loop.SetInterval(() => t.Log("unref", ++n), 50);
        i.Unref();
        After(75, () =>
        {
            i.Ref();
            t.Log("ref");
        });
        After(170, () =>
        {
            i.Close();
            done();
        });
    }

    private async Promise Promises(Action done)
    {
        var controller = new AbortController();
        var p = _loop.DelayValue(20, "value", controller.Signal);
        _ = p.Catch((Exception e) => t.Log("aborted", e.GetType().Name, Code(e)));
        _loop.QueueMicrotask(() =>
        {
            t.Log("aborts");
            controller.Abort();
        });
        t.Log(await _loop.DelayValue(5, "waited"));
        Immediate(() => t.Log("immediate before"));
        await _loop.Yield();
        t.Log("turned");
        await _loop.Delay(5, AbortSignal.Aborted()).Catch((Exception e) => t.Log(e.GetType().Name));
        var n = 0;
        await foreach (var _ in _loop.Intervals(10))
        {
            t.Log("every", ++n);
            if (n == 3) break;
        }

        t.Log("left");
        done();
    }
}
