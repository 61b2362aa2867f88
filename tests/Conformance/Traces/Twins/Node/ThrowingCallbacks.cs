using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class ThrowingCallbacks(Transcript t)
{
    private readonly Queue<(string Name, Action<Action> Run)> _steps = new();

    [Twin("node/58-throwing-callbacks")]
    internal static void Throwing(Transcript t) => NodeLoop.Run(new ThrowingCallbacks(t).Main, Virtual);

    private void Main()
    {
        var from = UncaughtOrigin.UncaughtException;
        NodeLoop.Current.Process.UncaughtExceptionMonitor += (_, origin) => from = origin;
        NodeLoop.Current.Process.UncaughtException += e => t.Log("uncaught", e.Message,
            from == UncaughtOrigin.UncaughtException ? "uncaughtException" : "unhandledRejection");
        _steps.Enqueue(("immediates", Immediates));
        _steps.Enqueue(("lastImmediate", LastImmediate));
        _steps.Enqueue(("timers", Timers));
        _steps.Enqueue(("ticks", Ticks));
        _steps.Enqueue(("ticksOfImmediates", TicksOfImmediates));
        _steps.Enqueue(("microtasks", Microtasks));
        _steps.Enqueue(("poll", PollPhase));
        _steps.Enqueue(("rejections", Rejections));
        _steps.Enqueue(("interval", Interval));
        Next();
    }

    private void Next()
    {
        if (!_steps.TryDequeue(out var step)) return;
        t.Log("--", step.Name);
        step.Run(Next);
    }

    private void TickOf(string name) => Tick(() => t.Log("tick of", name));

    private void MicroOf(string name) => Micro(() => t.Log("micro of", name));

    private void Print(string name)
    {
        t.Log(name);
        TickOf(name);
    }

    private void Fail(string name)
    {
        TickOf(name);
        MicroOf(name);
        throw new InvalidOperationException(name);
    }

    private void Immediates(Action done)
    {
        Immediate(() => Print("immediate 1"));
        Immediate(() => Fail("immediate 2"));
        Immediate(() => Print("immediate 3"));
        Immediate(() => t.Log("immediate 4"));
        Immediate(() => Immediate(done));
    }

    private void LastImmediate(Action done)
    {
        Immediate(() =>
        {
            After(1, () => Print("timer after it"));
            Spin(5);
            Fail("only immediate");
        });
        After(40, done);
    }

    private void Timers(Action done)
    {
        After(5, () => Print("timer 1"));
        After(5, () => Fail("timer 2"));
        After(5, () => Print("timer 3"));
        After(6, () => Fail("timer 4"));
        After(7, () => Print("timer 5"));
        After(7, () => Fail("timer 6"));
        After(40, done);
        Spin(20);
    }

    private void Ticks(Action done)
    {
        Tick(() => t.Log("tick 1"));
        Tick(() => Fail("tick 2"));
        Tick(() =>
        {
            t.Log("tick 3");
            MicroOf("tick 3");
        });
        Immediate(() => Print("immediate"));
        After(40, done);
    }

    private void TicksOfImmediates(Action done)
    {
        Immediate(() =>
        {
            Tick(() => Fail("tick a"));
            Tick(() => t.Log("tick b"));
        });
        Immediate(() => t.Log("immediate after"));
        Immediate(() =>
        {
            t.Log("immediate last");
            After(40, done);
        });
    }

    private void Microtasks(Action done)
    {
        NodeLoop.Current.QueueMicrotask(() => t.Log("microtask 1"));
        NodeLoop.Current.QueueMicrotask(() => Fail("microtask 2"));
        NodeLoop.Current.QueueMicrotask(() => Print("microtask 3"));
        After(40, done);
    }

    private void PollPhase(Action done)
    {
        NodeFs.Stat(ThisFile, (_, _) => Fail("stat"));
        After(40, () =>
        {
            Immediate(() => t.Log("immediate after stat"));
            After(40, done);
        });
    }

    private void Rejections(Action done)
    {
        Promise.Reject<int>(new InvalidOperationException("rejected 1"));
        Promise.Reject<int>(new InvalidOperationException("rejected 2"));
        Tick(() => t.Log("tick before rejections"));
        Immediate(() =>
        {
            t.Log("immediate");
            Promise.Reject<int>(new InvalidOperationException("rejected 3"));
        });
        Immediate(() => t.Log("immediate later"));
        After(40, done);
    }

    private void Interval(Action done)
    {
        var n = 0;
        NodeTimeout? interval = null;
        interval = NodeLoop.Current.SetInterval(
            () =>
            {
                if (++n == 3)
                {
                    interval!.Close();
                    After(40, done);
                }

                throw new InvalidOperationException("interval " + n);
            },
            5);
    }
}
