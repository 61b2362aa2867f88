using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class GroupsInGroups
{
    private async Coroutine More()
    {
        await Scenario("outside_and_inside", OutsideAndInside);
        await Scenario("outside_in_exit", OutsideInExit);
        await Scenario("results_and_order", ResultsAndOrder);
        await Scenario("gather_in_group", () => TaskGroup.Run(async tg =>
        {
            async Coroutine Child() => await Aio.Gather(Wait("g1"), Wait("g2"));
            _ = tg.CreateTask(Child());
            _ = tg.CreateTask(Fail("f", 2));
        }));
        await Scenario("group_in_gather", GroupInGather);
    }

    private async Coroutine OutsideAndInside()
    {
        var task = Aio.CreateTask(TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Fail("child", 2));
            _ = tg.CreateTask(Wait("other"));
            await Aio.Sleep(Seconds(10));
        }));
        await Turns(3);
        task.Cancel("outside");
        await task;
    }

    private async Coroutine OutsideInExit()
    {
        async Coroutine Inside()
        {
            await TaskGroup.Run(async tg =>
            {
                _ = tg.CreateTask(Wait("one"));
                _ = tg.CreateTask(Wait("two", new ValueError("two")));
            });
            t.Print("never");
        }

        var task = Aio.CreateTask(Inside());
        await Turns(2);
        task.Cancel("outside");
        await task;
    }

    private async Coroutine ResultsAndOrder()
    {
        async Coroutine<string> Work(string n, int k)
        {
            await Turns(k);
            t.Print("end", n);
            return n;
        }

        LoopTask<string>[] tasks = [];
        await TaskGroup.Run(async tg =>
        {
            tasks = [tg.CreateTask(Work("a", 2), "ta"), tg.CreateTask(Work("b", 0), "tb"), tg.CreateTask(Work("c", 1), "tc")];
            tasks[0].AddDoneCallback(done => t.Print("callback", ((LoopTask)done).Name));
            t.Print("body ends");
        });
        t.Print(tasks.Select(each => each.Result), tasks.Select(each => each.Name));
    }

    private async Coroutine GroupInGather()
    {
        Coroutine Grouped(string name) => TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Fail(name + "1", 1));
            _ = tg.CreateTask(Fail(name + "2", 1));
        });

        var outcomes = await Aio.GatherOutcomes(Grouped("x"), Grouped("y"));
        t.Print(outcomes.Select(error => Tell(error!)));
    }
}
