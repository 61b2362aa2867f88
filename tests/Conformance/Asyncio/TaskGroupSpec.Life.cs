using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

// What a group takes, and what it leaves behind.
public sealed partial class TaskGroupSpec
{
    // What is done is held no longer.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_23")]
    public void Tasks_may_come_and_go_while_the_body_runs() => Run(async () =>
    {
        var loop = EventLoop.Current;
        await TaskGroup.Run(async group =>
        {
            for (var i = 0; i < 10; i++)
            {
                await Aio.Sleep(Seconds(0.1));
                _ = group.CreateTask(Aio.Sleep(Seconds(0.3)));
                Assert.InRange(loop.AllTasks().Count, 1, 5);
            }

            await Aio.Sleep(Seconds(1.35));
            _ = Assert.Single(loop.AllTasks());
        });
    });

    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_24")]
    public void A_task_may_add_tasks_while_the_group_waits() => Run(async () =>
    {
        var start = EventLoop.Current.Time;
        await TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Root(group));
            await Aio.Yield();
        });
        Assert.Equal(Seconds(0.3), EventLoop.Current.Time - start);

        static async Coroutine Root(TaskGroup group)
        {
            await Aio.Sleep(Seconds(0.1));
            _ = group.CreateTask(Aio.Sleep(Seconds(0.1)));
            _ = group.CreateTask(Aio.Sleep(Seconds(0.2)));
        }
    });

    // Tasks that breed do not keep the group from ending once one fails.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_25")]
    public void A_group_whose_tasks_breed_ends_with_the_first_error() => Run(async () =>
    {
        var count = 0;
        var error = await Fails<AggregateException>(() => TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Hydra(group));
            _ = group.CreateTask(Hercules());
            await Aio.Yield();
        }));
        AssertErrors(error, typeof(InvalidTimeZoneException));
        Assert.InRange(count, 10, 100);

        async Coroutine Hydra(TaskGroup group)
        {
            count++;
            await Aio.Sleep(Seconds(0.01));
            _ = group.CreateTask(Hydra(group));
            _ = group.CreateTask(Hydra(group));
        }

        async Coroutine Hercules()
        {
            while (count < 10) await Aio.Sleep(Seconds(0.015));
            throw new InvalidTimeZoneException();
        }
    });

    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_task_name", "test_taskgroups.TaskGroup.taskgroup_task_context")]
    public void Its_tasks_have_names_and_values_as_others() => Run(async () =>
    {
        var variable = new AsyncLocal<int>();
        var context = LoopContext.Copy();
        await TaskGroup.Run(async group =>
        {
            var task = group.CreateTask(Set(), name: "yolo", context: context);
            Assert.Equal("yolo", task.Name);
            await task;
            Assert.Equal(1, context.Get(variable));
        });
        Assert.Equal(0, variable.Value);

        async Coroutine Set()
        {
            await Aio.Yield();
            variable.Value = 1;
        }
    });

    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_no_create_task_after_failure")]
    public void A_group_that_is_ending_takes_no_task() => Run(async () =>
    {
        Exception? refused = null;
        await Fails<AggregateException>(() => TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Crash(0.001));
            _ = group.CreateTask(AddsWhenCancelled(group));
            await Aio.Yield();
        }));
        Assert.Contains("shutting down", Assert.IsType<EventLoopException>(refused).Message, StringComparison.Ordinal);

        async Coroutine AddsWhenCancelled(TaskGroup group)
        {
            try
            {
                await Aio.Sleep(Seconds(1));
            }
            catch (CancelledError)
            {
                refused = Record.Exception(() => group.CreateTask(Crash(0)));
            }
        }
    });

    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_context_manager_exit_raises")]
    public void A_clean_up_in_the_body_that_fails_leaves_no_request_behind() => Run(async () =>
    {
        var error = await Fails<AggregateException>(() => TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Crash(0));
            await CrashWhenCancelled();
        }));
        Assert.Equal(2, error.InnerExceptions.Count);
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_finished", "test_taskgroups.TaskGroup.coro_closed_when_tg_closed")]
    public void A_group_that_has_ended_takes_no_task() => Run(async () =>
    {
        TaskGroup? ended = null;
        await TaskGroup.Run(async group =>
        {
            ended = group;
            await Aio.Yield();
        });
        var coroutine = Aio.Sleep(Seconds(0));
        var error = Assert.Throws<EventLoopException>(() => ended!.CreateTask(coroutine));
        Assert.Contains("finished", error.Message, StringComparison.Ordinal);
        // It was thrown away: nobody can await it any more.
        await Fails<InvalidOperationException>(async () => await coroutine);
    });

    // Python refuses a group outside of a task. Here a coroutine that ordinary code awaits has a task of its own, so that a group works.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_without_parent_task")]
    public void A_group_in_ordinary_code_has_a_parent_of_its_own() => Run(async () =>
    {
        var done = EventLoop.Current.CreateFuture<Exception?>();
        EventLoop.Current.CallSoon(() =>
        {
            Assert.Null(Aio.CurrentTask);
            _ = Ordinary();
        });
        var error = await done;
        AssertErrors(Assert.IsType<AggregateException>(error), typeof(InvalidTimeZoneException));

        async Task Ordinary() => done.SetResult(await Record.ExceptionAsync(async () => await TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Crash(0.1));
            await Aio.Sleep(Seconds(10));
        })));
    });

    [Fact, Pins("test_taskgroups.TaskGroup.cancelling_level_preserved")]
    public void The_count_of_requests_is_as_before() => Run(async () =>
    {
        await Fails<AggregateException>(() => TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Crash(0));
            await Aio.Yield();
        }));
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    // Both groups are cancelled at once: each takes its own request back.
    [Fact, Pins("test_taskgroups.TaskGroup.nested_groups_both_cancelled")]
    public void Two_nested_groups_that_fail_together_are_told_apart() => Run(async () =>
    {
        var between = -1;
        var error = await Fails<AggregateException>(() => TaskGroup.Run(async outer =>
        {
            var inside = await Fails<AggregateException>(() => TaskGroup.Run(async inner =>
            {
                _ = inner.CreateTask(Crash(0));
                _ = outer.CreateTask(CrashOtherwise());
                await Aio.Yield();
            }));
            AssertErrors(inside, typeof(InvalidTimeZoneException));
            between = Aio.CurrentTask!.Cancelling;
        }));
        AssertErrors(error, typeof(InvalidCastException));
        Assert.Equal(1, between);
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);

        static async Coroutine CrashOtherwise()
        {
            await Aio.Yield();
            throw new InvalidCastException();
        }
    });

    // The group's errors are dealt with, and the cancellation from outside is still delivered at the next wait.
    [Fact, Pins("test_taskgroups.TaskGroup.error_and_cancel")]
    public void A_cancellation_from_outside_survives_the_groups_errors() => Run(async () =>
    {
        var begun = new AsyncEvent();
        var counts = new List<int>();
        var task = Aio.CreateTask(Inner());
        await begun.Wait();
        Assert.Equal(0, task.Cancelling);
        task.Cancel();
        Assert.Equal(1, task.Cancelling);
        await Fails<CancelledError>(task);
        Assert.Equal([1], counts);

        async Coroutine Inner()
        {
            await Fails<AggregateException>(() => TaskGroup.Run(async group =>
            {
                _ = group.CreateTask(CrashAfterATurn());
                await Aio.Sleep(Seconds(1));
            }));
            counts.Add(Aio.CurrentTask!.Cancelling);
            await Aio.Sleep(Seconds(1));
            counts.Add(-1);
        }

        async Coroutine CrashAfterATurn()
        {
            begun.Set();
            await Aio.Yield();
            throw new InvalidTimeZoneException();
        }
    });

    // Cancel of python/cpython#127214: the group ends, and nobody hears of it.
    [Fact]
    public void A_group_that_is_cancelled_ends_without_an_error() => Run(async () =>
    {
        LoopTask? child = null;
        var reached = false;
        await TaskGroup.Run(async group =>
        {
            child = group.CreateTask(Aio.Sleep(Seconds(10)));
            await Aio.Yield();
            group.Cancel();
            await Aio.Sleep(Seconds(10));
            reached = true;
        });
        Assert.True(child!.IsCancelled);
        Assert.False(reached);
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });
}
