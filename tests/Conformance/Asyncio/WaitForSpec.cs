using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>One with a limit: what is over it is cancelled and waited for. Rules from test_waitfor (3.12 and later).</summary>
public sealed class WaitForSpec : AsyncioSpec
{
    // What was cancelled by somebody else is a cancellation, also for who waits with a limit.
    [Fact, Pins("test_waitfor.AsyncioWaitFor.asyncio_wait_for_cancelled")]
    public void A_cancellation_is_no_timeout() => Run(async () =>
    {
        var task = Aio.CreateTask(Aio.Sleep(Seconds(100)));
        EventLoop.Current.CallLater(Seconds(0.1), () => task.Cancel());
        await Fails<CancelledError>(() => Aio.WaitFor(task, Seconds(10)));
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);
    });

    [Fact, Pins("test_waitfor.AsyncioWaitFor.asyncio_wait_for_timeout", "test_waitfor.AsyncioWaitFor.wait_for")]
    public void What_takes_too_long_is_cancelled() => Run(async () =>
    {
        var running = false;
        var task = Aio.CreateTask(Body());
        await Fails<TimeoutException>(async () => await Aio.WaitFor(task, Seconds(0.1)));
        Assert.True(task.IsCancelled);
        Assert.False(running);

        async Coroutine<string> Body()
        {
            running = true;
            try
            {
                await Aio.Sleep(Seconds(60));
            }
            finally
            {
                running = false;
            }

            return "done";
        }
    });

    [Theory, Pins("test_waitfor.AsyncioWaitFor.wait_for_timeout_less_then_0_or_0_future_done")]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_time_what_is_done_still_counts(double limit) => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<string>();
        future.SetResult("done");
        var turns = CountTurns();
        Assert.Equal("done", await Aio.WaitFor(future, Seconds(limit)));
        Assert.Equal(0, turns());
    });

    [Theory, Pins("test_waitfor.AsyncioWaitFor.wait_for_timeout_less_then_0_or_0_coroutine_do_not_started")]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_time_a_coroutine_does_not_begin(double limit) => Run(async () =>
    {
        var began = false;
        await Fails<TimeoutException>(async () => await Aio.WaitFor(Body(), Seconds(limit)));
        Assert.False(began);

        async Coroutine<int> Body()
        {
            began = true;
            await Aio.Yield();
            return 1;
        }
    });

    [Theory, Pins("test_waitfor.AsyncioWaitFor.wait_for_timeout_less_then_0_or_0")]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_time_a_task_that_has_begun_is_cancelled(double limit) => Run(async () =>
    {
        var cleaned = false;
        var task = Aio.CreateTask(Body());
        await Aio.Yield();
        await Fails<TimeoutException>(async () => await Aio.WaitFor(task, Seconds(limit)));
        Assert.True(task.IsCancelled && cleaned);

        async Coroutine<int> Body()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            finally
            {
                cleaned = true;
            }

            return 1;
        }
    });

    // Without a limit, or within it, a coroutine is simply awaited: in the calling task, and without a switch.
    [Theory, Pins("test_waitfor.AsyncioWaitFor.wait_for_blocking")]
    [InlineData(null)]
    [InlineData(1.0)]
    public void A_coroutine_runs_in_the_calling_task(double? limit) => Run(async () =>
    {
        var own = Aio.CurrentTask;
        var turns = CountTurns();
        Assert.Equal("done", await Aio.WaitFor(Body(), limit is { } seconds ? Seconds(seconds) : null));
        Assert.Equal(0, turns());

        async Coroutine<string> Body()
        {
            Assert.Same(own, Aio.CurrentTask);
            return "done";
        }
    });

    [Fact, Pins("test_waitfor.AsyncioWaitFor.wait_for_race_condition")]
    public void A_result_in_time_is_the_result() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<string>();
        EventLoop.Current.CallSoon(() => future.SetResult("ok"));
        Assert.Equal("ok", await Aio.WaitFor(future, Seconds(0.2)));
    });

    // Whoever is cancelled for being late and gives a result all the same has given a result.
    [Fact, Pins("test_waitfor.AsyncioWaitFor.wait_for_cancellation_race_condition",
        "test_waitfor.AsyncioWaitFor.wait_for_cancel_suppressed")]
    public void A_result_during_the_cancellation_is_the_result() => Run(async () =>
    {
        Assert.Equal(1, await Aio.WaitFor(Stubborn(), Seconds(0.01)));
        var task = Aio.CreateTask(Stubborn());
        Assert.Equal(1, await Aio.WaitFor(task, Seconds(0.01)));
        Assert.Equal(0, Aio.CurrentTask!.Cancelling);

        static async Coroutine<int> Stubborn()
        {
            await Fails<CancelledError>(() => Aio.Sleep(Seconds(1)));
            return 1;
        }
    });

    [Theory, Pins("test_waitfor.AsyncioWaitFor.wait_for_waits_for_task_cancellation",
        "test_waitfor.AsyncioWaitFor.wait_for_waits_for_task_cancellation_w_timeout_0")]
    [InlineData(0.001)]
    [InlineData(0)]
    public void The_clean_up_is_waited_for_and_the_cancellation_is_the_cause(double limit) => Run(async () =>
    {
        var cleaned = false;
        var task = Aio.CreateTask(Body());
        await Aio.Sleep(Seconds(0.001));
        var error = await Fails<TimeoutException>(async () => await Aio.WaitFor(task, Seconds(limit)));
        Assert.True(cleaned);
        Assert.IsType<CancelledError>(error.InnerException);

        async Coroutine<int> Body()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                await Aio.Sleep(Seconds(0.5));
                cleaned = true;
                throw;
            }

            return 1;
        }
    });

    [Theory, Pins("test_waitfor.AsyncioWaitFor.wait_for_reraises_exception_during_cancellation")]
    [InlineData(0.001)]
    [InlineData(0)]
    public void An_error_of_the_clean_up_is_the_error(double limit) => Run(async () =>
    {
        var task = Aio.CreateTask(Body());
        await Aio.Yield();
        await Fails<InvalidTimeZoneException>(async () => await Aio.WaitFor(task, Seconds(limit)));

        static async Coroutine<int> Body()
        {
            try
            {
                await Aio.Sleep(Seconds(0.2));
            }
            catch (CancelledError)
            {
                throw new InvalidTimeZoneException();
            }

            return 1;
        }
    });

    // Who waits is cancelled: so is what he waits for.
    [Theory, Pins("test_waitfor.AsyncioWaitFor.cancel_blocking_wait_for", "test_waitfor.AsyncioWaitFor.cancel_wait_for")]
    [InlineData(null)]
    [InlineData(60.0)]
    public void Cancelling_the_wait_cancels_the_task(double? limit) => Run(async () =>
    {
        var task = Aio.CreateTask(Aio.Sleep(Seconds(1000), 1));
        var wait = Aio.CreateTask(Aio.WaitFor(task, limit is { } seconds ? Seconds(seconds) : null));
        EventLoop.Current.CallLater(Seconds(1), () => wait.Cancel());
        await Fails<CancelledError>((Future)wait);
        Assert.True(task.IsCancelled);
    });

    // The inner one is done in the same turn in which who waits is cancelled: the cancellation wins, and nothing hangs.
    [Fact, Pins("test_waitfor.AsyncioWaitFor.wait_for_issue86296")]
    public void A_cancellation_beside_the_result_is_delivered() => Run(async () =>
    {
        var reached = false;
        var inner = Aio.CreateTask(Turns(2));
        var outer = Aio.CreateTask(Outer());
        await Aio.Yield();
        outer.Cancel();
        await Fails<CancelledError>(outer);
        Assert.False(reached);

        async Coroutine Outer()
        {
            await Aio.WaitFor(inner, Seconds(1));
            await Aio.Yield();
            reached = true;
        }
    });

    [Fact, Pins("test_waitfor.WaitForShield.zero_timeout")]
    public void A_shielded_one_without_time_goes_on() => Run(async () =>
    {
        var task = Aio.CreateTask(Aio.Sleep(Seconds(0.01), "done"));
        await Fails<TimeoutException>(async () => await Aio.WaitFor(Aio.Shield(task), Seconds(0)));
        Assert.False(task.IsDone);
        Assert.Equal("done", await task);
    });

    [Fact, Pins("test_waitfor.WaitForShield.none_timeout")]
    public void A_shielded_one_without_a_limit_gives_its_result() => Run(async () =>
    {
        var task = Aio.CreateTask(Aio.Sleep(Seconds(0.1), "done"));
        Assert.Equal("done", await Aio.WaitFor(Aio.Shield(task), null));
    });

    [Fact, Pins("test_waitfor.WaitForShield.shielded_timeout")]
    public void A_shielded_one_over_the_limit_goes_on() => Run(async () =>
    {
        var task = Aio.CreateTask(Aio.Sleep(Seconds(10), "done"));
        await Fails<TimeoutException>(async () => await Aio.WaitFor(Aio.Shield(task), Seconds(0.1)));
        Assert.False(task.IsDone);
        task.Cancel();
    });
}
