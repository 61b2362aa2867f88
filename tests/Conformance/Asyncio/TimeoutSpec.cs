using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>A limit around a piece of code. Rules from test_timeouts.</summary>
public sealed class TimeoutSpec : AsyncioSpec
{
    [Fact, Pins("test_timeouts.Timeout.timeout_basic", "test_timeouts.Timeout.timeout_at_basic")]
    public void What_takes_too_long_is_broken_off() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var start = loop.Time;
        AsyncTimeout? scope = null;
        await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.01), async own =>
        {
            scope = own;
            await Aio.Sleep(Seconds(10));
        }));
        Assert.True(scope!.IsExpired);
        Assert.Equal(Seconds(0.01), loop.Time - start);
        Assert.Equal(start + Seconds(0.01), scope.When);
        await Fails<TimeoutException>(() => Aio.TimeoutAt(loop.Time + Seconds(0.01), async _ => await Aio.Sleep(Seconds(10))));
        Assert.Equal(Seconds(0.02), loop.Time - start);
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    // Both limits are over at the same moment: each block is left as its own.
    [Fact, Pins("test_timeouts.Timeout.nested_timeouts")]
    public void Two_limits_that_are_over_together_are_told_apart() => Run(async () =>
    {
        var order = new List<string>();
        var deadline = EventLoop.Current.Time + Seconds(0.1);
        await Fails<TimeoutException>(() => Aio.TimeoutAt(deadline, async outer =>
        {
            try
            {
                await Aio.TimeoutAt(deadline, async inner =>
                {
                    Assert.Equal(deadline, inner.When);
                    await Aio.Sleep(Seconds(10));
                });
            }
            catch (CancelledError)
            {
                order.Add("inner");
                throw;
            }
            finally
            {
                Assert.True(outer.IsExpired);
            }
        }));
        Assert.Equal(["inner"], order);
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    [Fact, Pins("test_timeouts.Timeout.waiter_cancelled")]
    public void What_it_waits_for_is_cancelled() => Run(async () =>
    {
        var cancelled = false;
        await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.01), async _ =>
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                cancelled = true;
                throw;
            }
        }));
        Assert.True(cancelled);
    });

    [Fact, Pins("test_timeouts.Timeout.timeout_not_called")]
    public void What_ends_in_time_is_not_touched() => Run(async () =>
    {
        AsyncTimeout? scope = null;
        Assert.Equal(7, await Aio.Timeout(Seconds(10), async own =>
        {
            scope = own;
            return await Aio.Sleep(Seconds(0.01), 7);
        }));
        Assert.False(scope!.IsExpired);
        // Its timer is gone: nothing happens at its time.
        await Aio.Sleep(Seconds(20));
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    [Fact, Pins("test_timeouts.Timeout.timeout_disabled", "test_timeouts.Timeout.timeout_at_disabled")]
    public void No_limit_is_none() => Run(async () =>
    {
        await Aio.Timeout(null, async scope =>
        {
            Assert.Null(scope.When);
            await Aio.Sleep(Seconds(1000));
        });
        await Aio.TimeoutAt(null, async scope =>
        {
            Assert.Null(scope.When);
            await Aio.Sleep(Seconds(1000));
        });
    });

    [Theory, Pins("test_timeouts.Timeout.timeout_zero", "test_timeouts.Timeout.timeout_zero_sleep_zero",
        "test_timeouts.Timeout.timeout_in_the_past_sleep_zero")]
    [InlineData(0.0, 10.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(-11.0, 0.0)]
    public void A_limit_that_has_passed_breaks_the_first_wait_off(double limit, double sleep) => Run(async () =>
    {
        var start = EventLoop.Current.Time;
        AsyncTimeout? scope = null;
        await Fails<TimeoutException>(() => Aio.Timeout(Seconds(limit), async own =>
        {
            scope = own;
            await Aio.Sleep(Seconds(sleep));
            // One turn late is what asyncio does too, two would be wrong.
            await Aio.Sleep(Seconds(sleep));
        }));
        Assert.True(scope!.IsExpired);
        Assert.Equal(start, EventLoop.Current.Time);
    });

    [Fact, Pins("test_timeouts.Timeout.foreign_exception_passed")]
    public void An_error_of_the_body_is_the_error() => Run(async () =>
    {
        AsyncTimeout? scope = null;
        await Fails<InvalidTimeZoneException>(() => Aio.Timeout(Seconds(0.01), async own =>
        {
            scope = own;
            throw new InvalidTimeZoneException();
        }));
        Assert.False(scope!.IsExpired);
    });

    [Fact, Pins("test_timeouts.Timeout.timeout_exception_context")]
    public void The_cancellation_is_the_cause_of_the_timeout() => Run(async () =>
    {
        var error = await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.01), async _ => await Aio.Sleep(Seconds(1))));
        Assert.IsType<CancelledError>(error.InnerException);
    });

    // An error while the body is broken off is the body's error; that the time was over can still be seen.
    [Theory, Pins("test_timeouts.Timeout.foreign_exception_on_timeout", "test_timeouts.Timeout.foreign_exception_on_timeout_2")]
    [InlineData(false)]
    [InlineData(true)]
    public void An_error_of_the_clean_up_passes(bool wrapsTheCancellation) => Run(async () =>
    {
        AsyncTimeout? scope = null;
        var error = await Fails<InvalidTimeZoneException>(() => Aio.Timeout(Seconds(0), async own =>
        {
            scope = own;
            try
            {
                await Aio.Sleep(Seconds(1));
            }
            catch (CancelledError cancelled)
            {
                throw new InvalidTimeZoneException("", wrapsTheCancellation ? cancelled : null);
            }
        }));
        Assert.Equal(wrapsTheCancellation, error.InnerException is CancelledError);
        Assert.True(scope!.IsExpired);
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    [Fact, Pins("test_timeouts.Timeout.foreign_cancel_doesnt_timeout_if_not_expired")]
    public void A_cancellation_from_elsewhere_is_no_timeout() => Run(async () =>
    {
        AsyncTimeout? scope = null;
        await Fails<CancelledError>(() => Aio.Timeout(Seconds(10), async own =>
        {
            scope = own;
            await Aio.Yield();
            throw new CancelledError();
        }));
        Assert.False(scope!.IsExpired);
    });

    // The inner limit does not end the outer block.
    [Fact, Pins("test_timeouts.Timeout.outer_task_is_not_cancelled")]
    public void After_the_block_the_task_goes_on() => Run(async () =>
    {
        var task = Aio.CreateTask(Outer());
        await task;
        Assert.False(task.IsCancelled);
        Assert.Equal(0, task.Cancelling);

        static async Coroutine Outer()
        {
            await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.001), async _ => await Aio.Sleep(Seconds(1))));
            await Aio.Sleep(Seconds(1));
        }
    });

    // The outer one is over while the inner one is being broken off: the outer one decides.
    [Fact, Pins("test_timeouts.Timeout.nested_timeouts_concurrent")]
    public void Of_two_limits_over_one_after_the_other_the_outer_one_wins() => Run(async () =>
    {
        await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.002), async _ =>
        {
            await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.001), async _ =>
            {
                // Time that passes without a wait.
                await Aio.Sleep(Seconds(1));
            }));
            await Aio.Sleep(Seconds(1));
        }));
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    [Fact, Pins("test_timeouts.Timeout.nested_timeouts_loop_busy")]
    public void Two_limits_over_while_the_loop_was_held_end_both_blocks() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var start = loop.Time;
        await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.1), async _ =>
        {
            var inner = await Fails<CancelledError>(() => Aio.Timeout(Seconds(0.2), async scope =>
            {
                // Moves its own limit to the moment of the outer one.
                scope.Reschedule(start + Seconds(0.1));
                await Aio.Sleep(Seconds(10));
            }));
            Assert.NotNull(inner);
            throw inner;
        }));
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    [Fact, Pins("test_timeouts.Timeout.reschedule")]
    public void A_limit_can_be_moved() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var start = loop.Time;
        AsyncTimeout? scope = null;
        await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.1), async own =>
        {
            scope = own;
            own.Reschedule(start + Seconds(10));
            Assert.Equal(start + Seconds(10), own.When);
            await Aio.Sleep(Seconds(1));
            own.Reschedule(null);
            await Aio.Sleep(Seconds(100));
            own.Reschedule(loop.Time - Seconds(1));
            await Aio.Sleep(Seconds(100));
        }));
        Assert.True(scope!.IsExpired);
        Assert.Equal(Seconds(101), loop.Time - start);
        Assert.Throws<EventLoopException>(() => scope.Reschedule(loop.Time + Seconds(1)));
    });

    // A limit inside the clean-up of another.
    [Fact, Pins("test_timeouts.Timeout.nested_timeout_in_finally")]
    public void A_limit_may_stand_in_the_clean_up_of_another() => Run(async () =>
    {
        var inner = false;
        await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.01), async _ =>
        {
            try
            {
                await Aio.Sleep(Seconds(1));
            }
            finally
            {
                inner = await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.01), async _ =>
                    await Aio.Sleep(Seconds(10)))) is not null;
            }
        }));
        Assert.True(inner);
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    // A task that was cancelled and went on still has limits that work.
    [Fact, Pins("test_timeouts.Timeout.timeout_after_cancellation")]
    public void A_limit_works_in_a_task_that_ignored_a_cancellation() => Run(async () =>
    {
        var task = Aio.CreateTask(Body());
        await Aio.Yield();
        task.Cancel();
        Assert.Equal(1, await task);

        static async Coroutine<int> Body()
        {
            await Fails<CancelledError>(() => Aio.Sleep(Seconds(1)));
            await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0), async _ => await Aio.Sleep(Seconds(1))));
            return Aio.CurrentTask!.Cancelling;
        }
    });

    [Fact, Pins("test_timeouts.Timeout.cancel_in_timeout_after_cancellation")]
    public void A_second_cancellation_inside_the_block_is_a_cancellation() => Run(async () =>
    {
        var task = Aio.CreateTask(Body());
        await Aio.Yield();
        task.Cancel();
        await Fails<CancelledError>(task);
        Assert.Equal(2, task.Cancelling);

        static async Coroutine Body()
        {
            await Fails<CancelledError>(() => Aio.Sleep(Seconds(1)));
            await Aio.Timeout(Seconds(1), async _ =>
            {
                Aio.CurrentTask!.Cancel();
                await Aio.Sleep(Seconds(2));
            });
        }
    });

    [Fact, Pins("test_timeouts.Timeout.timeout_finished", "test_timeouts.Timeout.timeout_expired",
        "test_timeouts.Timeout.timeout_expiring")]
    public void A_limit_cannot_be_moved_when_it_is_over_or_left() => Run(async () =>
    {
        var loop = EventLoop.Current;
        AsyncTimeout? left = null;
        await Aio.Timeout(Seconds(10), async own =>
        {
            left = own;
            await Aio.Yield();
        });
        Assert.Throws<EventLoopException>(() => left!.Reschedule(null));
        await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.01), async own =>
        {
            try
            {
                await Aio.Sleep(Seconds(1));
            }
            finally
            {
                Assert.Throws<EventLoopException>(() => own.Reschedule(loop.Time + Seconds(1)));
            }
        }));
    });

    // The limit cancels a group's body; the group's clean-up is inside the block.
    [Fact, Pins("test_timeouts.Timeout.timeout_taskgroup")]
    public void A_limit_around_a_group_ends_its_tasks() => Run(async () =>
    {
        LoopTask? child = null;
        await Fails<TimeoutException>(() => Aio.Timeout(Seconds(0.1), async _ =>
            await TaskGroup.Run(async group =>
            {
                child = group.CreateTask(Aio.Sleep(Seconds(100)));
                await Aio.Sleep(Seconds(100));
            })));
        Assert.True(child!.IsCancelled);
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    // Python refuses a limit outside of a task. Here a coroutine that ordinary code awaits has a task of its own, so that a limit works.
    [Fact, Pins("test_timeouts.Timeout.timeout_without_task")]
    public void A_limit_in_ordinary_code_has_a_task_of_its_own() => Run(async () =>
    {
        var start = EventLoop.Current.Time;
        var done = EventLoop.Current.CreateFuture<Exception?>();
        EventLoop.Current.CallSoon(() => _ = Ordinary());
        Assert.IsType<TimeoutException>(await done);
        Assert.Equal(Seconds(1), EventLoop.Current.Time - start);

        async Task Ordinary() =>
            done.SetResult(await Record.ExceptionAsync(async () => await Aio.Timeout(Seconds(1), async _ => await Aio.Sleep(Seconds(5)))));
    });
}
