using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>How a task is cancelled, and what it may do about it. Rules from test_tasks.</summary>
public sealed partial class TaskCancelSpec : AsyncioSpec
{
    [Fact, Pins("test_tasks.BaseTask.cancel", "test_tasks.BaseTask.cancel_yield")]
    public void A_cancelled_task_ends_as_cancelled_and_takes_no_second_request() => Run(async () =>
    {
        var task = Aio.CreateTask(Aio.Sleep(Seconds(10), 12));
        await Aio.Yield();
        Assert.True(task.Cancel());
        Assert.False(task.IsDone);
        await Fails<CancelledError>((Future)task);
        Assert.True(task.IsDone && task.IsCancelled);
        Assert.False(task.Cancel());
    });

    [Fact, Pins("test_tasks.BaseTask.cancel_inner_future")]
    public void The_cancellation_of_what_it_waits_for_cancels_the_task() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var task = Aio.CreateTask(Await(future));
        await Aio.Yield();
        future.Cancel();
        await Fails<CancelledError>(task);
        Assert.True(task.IsCancelled);
        // Nobody asked the task itself.
        Assert.Equal(0, task.Cancelling);
    });

    [Fact, Pins("test_tasks.BaseTask.cancel_both_task_and_inner_future")]
    public void Both_may_be_cancelled() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var task = Aio.CreateTask(Await(future));
        await Aio.Yield();
        future.Cancel();
        task.Cancel();
        await Fails<CancelledError>(task);
        Assert.True(future.IsCancelled && task.IsCancelled);
    });

    [Fact, Pins("test_tasks.BaseTask.cancel_task_catching")]
    public void A_task_that_catches_the_cancellation_has_a_result() => Run(async () =>
    {
        var first = EventLoop.Current.CreateFuture<int>();
        var second = EventLoop.Current.CreateFuture<int>();
        var task = Aio.CreateTask(Catches());
        await Aio.Yield();
        first.SetResult(0);
        await Aio.Yield();
        task.Cancel();
        Assert.True(second.IsCancelled);
        Assert.Equal(42, await task);
        Assert.False(task.IsCancelled);

        async Coroutine<int> Catches()
        {
            await first;
            try
            {
                return await second;
            }
            catch (CancelledError)
            {
                return 42;
            }
        }
    });

    [Fact, Pins("test_tasks.BaseTask.cancel_task_ignoring")]
    public void A_task_that_ignores_a_cancellation_goes_on() => Run(async () =>
    {
        var second = EventLoop.Current.CreateFuture<int>();
        var third = EventLoop.Current.CreateFuture<int>();
        var task = Aio.CreateTask(Ignores());
        await Aio.Yield();
        task.Cancel();
        await Aio.Yield();
        third.SetResult(42);
        Assert.Equal(42, await task);
        Assert.True(second.IsCancelled);
        Assert.False(third.IsCancelled);

        async Coroutine<int> Ignores()
        {
            try
            {
                await second;
            }
            catch (CancelledError)
            {
                // Ignored.
            }

            return await third;
        }
    });

    // A task that cancels itself is told at its next wait, not before.
    [Fact, Pins("test_tasks.BaseTask.cancel_current_task")]
    public void A_task_that_cancels_itself_is_told_at_its_next_wait() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var start = loop.Time;
        var reached = false;
        var task = Aio.CreateTask(Own());
        await Fails<CancelledError>(task);
        Assert.True(reached);
        Assert.Equal(start, loop.Time);

        async Coroutine Own()
        {
            Aio.CurrentTask!.Cancel();
            reached = true;
            await Aio.Sleep(Seconds(100));
        }
    });

    // With no wait left the request still counts: the result is dropped.
    [Fact, Pins("test_tasks.BaseTask.cancel_at_end")]
    public void A_request_in_the_last_step_makes_the_task_cancelled() => Run(async () =>
    {
        var task = Aio.CreateTask(Own());
        await Fails<CancelledError>((Future)task);
        Assert.True(task.IsCancelled);
        Assert.False(task.Cancel());

        static async Coroutine<int> Own()
        {
            Aio.CurrentTask!.Cancel();
            return 12;
        }
    });

    // The request is passed to whatever the task comes to wait for, at any depth.
    [Fact, Pins("test_tasks.BaseTask.cancel_awaited_task")]
    public void A_request_is_passed_on_to_the_task_that_is_awaited_next() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        LoopTask? nested = null;
        var task = Aio.CreateTask(Outer());
        await Fails<CancelledError>(task);
        Assert.True(task.IsCancelled);
        Assert.True(nested!.IsCancelled);
        Assert.True(future.IsCancelled);

        async Coroutine Outer()
        {
            nested = Aio.CreateTask(Await(future));
            await Aio.Yield();
            Aio.CurrentTask!.Cancel();
            await nested;
        }
    });

    // Before its first step: the body never begins.
    [Fact, Pins("test_tasks.BaseTask.cancel_with_message_before_starting_task")]
    public void A_task_cancelled_before_it_began_never_begins() => Run(async () =>
    {
        var began = false;
        var task = Aio.CreateTask(Body());
        task.Cancel("my message");
        var error = await Fails<CancelledError>(task);
        Assert.Equal("my message", error.CancelMessage);
        Assert.False(began);

        async Coroutine Body()
        {
            began = true;
            await Aio.Yield();
        }
    });

    [Theory, Pins("test_tasks.BaseTask.cancel_with_message_then_future_result",
        "test_tasks.BaseTask.cancel_with_message_then_future_exception")]
    [InlineData(null)]
    [InlineData("my message")]
    public void The_message_comes_through_every_task_that_waits(string? message) => Run(async () =>
    {
        var task = Aio.CreateTask(Outer());
        Assert.Equal(message, (await Fails<CancelledError>(task)).CancelMessage);
        // What left the coroutine is given away once; who looks later gets one without a message (recorded in trace 62).
        Assert.Null(Assert.Throws<CancelledError>(() => task.Exception).CancelMessage);

        async Coroutine Outer()
        {
            var nested = Aio.CreateTask(Aio.Sleep(Seconds(10)));
            await Aio.Yield();
            nested.Cancel(message);
            await nested;
        }
    });

    // The line that was interrupted is in the stack of what the awaiting one gets.
    [Theory, Pins("test_tasks.BaseTask.cancel_traceback_for_future_result", "test_tasks.BaseTask.cancel_traceback_for_future_exception",
        "test_tasks.BaseTask.cancellation_exception_context")]
    [InlineData(true)]
    [InlineData(false)]
    public void The_cancellation_tells_where_the_task_was(bool awaits) => Run(async () =>
    {
        var task = Aio.CreateTask(Interrupted());
        await Aio.Yield();
        task.Cancel();
        if (!awaits) await Aio.Wait([task]);
        var error = awaits ? await Fails<CancelledError>(task) : Assert.Throws<CancelledError>(() => task.Exception);
        Assert.Contains(nameof(Interrupted), error.StackTrace, StringComparison.Ordinal);

        static async Coroutine Interrupted() => await Aio.Sleep(Seconds(10));
    });

    [Fact, Pins("test_tasks.BaseTask.cancelling")]
    public void Requests_are_counted() => Run(async () =>
    {
        var task = Aio.CreateTask(Aio.Sleep(Seconds(10)));
        await Aio.Yield();
        Assert.Equal(0, task.Cancelling);
        Assert.True(task.Cancel());
        Assert.Equal(1, task.Cancelling);
        Assert.True(task.Cancel());
        Assert.Equal(2, task.Cancelling);
        await Fails<CancelledError>(task);
        Assert.False(task.Cancel());
        Assert.Equal(2, task.Cancelling);
    });

    [Fact, Pins("test_tasks.BaseTask.uncancel_basic")]
    public void A_request_that_is_taken_back_leaves_the_task_to_go_on() => Run(async () =>
    {
        var task = Aio.CreateTask(Twice());
        await Aio.Yield();
        Assert.True(task.Cancel());
        Assert.Equal(1, task.Cancelling);
        await Turns(2);
        Assert.Equal(0, task.Cancelling);
        Assert.False(task.IsDone);
        Assert.True(task.Cancel());
        await Fails<CancelledError>(task);
        // After the end it changes nothing.
        task.Uncancel();
        Assert.True(task.IsCancelled);
        Assert.Equal(0, task.Uncancel());

        static async Coroutine Twice()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                Aio.CurrentTask!.Uncancel();
                await Aio.Sleep(Seconds(10));
            }
        }
    });

    // Asked for and taken back before the step: nothing is thrown.
    [Fact, Pins("test_tasks.BaseTask.uncancel_resets_must_cancel")]
    public void A_request_taken_back_before_it_was_delivered_is_void() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var task = Aio.CreateTask(Await(future));
        await Aio.Yield();
        future.SetResult(42);
        task.Cancel();
        Assert.Equal(1, task.Cancelling);
        Assert.Equal(0, task.Uncancel());
        Assert.Equal(42, await task);
    });

    // A limit of one's own, built on the count: the code after the block is not touched.
    [Theory, Pins("test_tasks.BaseTask.uncancel_structured_blocks")]
    [InlineData(10.0, 0.1, true)]
    [InlineData(0.0, 10.0, false)]
    public void A_block_with_a_limit_of_ones_own_can_be_built(double sleep, double limit, bool late) => Run(async () =>
    {
        var task = Aio.CreateTask(Block());
        Assert.Equal(late, await task);
        Assert.Equal(0, task.Cancelling);

        async Coroutine<bool> Block()
        {
            var own = Aio.CurrentTask!;
            var timedOut = false;
            var timer = own.Loop.CallLater(Seconds(limit), () =>
            {
                timedOut = true;
                own.Cancel();
            });
            try
            {
                await Aio.Sleep(Seconds(sleep));
            }
            catch (CancelledError) when (timedOut && own.Uncancel() == 0)
            {
                // Over the limit.
            }

            timer.Cancel();
            await Aio.Yield();
            return timedOut;
        }
    });

    private static async Coroutine<int> Await(Future<int> future) => await future;
}
