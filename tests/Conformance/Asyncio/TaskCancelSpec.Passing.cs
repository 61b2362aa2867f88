using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

// Where a cancellation goes on to.
public sealed partial class TaskCancelSpec
{
    [Fact, Pins("test_tasks.BaseTask.sleep_cancel", "test_tasks.BaseTask.task_cancel_sleeping_task")]
    public void A_cancelled_sleep_ends_at_once_and_leaves_no_timer() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var start = loop.Time;
        var task = Aio.CreateTask(Aio.Sleep(Seconds(1000)));
        loop.CallLater(Seconds(0.1), () => task.Cancel());
        await Fails<CancelledError>(task);
        Assert.Equal(Seconds(0.1), loop.Time - start);
    });

    [Fact, Pins("test_tasks.BaseTask.task_cancel_waiter_future")]
    public void A_cancelled_task_cancels_the_future_that_it_waits_for() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var task = Aio.CreateTask(Await(future));
        await Aio.Yield();
        task.Cancel();
        await Fails<CancelledError>(task);
        Assert.True(future.IsCancelled);
    });

    // What leaves the cancelled body instead is the task's outcome.
    [Fact, Pins("test_tasks.BaseTask.baseexception_during_cancel")]
    public void An_error_during_the_clean_up_is_the_outcome() => Run(async () =>
    {
        var task = Aio.CreateTask(Fails());
        await Aio.Yield();
        task.Cancel();
        await Aio.Yield();
        Assert.True(task.IsDone);
        Assert.False(task.IsCancelled);
        Assert.IsType<InvalidTimeZoneException>(task.Exception);

        static async Coroutine Fails()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                throw new InvalidTimeZoneException();
            }
        }
    });

    [Fact, Pins("test_tasks.BaseTask.yield_future_passes_cancel")]
    public void Cancelling_the_outer_task_cancels_the_inner_ones() => Run(async () =>
    {
        var steps = new List<string>();
        var inner = Aio.CreateTask(Inner());
        var outer = Aio.CreateTask(Outer());
        await Turns(2);
        outer.Cancel();
        await outer;
        Assert.Equal(["inner", "outer"], steps);
        Assert.True(inner.IsCancelled);
        Assert.False(outer.IsCancelled);

        async Coroutine Inner()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            finally
            {
                steps.Add("inner");
            }
        }

        async Coroutine Outer()
        {
            try
            {
                await inner;
            }
            catch (CancelledError)
            {
                steps.Add("outer");
            }
        }
    });

    // Waiting for tasks is not owning them: they go on.
    [Fact, Pins("test_tasks.BaseTask.yield_wait_does_not_shield_cancel")]
    public void Cancelling_a_wait_leaves_what_it_waits_for() => Run(async () =>
    {
        var inner = Aio.CreateTask(Aio.Sleep(Seconds(1), 7));
        var outer = Aio.CreateTask(Outer());
        await Turns(2);
        outer.Cancel();
        await Fails<CancelledError>(outer);
        Assert.False(inner.IsDone);
        Assert.Equal(7, await inner);

        async Coroutine Outer() => await Aio.Wait([inner]);
    });
}
