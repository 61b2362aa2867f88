using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed class MessagesAndGroups(Transcript t)
{
    [Twin("asyncio/85-py313-messages-and-groups")]
    internal static void All(Transcript t) => EventLoop.Run(new MessagesAndGroups(t).Main(), Virtual);

    private async Coroutine Main()
    {
        await Step("the_last_one_tells", TheLastOneTells);
        await Step("outcomes_have_no_message", OutcomesHaveNoMessage);
        await Step("shields", Shields);
        await Step("a_child_fails_while_the_parent_waits", AChildFailsWhileTheParentWaits);
        await Step("both_fail_in_one_turn", BothFailInOneTurn);
        await Step("cancelled_from_outside_meanwhile", CancelledFromOutsideMeanwhile);
    }

    private async Coroutine Step(string name, Func<Coroutine> step)
    {
        t.Print("--", name);
        await step();
    }

    private static string Message(Exception e) => $"CancelledError({((CancelledError)e).CancelMessage})";

    private static async Coroutine<string> Caught(Func<Coroutine<string>> body)
    {
        try
        {
            return await body();
        }
        catch (CancelledError e)
        {
            return Message(e);
        }
    }

    private static Coroutine<string> Caught(Func<Coroutine> body) => Caught(async Coroutine<string> () =>
    {
        await body();
        return "None";
    });

    private static Coroutine<string> Caught(Future future) => Caught(async Coroutine () => await future);

    private static async Coroutine Turns(int n)
    {
        for (var i = 0; i < n; i++) await Aio.Yield();
    }

    private static async Coroutine Forever() => await EventLoop.Current.CreateFuture<int>();

    private async Coroutine Stubborn(int n)
    {
        for (var i = 0; i < n; i++)
        {
            try
            {
                await Aio.Yield();
            }
            catch (CancelledError)
            {
                t.Print("stubborn");
            }
        }
    }

    private async Coroutine TheLastOneTells()
    {
        Func<(Coroutine, Coroutine)>[] pairs =
        [
            () => (Forever(), Turns(9)), () => (Turns(9), Forever()), () => (Forever(), Stubborn(3)), () => (Stubborn(3), Turns(1)),
        ];
        foreach (var pair in pairs)
        {
            async Coroutine Gathered()
            {
                var (first, second) = pair();
                await Aio.GatherOutcomes(first, second);
            }

            var task = Aio.CreateTask(Caught(Gathered));
            await Turns(2);
            task.Cancel("why");
            t.Print(await task);
        }
    }

    private async Coroutine OutcomesHaveNoMessage()
    {
        var (a, b) = (Aio.CreateTask(Forever()), Aio.CreateTask(Forever()));
        Future f = EventLoop.Current.CreateFuture<int>();
        b.Cancel("before it starts");
        await Turns(2);
        a.Cancel("while it waits");
        f.Cancel("a future");
        var outcomes = await Aio.GatherOutcomes(a, b, f);
        t.Print(outcomes.Select(x => Message(x!)));
        t.Print(await Caught(a), await Caught(b), await Caught(f));
    }

    private async Coroutine Shields()
    {
        var task = Aio.CreateTask(Forever());
        await Turns(1);
        task.Cancel("gone");
        await Turns(2);
        t.Print(await Caught(Aio.Shield(task)), await Caught(Aio.Shield(task)));
        var other = Aio.CreateTask(Forever());
        var shield = Aio.Shield(other);
        await Turns(1);
        other.Cancel("later");
        t.Print(await Caught(shield));
    }

    private async Coroutine Fails(int n, string text)
    {
        await Turns(n);
        t.Print("fails", text);
        throw new ValueError(text);
    }

    private async Coroutine Beside(int turns)
    {
        for (var n = 0; n < turns; n++)
        {
            t.Print("turn", n);
            await Aio.Yield();
        }
    }

    private async Coroutine AChildFailsWhileTheParentWaits()
    {
        async Coroutine Parent()
        {
            var me = Aio.CurrentTask!;
            async Coroutine Looks()
            {
                try
                {
                    await Forever();
                }
                finally
                {
                    t.Print("cancelling of the parent", me.Cancelling);
                }
            }

            try
            {
                await TaskGroup.Run(async g =>
                {
                    _ = g.CreateTask(Fails(1, "a"));
                    _ = g.CreateTask(Fails(1, "b"));
                    _ = g.CreateTask(Looks());
                });
            }
            catch (AggregateException e)
            {
                t.Print(e.InnerExceptions.Select(x => x.Message), me.Cancelling);
            }

            await Turns(1);
            t.Print("goes on", me.Cancelling);
        }

        await Aio.Gather(Parent(), Beside(8));
    }

    private async Coroutine BothFailInOneTurn()
    {
        async Coroutine Parent()
        {
            try
            {
                await TaskGroup.Run(async g =>
                {
                    _ = g.CreateTask(Fails(1, "late"));
                    _ = g.CreateTask(Fails(0, "early"));
                });
            }
            catch (AggregateException e)
            {
                t.Print(e.InnerExceptions.Select(x => x.Message));
            }
        }

        await Aio.Gather(Parent(), Beside(5));
    }

    private async Coroutine CancelledFromOutsideMeanwhile()
    {
        async Coroutine<string> Parent()
        {
            var me = Aio.CurrentTask!;
            try
            {
                await TaskGroup.Run(async g =>
                {
                    _ = g.CreateTask(Fails(0, "x"));
                    _ = g.CreateTask(Stubborn(6));
                    await Forever();
                });
            }
            catch (AggregateException e)
            {
                t.Print(e.InnerExceptions.Select(x => x.Message), me.Cancelling);
            }

            t.Print(await Caught(() => Turns(1)), me.Cancelling);
            return "ends";
        }

        var task = Aio.CreateTask(Parent());
        await Turns(4);
        task.Cancel("outside");
        t.Print(await Caught(async Coroutine<string> () => await task));
    }
}
