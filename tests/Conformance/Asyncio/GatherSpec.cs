using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Several together, and what keeps a cancellation away. Rules from test_tasks (gather and shield).</summary>
public sealed class GatherSpec : AsyncioSpec
{
    // The results stand in the order of the arguments, whoever was first.
    [Fact, Pins("test_tasks.GatherBase.success")]
    public void Results_stand_in_the_order_of_the_arguments() => Run(async () =>
    {
        var (a, b, c) = (Make(), Make(), Make());
        var gathered = Aio.Gather<int>(a, b, c);
        b.SetResult(1);
        a.SetResult(2);
        await Turns(3);
        Assert.False(gathered.IsDone);
        c.SetResult(3);
        Assert.Equal<int[]>([2, 1, 3], await gathered);
    });

    [Fact, Pins("test_tasks.GatherBase.one_exception")]
    public void The_first_error_is_thrown_and_what_comes_later_changes_nothing() => Run(async () =>
    {
        var futures = Enumerable.Range(0, 5).Select(_ => Make()).ToArray();
        var gathered = Aio.Gather<int>(futures);
        futures[0].SetResult(1);
        var error = new InvalidTimeZoneException();
        futures[1].SetException(error);
        await Turns(2);
        Assert.Same(error, gathered.Exception);
        futures[2].SetResult(3);
        futures[3].Cancel();
        futures[4].SetException(new InvalidCastException());
        await Turns(2);
        Assert.Same(error, gathered.Exception);
    });

    [Fact, Pins("test_tasks.GatherBase.return_exceptions", "test_tasks.GatherBase.result_exception_success")]
    public void As_outcomes_errors_stand_beside_results() => Run(async () =>
    {
        var futures = Enumerable.Range(0, 4).Select(_ => Make()).ToArray();
        var gathered = Aio.GatherOutcomes<int>(futures);
        var (first, second) = (new InvalidTimeZoneException(), new InvalidCastException());
        futures[1].SetResult(1);
        futures[2].SetException(first);
        futures[0].SetResult(3);
        await Turns(2);
        Assert.False(gathered.IsDone);
        futures[3].SetException(second);
        var outcomes = await gathered;
        Assert.Equal([3, 1, 0, 0], outcomes.Select(outcome => outcome.Value));
        Assert.Equal([null, null, first, second], outcomes.Select(outcome => outcome.Error));
    });

    // A cancelled child is an error of the whole, not its cancellation.
    [Fact, Pins("test_tasks.FutureGather.one_cancellation")]
    public void A_cancelled_child_is_thrown_but_does_not_cancel_the_whole() => Run(async () =>
    {
        var futures = Enumerable.Range(0, 5).Select(_ => Make()).ToArray();
        var gathered = Aio.Gather<int>(futures);
        futures[0].SetResult(1);
        futures[1].Cancel();
        await Turns(2);
        Assert.True(gathered.IsDone);
        Assert.False(gathered.IsCancelled);
        Assert.IsType<CancelledError>(gathered.Exception);
        futures[2].SetResult(3);
        futures[3].Cancel();
        futures[4].SetException(new InvalidCastException());
        _ = futures[4].Exception;
    });

    [Fact, Pins("test_tasks.FutureGather.result_exception_one_cancellation")]
    public void As_outcomes_cancellations_stand_beside_results() => Run(async () =>
    {
        var futures = Enumerable.Range(0, 4).Select(_ => Make()).ToArray();
        var gathered = Aio.GatherOutcomes<int>(futures);
        futures[0].SetResult(1);
        futures[1].Cancel();
        await Turns(2);
        Assert.False(gathered.IsDone);
        futures[2].SetResult(3);
        futures[3].Cancel();
        var outcomes = await gathered;
        Assert.Equal([1, 0, 3, 0], outcomes.Select(outcome => outcome.Value));
        Assert.All([outcomes[1], outcomes[3]], outcome => Assert.IsType<CancelledError>(outcome.Error));
    });

    [Fact, Pins("test_tasks.FutureGather.constructor_empty_sequence_use_running_loop")]
    public void Nothing_is_gathered_at_once() => Run(async () =>
    {
        var gathered = Aio.Gather<int>(Array.Empty<IFuture<int>>());
        Assert.True(gathered.IsDone);
        Assert.Empty(await gathered);
    });

    [Fact, Pins("test_tasks.FutureGather.constructor_empty_sequence_without_loop", "test_tasks.CoroutineGather.constructor_without_loop")]
    public void Without_a_running_loop_it_is_an_error()
    {
        Assert.Throws<EventLoopException>(() => Aio.Gather<int>(Array.Empty<IFuture<int>>()));
        var coroutine = Aio.Sleep(Seconds(1), 1);
        Assert.Throws<EventLoopException>(() => Aio.Gather(coroutine));
        coroutine.Close();
    }

