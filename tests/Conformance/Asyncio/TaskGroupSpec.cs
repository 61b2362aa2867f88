using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Tasks that end together. Rules from test_taskgroups.</summary>
public sealed class TaskGroupSpec : AsyncioSpec
{
    [Theory, Pins("test_taskgroups.TaskGroup.taskgroup_01", "test_taskgroups.TaskGroup.taskgroup_02")]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void A_group_waits_for_its_tasks(double bodyTime) => Run(async () =>
    {
        LoopTask<int>? first = null;
        LoopTask<int>? second = null;
        await TaskGroup.Run(async group =>
        {
            first = group.CreateTask(Aio.Sleep(Seconds(0.1), 42));
            if (bodyTime > 0) await Aio.Sleep(Seconds(bodyTime));
            second = group.CreateTask(Aio.Sleep(Seconds(0.2), 11));
        });
        Assert.Equal((42, 11), (first!.Result, second!.Result));
    });

    // One ends as cancelled by itself: that is no error.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_03")]
    public void A_cancelled_task_is_no_error_of_the_group() => Run(async () =>
    {
        LoopTask? cancelled = null;
        LoopTask<int>? fine = null;
        await TaskGroup.Run(async group =>
        {
            cancelled = group.CreateTask(Aio.Sleep(Seconds(0.5)));
            await Aio.Sleep(Seconds(0.1));
            cancelled.Cancel();
            fine = group.CreateTask(Aio.Sleep(Seconds(0.2), 11));
        });
        Assert.True(cancelled!.IsCancelled);
        Assert.Equal(11, fine!.Result);
    });

    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_04")]
    public void A_failing_task_cancels_the_others_and_is_thrown() => Run(async () =>
    {
        var reached = false;
        LoopTask? other = null;
        var error = await Fails<AggregateException>(async () =>
        {
            await TaskGroup.Run(async group =>
            {
                _ = group.CreateTask(Crash(0.1));
                other = group.CreateTask(Aio.Sleep(Seconds(1)));
            });
            reached = true;
        });
        AssertErrors(error, typeof(InvalidTimeZoneException));
        Assert.True(other!.IsCancelled);
        Assert.False(reached);
    });

