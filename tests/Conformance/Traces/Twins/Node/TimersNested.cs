using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class TimersNested(Transcript t)
{
    private readonly Queue<Action<Action>> _steps = new();

    [Twin("node/59-timers-and-immediates-nested")]
    internal static void Nested(Transcript t) => NodeLoop.Run(new TimersNested(t).Main, Virtual);

    private void Main()
    {
        foreach (var step in new Action<Action>[] { OfImmediates, OfTimers, Cleared, ListsAnew, Mixed, Async })
            _steps.Enqueue(step);
        Next();
    }

    private void Next()
    {
        if (!_steps.TryDequeue(out var step)) return;
        t.Print("-- " + (6 - _steps.Count));
        step(Next);
    }

    private Action Say(string text) => () => t.Print(text);

    private void OfImmediates(Action done) => Immediate(() =>
    {
        t.Print("immediate");
        After(0, Say("timer of immediate"));
        Immediate(() =>
        {
            t.Print("immediate of immediate");
            After(20, done);
        });
        Spin(5);
    });

    private void OfTimers(Action done)
    {
        After(5, () =>
        {
            t.Print("timer a");
            After(0, Say("timer of a, 0"));
            After(2, Say("timer of a, 2"));
            Immediate(Say("immediate of a"));
            Tick(Say("tick of a"));
            Micro(() =>
            {
                t.Print("micro of a");
                Tick(Say("tick of micro of a"));
            });
            Spin(10);
        });
        After(5, () =>
        {
            t.Print("timer b");
            Immediate(Say("immediate of b"));
        });
        After(6, Say("timer c"));
        After(60, done);
        Spin(10);
    }

    private void Cleared(Action done)
    {
        var first = After(5, Say("first"));
        After(5, () =>
        {
            t.Print("clears");
            first.Close();
            After(5, Say("same list again"));
        });
        After(5, Say("stays"));
        After(5, Say("never")).Close();
        After(60, done);
        Spin(10);
    }

    private void ListsAnew(Action done)
    {
        After(4, () =>
        {
            t.Print("4 first");
            After(4, Say("4 second"));
            After(3, Say("3"));
            Spin(8);
        });
        After(60, done);
    }

    private void Mixed(Action done)
    {
        var count = 0;
        foreach (var d in new[] { 3, 1, 2, 1, 3, 2 }) After(d, () => t.Print($"d{d}#{++count}"));
        Spin(10);
        After(30, done);
    }

    private void Async(Action done)
    {
        _ = Body();
        t.Print("started");

        async Promise Body()
        {
            t.Print("async starts");
            await Promise.Resolve();
            Immediate(Say("immediate of async"));
            Tick(Say("tick of async"));
            await Promise.Resolve();
            t.Print("async goes on");
            await new Promise<bool>(r => Immediate(() => r.Resolve(true)));
            t.Print("after immediate");
            await new Promise<bool>(r => After(5, () => r.Resolve(true)));
            t.Print("after timer");
            done();
        }
    }
}