    [Fact, Pins("test_tasks.FutureGather.constructor_heterogenous_futures", "test_tasks.FutureGather.constructor_homogenous_futures")]
    public void Futures_of_two_loops_are_not_gathered()
    {
        using var one = new EventLoop(Virtual);
        using var other = new EventLoop(Virtual);
        Assert.Throws<ArgumentException>(() => Aio.Gather<int>(one.CreateFuture<int>(), other.CreateFuture<int>()));
        // The near miss: all of one loop, even though none runs.
        var gathered = Aio.Gather<int>(other.CreateFuture<int>(), other.CreateFuture<int>());
        Assert.Same(other, gathered.Loop);
        Assert.False(gathered.IsDone);
    }

    [Fact, Pins("test_tasks.CoroutineGather.constructor_use_running_loop")]
    public void Coroutines_become_tasks_of_the_running_loop() => Run(async () =>
    {
        var tasks = EventLoop.Current.AllTasks().Count;
        var gathered = Aio.Gather(Aio.Sleep(Seconds(0), "abc"), Aio.Sleep(Seconds(0), "def"));
        Assert.Equal(tasks + 2, EventLoop.Current.AllTasks().Count);
        Assert.Equal<string[]>(["abc", "def"], await gathered);
    });

    [Fact, Pins("test_tasks.CoroutineGather.duplicate_coroutines")]
    public void One_that_is_there_twice_runs_once_and_counts_twice() => Run(async () =>
    {
        var runs = 0;
        var task = Aio.CreateTask(Count());
        var other = Aio.CreateTask(Aio.Sleep(Seconds(0), 7));
        Assert.Equal<int[]>([1, 1, 7, 1], await Aio.Gather<int>(task, task, other, task));
        Assert.Equal(1, runs);

        async Coroutine<int> Count()
        {
            await Aio.Yield();
            return ++runs;
        }
    });

    [Fact, Pins("test_tasks.CoroutineGather.cancellation_broadcast", "test_tasks.BaseTask.cancel_gather_1")]
    public void Cancelling_who_awaits_cancels_all_of_them() => Run(async () =>
    {
        var proof = 0;
        var waiter = Make();
        var (first, second) = (Aio.CreateTask(Inner()), Aio.CreateTask(Inner()));
        Future<int>? gathered = null;
        var outer = Aio.CreateTask(Outer());
        await Turns(2);
        Assert.True(outer.Cancel());
        await Fails<CancelledError>(outer);
        Assert.False(gathered!.Cancel());
        Assert.True(waiter.IsCancelled && first.IsCancelled && second.IsCancelled);
        Assert.Equal(0, proof);

        async Coroutine Inner()
        {
            await waiter;
            proof++;
        }

        async Coroutine Outer()
        {
            gathered = Aio.Gather(first, second);
            await gathered;
            proof += 100;
        }
    });

