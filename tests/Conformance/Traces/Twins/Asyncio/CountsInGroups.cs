using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Groups and time limits whose cancellation is asked for, taken back, thrown by hand or comes in the turn of a failure.</summary>
internal sealed partial class CountsInGroups(Transcript t)
{
    [Twin("asyncio/87-py313-counts-in-groups")]
    internal static void Parts(Transcript t) => EventLoop.Run(new CountsInGroups(t).All(), Virtual);

    private static LoopTask Me => Aio.CurrentTask!;

    private static EventLoop Loop => EventLoop.Current;

    private static string Show(Exception e) => e switch
    {
        AggregateException group => "[" + string.Join(", ", group.InnerExceptions.Select(Show)) + "]",
        CancelledError cancelled => "CancelledError " + cancelled.CancelMessage,
        TimeoutException => "TimeoutError ",
        _ => $"{e.GetType().Name} {e.Message.Trim('\'')}",
    };

    private static async Coroutine<string> Value(Coroutine c)
    {
        await c;
        return "None";
    }

    private Coroutine Tell(string name, Coroutine c) => Tell(name, Aio.CreateTask(Value(c)));

    private Coroutine Tell(string name, Coroutine<string> c) => Tell(name, Aio.CreateTask(c));

    private async Coroutine Tell(string name, LoopTask<string> task)
    {
        try
        {
            t.Print(name, "gives", await task);
        }
        catch (Exception e)
        {
            t.Print(name, Show(e));
        }

        t.Print(name, task.Cancelling, task.IsCancelled);
    }

    private async Coroutine Child(string name, int? n = null, Exception? error = null, Exception? last = null)
    {
        try
        {
            if (n is null) await Aio.Sleep(Seconds(1000));
            await Turns(n!.Value);
            if (error is not null) throw error;
            t.Print(name, "ends");
        }
        catch (CancelledError e)
        {
            t.Print(e.CancelMessage is { } message ? [name, "cancelled", message] : [name, "cancelled"]);
            if (last is not null) throw last;
            throw;
        }
    }

    private async Coroutine Step(string name, Coroutine c)
    {
        t.Print("--", name);
        await Tell("it", c);
    }

    private async Coroutine Step(string name, Coroutine<string> c)
    {
        t.Print("--", name);
        await Tell("it", c);
    }

    private async Coroutine All()
    {
        await Step("taken_back_in_body", TakenBackInBody());
        await Step("kept_in_body", KeptInBody());
        await Step("thrown_by_hand", ThrownByHand());
        await Step("thrown_by_hand_and_failed", ThrownByHandAndFailed());
        await Step("starts_cancelled", StartsCancelled());
        await Step("body_and_child_in_one_turn", BodyAndChildInOneTurn());
        await Step("inner_and_outer", InnerAndOuter());
        await Step("added_while_leaving", AddedWhileLeaving());
        await Step("limit_in_child", LimitInChild());
        await Step("limit_takes_back", LimitTakesBack());
        await Step("limit_and_outside", LimitAndOutside());
        await Step("limits_without_waits", LimitsWithoutWaits());
        await Step("uncounted", Uncounted());
        for (var order = 2; order <= 5; order++)
        {
            t.Print("-- fails in the turn", order);
            await FailsInTheTurn(order);
        }

        var task = Aio.CreateTask(Value(CancelledAtStart()));
        task.Cancel();
        await Tell("never begun", task);
    }

    private async Coroutine<string> TakenBackInBody()
    {
        await TaskGroup.Run(async g =>
        {
            _ = g.CreateTask(Child("a", 5));
            Me.Cancel("x");
            try
            {
                await Turns(1);
            }
            catch (CancelledError)
            {
                t.Print("left", Me.Uncancel());
            }

            await Turns(1);
            t.Print("body ends");
        });
        return "fine";
    }

    private async Coroutine<string> KeptInBody()
    {
        await TaskGroup.Run(async g =>
        {
            _ = g.CreateTask(Child("a", 5));
            Me.Cancel("x");
            try
            {
                await Turns(1);
            }
            catch (CancelledError)
            {
                t.Print("kept", Me.Cancelling);
            }

            t.Print("body ends");
        });
        await Turns(1);
        return $"('fine', {Me.Cancelling})";
    }

    private Coroutine ThrownByHand() => TaskGroup.Run(async g =>
    {
        _ = g.CreateTask(Child("a", 3));
        await Turns(1);
        throw new CancelledError("by hand");
    });

    private Coroutine ThrownByHandAndFailed() => TaskGroup.Run(async g =>
    {
        _ = g.CreateTask(Child("a", 1, last: new ValueError("in cleanup")));
        _ = g.CreateTask(Child("b", 1, last: new ValueError("in cleanup")));
        await Nothing();
        throw new CancelledError("by hand");
    });

    private static async Coroutine Nothing() => await Turns(0);

    private async Coroutine CancelledAtStart()
    {
        t.Print("begins", Me.Cancelling);
        await TaskGroup.Run(async g =>
        {
            _ = g.CreateTask(Child("a"));
            t.Print("body");
            await Nothing();
        });
        t.Print("never");
    }

    private async Coroutine StartsCancelled()
    {
        Me.Cancel("early");
        await CancelledAtStart();
    }

    private async Coroutine FailsInTheTurn(int order)
    {
        var task = Aio.CreateTask(Value(TaskGroup.Run(async g =>
        {
            _ = g.CreateTask(Child("a", 2, new KeyError("k")));
            _ = g.CreateTask(Child("b"));
            await Nothing();
        })));
        await Turns(order);
        t.Print(task.Cancel("outside"), task.Cancelling);
        await Tell("inside", task);
    }

    private Coroutine BodyAndChildInOneTurn() => TaskGroup.Run(async g =>
    {
        _ = g.CreateTask(Child("a", 1, new KeyError("k")));
        await Turns(2);
        throw new ValueError("body");
    });
}