    [Fact, Pins("test_taskgroups.TaskGroup.cancel_children_on_child_error", "test_taskgroups.TaskGroup.taskgroup_07")]
    public void A_failing_task_cancels_the_body_too() => Run(async () =>
    {
        var bodyCancelled = false;
        var error = await Fails<AggregateException>(() => TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Crash(0.1));
            _ = group.CreateTask(Crash(0.1));
            _ = group.CreateTask(Aio.Sleep(Seconds(5)));
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                bodyCancelled = true;
                throw;
            }
        }));
        AssertErrors(error, typeof(InvalidTimeZoneException));
        Assert.True(bodyCancelled);
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    // Cancelled from outside while it waits for its tasks, or while the body runs.
    [Theory, Pins("test_taskgroups.TaskGroup.cancellation", "test_taskgroups.TaskGroup.taskgroup_22", "test_taskgroups.TaskGroup.taskgroup_17")]
    [InlineData(0)]
    [InlineData(10)]
    public void Cancelling_the_parent_cancels_all_and_is_a_cancellation(double bodyTime) => Run(async () =>
    {
        var cleaned = 0;
        var parent = Aio.CreateTask(TaskGroup.Run(async group =>
        {
            for (var i = 0; i < 5; i++) _ = group.CreateTask(Child());
            if (bodyTime > 0) await Aio.Sleep(Seconds(bodyTime));
        }));
        await Aio.Sleep(Seconds(0.1));
        Assert.False(parent.IsDone);
        parent.Cancel();
        await Fails<CancelledError>(parent);
        Assert.Equal(5, cleaned);

        async Coroutine Child()
        {
            try
            {
                await Aio.Sleep(Seconds(5));
            }
            finally
            {
                cleaned++;
            }
        }
    });

    // The body fails while tasks run: they are cancelled, and the body's error is one of the group.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_08", "test_taskgroups.TaskGroup.taskgroup_10")]
    public void An_error_of_the_body_cancels_the_tasks() => Run(async () =>
    {
        LoopTask? child = null;
        var error = await Fails<AggregateException>(() => TaskGroup.Run(async group =>
        {
            child = group.CreateTask(Aio.Sleep(Seconds(10)));
            await Aio.Sleep(Seconds(0.1));
            throw new InvalidCastException();
        }));
        AssertErrors(error, typeof(InvalidCastException));
        Assert.True(child!.IsCancelled);
    });

    // A task's clean-up that fails adds its error.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_09")]
    public void Errors_of_cancelled_tasks_are_added() => Run(async () =>
    {
        var error = await Fails<AggregateException>(() => TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Crash(0.1));
            _ = group.CreateTask(CrashWhenCancelled());
            await Aio.Sleep(Seconds(10));
        }));
        AssertErrors(error, typeof(InvalidTimeZoneException), typeof(InvalidCastException));
    });

    // A group in a group, cancelled from outside: both end, as a cancellation.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_11", "test_taskgroups.TaskGroup.taskgroup_12")]
    public void Nested_groups_end_together_when_the_parent_is_cancelled() => Run(async () =>
    {
        var inner = 0;
        var parent = Aio.CreateTask(TaskGroup.Run(async outer =>
        {
            _ = outer.CreateTask(Aio.Sleep(Seconds(10)));
            await TaskGroup.Run(async group =>
            {
                _ = group.CreateTask(Child());
                await Aio.Sleep(Seconds(10));
            });
        }));
        await Aio.Sleep(Seconds(0.1));
        parent.Cancel();
        await Fails<CancelledError>(parent);
        Assert.Equal(1, inner);

        async Coroutine Child()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            finally
            {
                inner++;
            }
        }
    });

    // The outer one's task fails: the inner group is cancelled with the body and has no error of its own.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_13")]
    public void An_error_of_the_outer_group_cancels_the_inner_one() => Run(async () =>
    {
        var error = await Fails<AggregateException>(() => TaskGroup.Run(async outer =>
        {
            _ = outer.CreateTask(Crash(0.1));
            await TaskGroup.Run(async inner =>
            {
                _ = inner.CreateTask(Aio.Sleep(Seconds(10)));
                await Aio.Yield();
            });
        }));
        AssertErrors(error, typeof(InvalidTimeZoneException));
    });

    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_14")]
    public void An_error_of_the_inner_group_is_one_error_of_the_outer() => Run(async () =>
    {
        var error = await Fails<AggregateException>(() => TaskGroup.Run(async outer =>
        {
            _ = outer.CreateTask(Crash(10));
            await TaskGroup.Run(async inner =>
            {
                _ = inner.CreateTask(Crash(0.1));
                await Aio.Yield();
            });
        }));
        AssertErrors(error, typeof(AggregateException));
        AssertErrors((AggregateException)error.InnerExceptions[0], typeof(InvalidTimeZoneException));
    });

    // Cancelled from outside, and a task fails during the clean-up: the error is not lost.
    [Theory, Pins("test_taskgroups.TaskGroup.taskgroup_15", "test_taskgroups.TaskGroup.taskgroup_16")]
    [InlineData(false)]
    [InlineData(true)]
    public void An_error_during_a_cancellation_from_outside_is_thrown(bool nested) => Run(async () =>
    {
        var parent = Aio.CreateTask(nested ? Outer() : Inner());
        await Aio.Sleep(Seconds(0.1));
        Assert.False(parent.IsDone);
        parent.Cancel();
        AssertErrors(await Fails<AggregateException>(parent), typeof(InvalidTimeZoneException));

        async Coroutine Outer() => await Aio.CreateTask(Inner());

        static Coroutine Inner() => TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Crash(0.3));
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                await Aio.Sleep(Seconds(0.5));
                throw;
            }
        });
    });

    // Cancelled from outside, and the body answers with an error of its own.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_18")]
    public void A_body_that_turns_its_cancellation_into_an_error_has_an_error() => Run(async () =>
    {
        var parent = Aio.CreateTask(TaskGroup.Run(async _ => await CrashWhenCancelled()));
        await Aio.Sleep(Seconds(0.1));
        parent.Cancel();
        AssertErrors(await Fails<AggregateException>(parent), typeof(InvalidCastException));
    });

    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_19", "test_taskgroups.TaskGroup.taskgroup_20a", "test_taskgroups.TaskGroup.taskgroup_21a")]
    public void The_bodys_error_stands_beside_the_tasks() => Run(async () =>
    {
        var error = await Fails<AggregateException>(() => TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Crash(0.1));
            await CrashWhenCancelled();
        }));
        AssertErrors(error, typeof(InvalidTimeZoneException), typeof(InvalidCastException));
    });

    // Ctrl-C in the body is not packed up with the others.
    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_20")]
    public void An_interrupt_of_the_body_is_thrown_bare()
    {
        Assert.Throws<KeyboardInterruptException>(() => Run(() => TaskGroup.Run(async group =>
        {
            _ = group.CreateTask(Crash(0.1));
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                throw new KeyboardInterruptException();
            }
        })));
    }

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

    private static async Coroutine Crash(double seconds)
    {
        await Aio.Sleep(Seconds(seconds));
        throw new InvalidTimeZoneException();
    }

    private static async Coroutine CrashWhenCancelled()
    {
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        finally
        {
            ThrowOther();
        }
    }

    private static void ThrowOther() => throw new InvalidCastException();

    private static void AssertErrors(AggregateException error, params Type[] expected) => Assert.Equal(
        expected.Select(type => type.Name).Order(),
        error.InnerExceptions.Select(inner => inner.GetType().Name).Distinct().Order());
}