    // Children that do not mind: the gathering ends as cancelled all the same, because that was asked of it.
    [Fact, Pins("test_tasks.BaseTask.cancel_gather_2")]
    public void A_requested_cancellation_is_thrown_although_the_children_had_results() => Run(async () =>
    {
        // The message is that of the last child, and a child that does not mind has none; see trace 83.
        await Cancelled(null, Child(minds: false), Child(minds: false));
        await Cancelled("my message", Child(minds: false), Child(minds: true));

        static async Coroutine Cancelled(string? message, params Coroutine<int>[] children)
        {
            var gathered = Aio.GatherOutcomes(children);
            await Aio.Yield();
            gathered.Cancel("my message");
            Assert.Equal(message, (await Fails<CancelledError>(gathered)).CancelMessage);
        }

        static async Coroutine<int> Child(bool minds)
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError) when (!minds)
            {
                // It does not mind.
            }

            return 1;
        }
    });

    // The error of the one that came second is nobody's business any more: it is not told as never looked at.
    [Fact, Pins("test_tasks.CoroutineGather.exception_marking")]
    public void Later_errors_count_as_looked_at() => Run(async () =>
    {
        var told = new List<string>();
        EventLoop.Current.SetExceptionHandler((_, context) => told.Add(context.Message));
        var (a, b) = (Make(), Make());
        var outer = Aio.CreateTask(Outer(a, b));
        await Turns(2);
        a.SetResult(0);
        await Turns(3);
        b.SetResult(0);
        await Turns(3);
        Assert.IsType<InvalidTimeZoneException>(outer.Exception);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await Turns(2);
        Assert.Empty(told);

        static async Coroutine Outer(Future<int> a, Future<int> b) => await Aio.Gather(Inner(a), Inner(b));

        static async Coroutine<int> Inner(Future<int> future)
        {
            await future;
            throw new InvalidTimeZoneException("should not be ignored");
        }
    });

    // With nothing but what is done already, there is nothing to wait for.
    [Fact]
    public void What_is_done_is_gathered_without_a_switch() => Run(async () =>
    {
        var (a, b) = (Make(), Make());
        a.SetResult(1);
        b.SetResult(2);
        var gathered = Aio.Gather<int>(a, b);
        Assert.True(gathered.IsDone);
        Assert.Equal<int[]>([1, 2], await gathered);
        // The near miss: one that is not.
        Assert.False(Aio.Gather<int>(a, Make()).IsDone);
    });

    [Fact, Pins("test_tasks.BaseTask.shield_result", "test_tasks.BaseTask.shield_shortcut")]
    public void A_shield_gives_the_result() => Run(async () =>
    {
        var inner = Make();
        var outer = Aio.Shield<int>(inner);
        inner.SetResult(42);
        Assert.Equal(42, await outer);
        Assert.True(Aio.Shield<int>(inner).IsDone);
    });

    [Fact, Pins("test_tasks.BaseTask.shield_exception")]
    public void A_shield_gives_the_error() => Run(async () =>
    {
        var inner = Make();
        var outer = Aio.Shield<int>(inner);
        var error = new InvalidTimeZoneException();
        inner.SetException(error);
        await Turns(2);
        Assert.Same(error, outer.Exception);
    });

    [Fact, Pins("test_tasks.BaseTask.shield_cancel_inner")]
    public void A_cancellation_of_the_inner_one_goes_through() => Run(async () =>
    {
        var inner = Make();
        var outer = Aio.Shield<int>(inner);
        inner.Cancel();
        await Turns(2);
        Assert.True(outer.IsCancelled);
    });

    [Fact, Pins("test_tasks.BaseTask.shield_cancel_outer")]
    public void A_cancellation_of_the_outer_one_does_not() => Run(async () =>
    {
        var inner = Make();
        var outer = Aio.Shield<int>(inner);
        outer.Cancel();
        await Turns(2);
        Assert.True(outer.IsCancelled);
        Assert.False(inner.IsDone);
    });

    [Fact, Pins("test_tasks.BaseTask.shield_effect", "test_tasks.BaseTask.shield_coroutine_use_running_loop")]
    public void A_shielded_coroutine_goes_on_when_its_awaiting_task_is_cancelled() => Run(async () =>
    {
        var proof = 0;
        var waiter = Make();
        var outer = Aio.CreateTask(Outer());
        await Turns(2);
        outer.Cancel();
        await Fails<CancelledError>(outer);
        waiter.SetResult(0);
        await Turns(2);
        Assert.Equal(1, proof);

        async Coroutine Outer()
        {
            await Aio.Shield(Inner());
            proof += 100;
        }

        async Coroutine<int> Inner()
        {
            await waiter;
            return ++proof;
        }
    });

    [Fact, Pins("test_tasks.BaseTask.shield_gather")]
    public void A_shield_around_a_gathering_keeps_it() => Run(async () =>
    {
        var (a, b) = (Make(), Make());
        var gathered = Aio.Gather<int>(a, b);
        var outer = Aio.Shield(gathered);
        outer.Cancel();
        await Turns(2);
        Assert.True(outer.IsCancelled);
        a.SetResult(1);
        b.SetResult(2);
        Assert.Equal<int[]>([1, 2], await gathered);
    });

    [Fact, Pins("test_tasks.BaseTask.gather_shield")]
    public void A_gathering_of_shields_keeps_the_children() => Run(async () =>
    {
        var (a, b) = (Make(), Make());
        var (first, second) = (Aio.Shield<int>(a), Aio.Shield<int>(b));
        var gathered = Aio.Gather<int>(first, second);
        gathered.Cancel();
        await Turns(3);
        Assert.IsType<CancelledError>(gathered.Exception);
        Assert.True(first.IsCancelled && second.IsCancelled);
        Assert.False(a.IsDone || b.IsDone);
        a.SetResult(1);
        b.SetResult(2);
    });

    [Fact, Pins("test_tasks.BaseTask.shield_coroutine_without_loop")]
    public void A_shield_of_a_coroutine_needs_a_loop()
    {
        var coroutine = Aio.Sleep(Seconds(1), 1);
        Assert.Throws<EventLoopException>(() => Aio.Shield(coroutine));
        coroutine.Close();
    }

    [Fact]
    public void A_shield_without_a_result_of_its_own_follows_a_task() => Run(async () =>
    {
        var task = Aio.CreateTask(Aio.Sleep(Seconds(1)));
        var outer = Aio.CreateTask(Outer(task));
        await Turns(2);
        outer.Cancel();
        await Fails<CancelledError>(outer);
        Assert.False(task.IsDone);
        await task;

        static async Coroutine Outer(LoopTask task) => await Aio.Shield(task);
    });

    private static Future<int> Make() => EventLoop.Current.CreateFuture<int>();
}
