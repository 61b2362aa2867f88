using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Futures: one outcome, callbacks in order and never at once, and errors that nobody looks at. Rules from test_futures.</summary>
public sealed class FutureSpec : AsyncioSpec
{
    [Fact, Pins("test_futures.BaseFuture.initial_state", "test_futures.BaseFuture.constructor_use_running_loop")]
    public void A_new_future_is_pending() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        Assert.False(future.IsDone);
        Assert.False(future.IsCancelled);
        Assert.Same(EventLoop.Current, future.Loop);
        future.Cancel();
        Assert.True(future.IsCancelled && future.IsDone);
    });

    [Fact, Pins("test_futures.BaseFuture.cancel")]
    public void A_cancelled_future_takes_nothing_more() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        Assert.True(future.Cancel());
        Assert.Throws<CancelledError>(() => future.Result);
        Assert.Throws<CancelledError>(() => future.Exception);
        Assert.Throws<InvalidStateError>(() => future.SetResult(1));
        Assert.Throws<InvalidStateError>(() => future.SetException(new InvalidTimeZoneException()));
        Assert.False(future.Cancel());
        await Fails<CancelledError>(future);
    });

    [Fact, Pins("test_futures.BaseFuture.result")]
    public void A_result_is_final() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        Assert.Throws<InvalidStateError>(() => future.Result);
        future.SetResult(42);
        Assert.True(future.IsDone && !future.IsCancelled);
        Assert.Equal(42, future.Result);
        Assert.Null(future.Exception);
        Assert.Throws<InvalidStateError>(() => future.SetResult(1));
        Assert.False(future.Cancel());
        Assert.Equal(42, await future);
        Assert.Equal(42, await future);
    });

    [Fact, Pins("test_futures.BaseFuture.exception", "test_futures.BaseFuture.exception_class")]
    public void An_error_is_final() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        Assert.Throws<InvalidStateError>(() => future.Exception);
        Assert.Throws<ArgumentNullException>(() => future.SetException(null!));
        var error = new InvalidTimeZoneException();
        future.SetException(error);
        Assert.Same(error, future.Exception);
        Assert.Throws<InvalidTimeZoneException>(() => future.Result);
        Assert.Throws<InvalidStateError>(() => future.SetResult(1));
        Assert.False(future.IsCancelled);
        Assert.Same(error, await Fails<InvalidTimeZoneException>(future));
    });

    [Fact, Pins("test_futures.BaseFuture.future_cancel_message_getter", "test_futures.BaseFuture.future_cancel_message_setter")]
    public void The_message_of_a_cancellation_is_kept() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        future.Cancel("my message");
        Assert.False(future.Cancel("another"));
        Assert.Equal("my message", (await Fails<CancelledError>(future)).CancelMessage);
    });

    [Fact, Pins("test_futures.BaseFuture.yield_from_twice")]
    public void Several_may_wait_for_one_future() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var order = new List<string>();
        LoopTask[] tasks = [Aio.CreateTask(Wait("a")), Aio.CreateTask(Wait("b")), Aio.CreateTask(Wait("c"))];
        await Aio.Yield();
        future.SetResult(1);
        await Aio.Wait(tasks);
        Assert.Equal(["a", "b", "c"], order);

        async Coroutine Wait(string name)
        {
            await future;
            order.Add(name);
        }
    });

    [Fact, Pins("test_futures.BaseFutureDoneCallback.callbacks_invoked_on_set_result")]
    public void Callbacks_run_in_their_order_in_a_later_turn() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<string>();
        var log = new List<string>();
        future.AddDoneCallback(done => log.Add("1 " + ((Future<string>)done).Result));
        future.AddDoneCallback(_ => log.Add("2"));
        future.SetResult("foo");
        Assert.Empty(log);
        await Aio.Yield();
        Assert.Equal(["1 foo", "2"], log);
        // On what is done already: still not at once.
        future.AddDoneCallback(_ => log.Add("3"));
        Assert.Equal(2, log.Count);
        await Aio.Yield();
        Assert.Equal("3", log[^1]);
    });

    [Fact, Pins("test_futures.BaseFutureDoneCallback.callbacks_invoked_on_set_exception")]
    public void Callbacks_run_for_an_error_and_a_cancellation_too() => Run(async () =>
    {
        var (failed, cancelled) = (EventLoop.Current.CreateFuture<int>(), EventLoop.Current.CreateFuture<int>());
        var log = new List<string>();
        failed.AddDoneCallback(done => log.Add(done.Exception!.Message));
        cancelled.AddDoneCallback(done => log.Add(done.IsCancelled.ToString()));
        failed.SetException(new InvalidTimeZoneException("boo"));
        cancelled.Cancel();
        await Aio.Yield();
        Assert.Equal(["boo", "True"], log);
    });

    [Fact, Pins("test_futures.BaseFutureDoneCallback.remove_done_callback",
        "test_futures.BaseFutureDoneCallback.callbacks_remove_first_callback",
        "test_futures.BaseFutureDoneCallback.callbacks_remove_first_and_second_callback",
        "test_futures.BaseFutureDoneCallback.callbacks_remove_third_callback")]
    public void A_callback_is_taken_back_as_often_as_it_was_given() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var log = new List<int>();
        Action<Future> one = _ => log.Add(1);
        Action<Future> two = _ => log.Add(2);
        Action<Future> three = _ => log.Add(3);
        future.AddDoneCallback(one);
        future.AddDoneCallback(one);
        future.AddDoneCallback(two);
        future.AddDoneCallback(three);
        Assert.Equal(2, future.RemoveDoneCallback(one));
        Assert.Equal(0, future.RemoveDoneCallback(one));
        Assert.Equal(1, future.RemoveDoneCallback(three));
        future.SetResult(1);
        await Aio.Yield();
        Assert.Equal([2], log);
    });

    // A callback that takes others back, or adds some, while the loop runs them.
    [Fact, Pins("test_futures.BaseFutureDoneCallback.remove_done_callbacks_list_mutation",
        "test_futures.BaseFutureDoneCallback.remove_done_callbacks_list_clear",
        "test_futures.BaseFutureDoneCallback.schedule_callbacks_list_mutation_1",
        "test_futures.BaseFutureDoneCallback.schedule_callbacks_list_mutation_2")]
    public void Callbacks_may_change_the_list() => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var log = new List<string>();
        Action<Future> second = _ => log.Add("second");
        future.AddDoneCallback(done =>
        {
            log.Add("first");
            // Scheduled already: it is too late to take it back.
            Assert.Equal(0, done.RemoveDoneCallback(second));
            done.AddDoneCallback(_ => log.Add("added"));
        });
        future.AddDoneCallback(second);
        future.SetResult(1);
        await Turns(2);
        Assert.Equal(["first", "second", "added"], log);
    });

    // A callback runs with the values of who asked for it.
    [Fact, Pins("test_futures2.Future.task_exc_handler_correct_context")]
    public void A_callback_runs_with_the_values_of_who_asked_for_it() => Run(async () =>
    {
        var variable = new AsyncLocal<string> { Value = "asker" };
        var future = EventLoop.Current.CreateFuture<int>();
        string? seen = null;
        future.AddDoneCallback(_ => seen = variable.Value);
        variable.Value = "setter";
        future.SetResult(1);
        await Aio.Yield();
        Assert.Equal("asker", seen);
    });

    [Theory, Pins("test_futures.BaseFuture.tb_logger_abandoned", "test_futures.BaseFuture.tb_logger_not_called_after_cancel",
        "test_futures.BaseFuture.tb_logger_result_unretrieved", "test_futures.BaseFuture.tb_logger_result_retrieved",
        "test_futures.BaseFuture.tb_logger_exception_retrieved", "test_futures.BaseFuture.tb_logger_exception_result_retrieved",
        "test_tasks.BaseTask.tb_logger_not_called_after_cancel", "test_futures.BaseFuture.tb_logger_exception_unretrieved",
        "test_futures.BaseFuture.future_exception_never_retrieved")]
    [InlineData("abandoned", false)]
    [InlineData("cancelled", false)]
    [InlineData("result", false)]
    [InlineData("result looked at", false)]
    [InlineData("error looked at", false)]
    [InlineData("error thrown", false)]
    [InlineData("error", true)]
    public void Only_an_error_that_nobody_looked_at_is_told(string end, bool isTold) => Run(async () =>
    {
        var told = new List<LoopExceptionContext>();
        EventLoop.Current.SetExceptionHandler((_, context) => told.Add(context));
        End(end);
        for (var i = 0; i < 50 && told.Count == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Turns(2);
            if (!isTold) break;
        }

        Assert.Equal(isTold ? 1 : 0, told.Count);
        if (!isTold) return;
        Assert.Equal("Future exception was never retrieved", told[0].Message);
        Assert.IsType<InvalidTimeZoneException>(told[0].Exception);
    });

    [Fact, Pins("test_futures.BaseFuture.wrap_future", "test_futures.BaseFuture.wrap_future_use_running_loop",
        "test_futures.Duck.wrap_future")]
    public void A_future_follows_an_ordinary_task() => Run(async () =>
    {
        var thread = Environment.CurrentManagedThreadId;
        var future = Aio.Wrap(Task.Run(() => Environment.CurrentManagedThreadId));
        Assert.NotEqual(thread, await future);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await Fails<InvalidTimeZoneException>(Aio.Wrap(Task.FromException<int>(new InvalidTimeZoneException())));
        await Fails<CancelledError>(Aio.Wrap(Task.FromCanceled<int>(new CancellationToken(true))));
    });

    [Fact, Pins("test_futures.BaseFuture.wrap_future_without_loop")]
    public void A_following_future_needs_a_loop() => Assert.Throws<EventLoopException>(() => Aio.Wrap(Task.FromResult(1)));

    // Cancelled here, and the other comes later: nothing happens, and the other way round the cancellation comes through.
    [Fact, Pins("test_futures.BaseFuture.wrap_future_cancel", "test_futures.BaseFuture.wrap_future_cancel2",
        "test_futures.BaseFuture.set_result_unless_cancelled")]
    public void A_following_future_may_be_left() => Run(async () =>
    {
        var told = new List<string>();
        EventLoop.Current.SetExceptionHandler((_, context) => told.Add(context.Message));
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var future = Aio.Wrap(source.Task);
        future.Cancel();
        source.SetResult(42);
        await Aio.Wrap(Task.Run(() => { }));
        await Turns(2);
        Assert.True(future.IsCancelled);
        Assert.Empty(told);
    });

    // Both ways: a loop's future as an ordinary task.
    [Theory]
    [InlineData("result")]
    [InlineData("error")]
    [InlineData("cancelled")]
    public void An_ordinary_task_follows_a_future(string end) => Run(async () =>
    {
        var future = EventLoop.Current.CreateFuture<int>();
        var task = future.AsTask();
        Assert.False(task.IsCompleted);
        if (end == "result") future.SetResult(3);
        else if (end == "error") future.SetException(new InvalidTimeZoneException());
        else future.Cancel();
        var outcome = await Aio.GatherOutcomes<int>(Aio.Wrap(task));
        Assert.Equal(end == "result" ? 3 : 0, outcome[0].Value);
        Assert.Equal(end == "error", outcome[0].Error is InvalidTimeZoneException);
        Assert.Equal(end == "cancelled", outcome[0].Error is CancelledError);
    });

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void End(string end)
    {
        var future = EventLoop.Current.CreateFuture<int>();
        switch (end)
        {
            case "abandoned": break;
            case "cancelled":
                future.Cancel();
                break;
            case "result":
                future.SetResult(1);
                break;
            case "result looked at":
                future.SetResult(1);
                _ = future.Result;
                break;
            default:
                future.SetException(new InvalidTimeZoneException("never"));
                if (end == "error looked at") _ = future.Exception;
                if (end == "error thrown") Assert.Throws<InvalidTimeZoneException>(() => future.Result);
                break;
        }
    }
}
