using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Tasks that end together. Rules from test_taskgroups.</summary>
public sealed partial class TaskGroupSpec : AsyncioSpec
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
    [Theory, Pins("test_taskgroups.TaskGroup.cancellation", "test_taskgroups.TaskGroup.taskgroup_22",
        "test_taskgroups.TaskGroup.taskgroup_17")]
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

    [Fact, Pins("test_taskgroups.TaskGroup.taskgroup_19", "test_taskgroups.TaskGroup.taskgroup_20a",
        "test_taskgroups.TaskGroup.taskgroup_21a")]
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
