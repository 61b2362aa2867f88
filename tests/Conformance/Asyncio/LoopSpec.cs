using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>The loop itself: its calls, its life, its handlers, its pool. Rules from test_base_events and test_events.</summary>
public sealed class LoopSpec : AsyncioSpec
{
    [Fact, Pins("test_base_events.close")]
    public void A_closed_loop_says_so_and_may_be_closed_again()
    {
        var loop = new EventLoop(Virtual);
        Assert.False(loop.IsClosed);
        loop.Dispose();
        Assert.True(loop.IsClosed);
        loop.Dispose();
        Assert.Throws<EventLoopException>(loop.RunForever);
        var coroutine = Aio.Sleep(Seconds(1));
        Assert.Throws<EventLoopException>(() => loop.RunUntilComplete(coroutine));
        coroutine.Close();
    }

    [Fact]
    public void A_running_loop_cannot_be_closed() => Run(async () =>
    {
        Assert.Throws<EventLoopException>(EventLoop.Current.Dispose);
        await Aio.Yield();
    });

    [Fact, Pins("test_base_events.call_soon", "test_base_events._add_callback_handle", "test_base_events._run_once")]
    public void Calls_run_in_their_order() => Run(async () =>
    {
        var order = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            var n = i;
            EventLoop.Current.CallSoon(() => order.Add(n));
        }

        Assert.Empty(order);
        await Aio.Yield();
        Assert.Equal([0, 1, 2, 3, 4], order);
    });

    [Fact, Pins("test_base_events.call_soon_non_callable")]
    public void A_call_of_nothing_is_refused()
    {
        using var loop = new EventLoop(Virtual);
        Assert.Throws<ArgumentNullException>(() => loop.CallSoon(null!));
        Assert.Throws<ArgumentNullException>(() => loop.CallLater(Seconds(1), null!));
        Assert.Throws<ArgumentNullException>(() => loop.CallAt(Seconds(1), null!));
        Assert.Throws<ArgumentNullException>(() => loop.CallSoonThreadSafe(null!));
        Assert.Throws<ArgumentNullException>(() => loop.RunInExecutor((Func<int>)null!));
    }

    [Fact, Pins("test_base_events.call_later", "test_base_events.call_later_negative_delays", "test_base_events.time_and_call_at")]
    public void Timers_run_by_the_time_that_they_are_due() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var start = loop.Time;
        var order = new List<string>();
        loop.CallLater(Seconds(0.3), () => order.Add("c"));
        loop.CallAt(start + Seconds(0.2), () => order.Add("b"));
        loop.CallLater(Seconds(0.1), () => order.Add("a"));
        loop.CallLater(Seconds(-1), () => order.Add("late"));
        await Aio.Sleep(Seconds(0.4));
        Assert.Equal(["late", "a", "b", "c"], order);
    });

    // Here more is promised than by asyncio: equal times in the order of the calls.
    [Fact]
    public void Timers_of_one_time_run_in_the_order_of_their_calls() => Run(async () =>
    {
        var order = new List<int>();
        var when = EventLoop.Current.Time + Seconds(1);
        for (var i = 0; i < 100; i++)
        {
            var n = i;
            EventLoop.Current.CallAt(when, () => order.Add(n));
        }

        await Aio.Sleep(Seconds(1));
        Assert.Equal(Enumerable.Range(0, 100), order);
    });

    // Thousands of timers that were cancelled leave the others as they are.
    [Fact, Pins("test_base_events._run_once_cancelled_event_cleanup", "test_base_events._add_callback_cancelled_handle")]
    public void Cancelled_timers_are_gone() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var ran = new List<int>();
        var timers = Enumerable.Range(0, 5000).Select(i => loop.CallLater(Seconds(1 + i * 0.001), () => ran.Add(i))).ToArray();
        for (var i = 0; i < timers.Length; i++)
            if (i % 50 != 0)
            {
                timers[i].Cancel();
                timers[i].Cancel();
                Assert.True(timers[i].IsCancelled);
            }

        await Aio.Sleep(Seconds(10));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i * 50), ran);
    });

    [Fact, Pins("test_base_events._run_once_schedule_handle")]
    public void A_call_may_make_calls_for_the_next_turn() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var order = new List<string>();
        loop.CallSoon(() =>
        {
            loop.CallSoon(() => order.Add("inner"));
            order.Add("outer");
        });
        await Aio.Yield();
        Assert.Equal(["outer"], order);
        await Aio.Yield();
        Assert.Equal(["outer", "inner"], order);
    });

    [Fact, Pins("test_base_events.check_thread")]
    public void Calls_from_another_thread_are_refused_but_for_the_thread_safe_ones() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var called = new AsyncEvent();
        var errors = await Aio.ToThread(() => new[]
        {
            Record.Exception(() => loop.CallSoon(() => { })),
            Record.Exception(() => loop.CallLater(Seconds(1), () => { })),
            Record.Exception(() => loop.CallAt(Seconds(1), () => { })),
            Record.Exception(loop.Stop),
            Record.Exception(() => loop.CallSoonThreadSafe(called.Set)),
        });
        Assert.All(errors[..4], error => Assert.IsType<EventLoopException>(error));
        Assert.Null(errors[4]);
        await called.Wait();
    });

    [Fact, Pins("test_base_events.set_debug")]
    public void Debug_mode_can_be_switched()
    {
        using var loop = new EventLoop(Virtual);
        Assert.False(loop.Debug);
        loop.Debug = true;
        Assert.True(loop.Debug);
        loop.Debug = false;
        Assert.False(loop.Debug);
    }

    // The error of a run does not stay in the loop: it can run again.
    [Fact, Pins("test_base_events.run_until_complete_loop_orphan_future_close_loop", "test_base_events.run_until_complete_loop")]
    public void A_run_that_was_interrupted_leaves_a_usable_loop()
    {
        using var loop = new EventLoop(Virtual);
        loop.CallLater(Seconds(0.1), loop.Stop);
        var task = loop.CreateTask(Aio.Sleep(Seconds(10)));
        Assert.Throws<EventLoopException>(() => loop.RunUntilComplete((Future)task));
        Assert.Equal(7, loop.RunUntilComplete(Aio.Sleep(Seconds(0.1), 7)));
        Assert.False(task.IsDone);
    }

    [Fact, Pins("test_base_events.default_exc_handler_callback", "test_base_events.set_exc_handler_custom")]
    public void The_handler_is_told_what_failed_and_where() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var told = new List<LoopExceptionContext>();
        loop.SetExceptionHandler((of, context) =>
        {
            Assert.Same(loop, of);
            told.Add(context);
        });
        loop.CallSoon(ThrowsHere);
        loop.CallLater(Seconds(0.1), ThrowsHere);
        await Aio.Sleep(Seconds(1));
        Assert.Equal(2, told.Count);
        Assert.All(told, context => Assert.IsType<InvalidTimeZoneException>(context.Exception));
        Assert.All(told, context => Assert.Contains(nameof(ThrowsHere), context.Message, StringComparison.Ordinal));
    });

    [Fact, Pins("test_base_events.default_exc_handler_coro")]
    public void A_tasks_error_is_not_the_loops_as_long_as_somebody_looks() => Run(async () =>
    {
        var told = new List<string>();
        EventLoop.Current.SetExceptionHandler((_, context) => told.Add(context.Message));
        var task = Aio.CreateTask(Throws());
        await Fails<InvalidTimeZoneException>(task);
        Assert.Empty(told);

        static async Coroutine Throws()
        {
            await Aio.Yield();
            ThrowsHere();
        }
    });

    // A handler that fails itself is told to nobody else and ends nothing.
    [Fact, Pins("test_base_events.set_exc_handler_broken", "test_base_events.default_exc_handler_broken")]
    public void A_handler_that_fails_does_not_end_the_loop() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var error = Console.Error;
        using var text = new StringWriter();
        loop.SetExceptionHandler((_, _) => throw new InvalidCastException("broken handler"));
        Console.SetError(text);
        try
        {
            loop.CallSoon(ThrowsHere);
            await Turns(2);
        }
        finally
        {
            Console.SetError(error);
            loop.SetExceptionHandler(null);
        }

        Assert.Contains("Unhandled error in exception handler", text.ToString(), StringComparison.Ordinal);
    });

    // Ctrl-C in a callback leaves the run at once; the calls behind it wait for the next run.
    [Fact, Pins("test_base_events.run_forever_keyboard_interrupt", "test_base_events.run_until_complete_baseexception",
        "test_base_events.single_selecter_event_callback_after_stopping")]
    public void An_interrupt_leaves_the_run()
    {
        using var loop = new EventLoop(Virtual);
        loop.CallSoon(() => throw new KeyboardInterruptException());
        Assert.Throws<KeyboardInterruptException>(loop.RunForever);
        Assert.False(loop.IsRunning);
        var ran = false;
        loop.CallSoon(() => ran = true);
        loop.CallSoon(loop.Stop);
        loop.RunForever();
        Assert.True(ran);
    }

    [Fact, Pins("test_base_events.run_forever_pre_stopped", "test_base_events.run_once")]
    public void A_loop_that_was_stopped_before_runs_one_turn_without_waiting()
    {
        using var loop = new EventLoop(Real);
        var ran = 0;
        loop.CallSoon(() =>
        {
            ran++;
            loop.CallSoon(() => ran++);
        });
        loop.CallLater(TimeSpan.FromHours(1), () => { });
        loop.Stop();
        loop.RunForever();
        Assert.Equal(1, ran);
    }

    [Fact, Pins("test_base_events.running_loop_within_a_loop")]
    public void A_loop_does_not_run_inside_another() => Run(async () =>
    {
        using var inner = new EventLoop(Virtual);
        Assert.Throws<EventLoopException>(inner.RunForever);
        Assert.Throws<EventLoopException>(EventLoop.Current.RunForever);
        // The near miss: on another thread it may.
        var thread = new Thread(() =>
        {
            inner.CallSoon(inner.Stop);
            inner.RunForever();
        });
        thread.Start();
        await Aio.ToThread(thread.Join);
        Assert.NotNull(EventLoop.CurrentOrNull);
    });

    [Fact, Pins("test_base_events.asyncgen_finalization_by_gc")]
    public void An_iterator_that_was_left_is_disposed_of_at_the_end()
    {
        var disposed = false;
        Run(async () =>
        {
            var iterator = EventLoop.Current.Watch(Numbers().GetAsyncEnumerator());
            Assert.True(await iterator.MoveNextAsync());
        });
        Assert.True(disposed);

        async IAsyncEnumerable<int> Numbers()
        {
            try
            {
                await Aio.Yield();
                yield return 1;
                yield return 2;
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Fact, Pins("test_base_events.log_slow_callbacks")]
    public void In_debug_mode_a_slow_callback_is_told_and_a_quick_one_is_not()
    {
        using var loop = new EventLoop(Virtual with { Debug = true, SlowCallback = Seconds(1) });
        var log = new List<string>();
        loop.Log = log.Add;
        loop.CallSoon(Hogs);
        loop.CallSoon(Nearly);
        loop.CallSoon(loop.Stop);
        loop.RunForever();
        var line = Assert.Single(log, line => line.Contains(nameof(Hogs), StringComparison.Ordinal));
        Assert.Matches("^Executing <.*> took 1.000 seconds$", line);
        Assert.Single(log);

        static void Hogs() => Busy.For(EventLoop.Current.Core.Clock, Seconds(1));
        static void Nearly() => Busy.For(EventLoop.Current.Core.Clock, Seconds(0.999));
    }

    // Work in the pool: its result, its error, its number of threads, and no work that was cancelled before it began.
    [Fact, Pins("test_base_events.set_default_executor")]
    public void The_pool_has_as_many_threads_as_was_said() => EventLoop.Run(PoolOfTwo(), Real with { PoolSize = 2 });

    [Fact]
    public void Work_that_was_cancelled_in_the_queue_never_begins() => EventLoop.Run(CancelQueued(), Real with { PoolSize = 1 });

    [Fact, Pins("test_threads.ToThread.to_thread", "test_threads.ToThread.to_thread_once", "test_threads.ToThread.to_thread_args_kwargs",
        "test_threads.ToThread.to_thread_exception")]
    public void Work_on_a_thread_gives_its_result_or_its_error() => Run(async () =>
    {
        var thread = Environment.CurrentManagedThreadId;
        var calls = 0;
        Assert.Equal(3, await Aio.ToThread(() =>
        {
            calls++;
            Assert.NotEqual(thread, Environment.CurrentManagedThreadId);
            return 1 + 2;
        }));
        Assert.Equal(1, calls);
        await Fails<InvalidTimeZoneException>(() => Aio.ToThread(ThrowsHere));
    });

    [Fact, Pins("test_threads.ToThread.to_thread_concurrent")]
    public void Work_on_threads_runs_together() => Run(async () =>
    {
        using var barrier = new Barrier(4);
        var passed = await Aio.Gather([.. Enumerable.Range(0, 4).Select(_ => Aio.ToThread(() => barrier.SignalAndWait(Seconds(60))))]);
        Assert.All(passed, Assert.True);
    });

    [Fact, Pins("test_threads.ToThread.to_thread_contextvars")]
    public void Work_on_a_thread_sees_the_callers_values() => Run(async () =>
    {
        var variable = new AsyncLocal<string> { Value = "parrot" };
        Assert.Equal("parrot", await Aio.ToThread(() => variable.Value));
        // The near miss: the plain executor does not take them along.
        Assert.Null(await EventLoop.Current.RunInExecutor(() => variable.Value));
    });

    private static async Coroutine PoolOfTwo()
    {
        var running = 0;
        var most = 0;
        using var pairs = new Barrier(2);
        await Aio.Gather([.. Enumerable.Range(0, 6).Select(_ => Aio.ToThread(() =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            pairs.SignalAndWait(Seconds(60));
            return Interlocked.Decrement(ref running);
        }))]);
        Assert.Equal(2, most);

        static void InterlockedMax(ref int target, int value)
        {
            for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
                if (Interlocked.CompareExchange(ref target, value, seen) == seen) return;
        }
    }

    private static async Coroutine CancelQueued()
    {
        using var release = new ManualResetEventSlim();
        var began = false;
        var first = EventLoop.Current.RunInExecutor(() => release.Wait(Seconds(60)));
        var second = EventLoop.Current.RunInExecutor(() => began = true);
        second.Cancel();
        release.Set();
        Assert.True(await first);
        await EventLoop.Current.RunInExecutor(() => { });
        Assert.False(began);
        Assert.True(second.IsCancelled);
    }

    private static void ThrowsHere() => throw new InvalidTimeZoneException();
}
