using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Calls between a loop and other threads. Rules from test_tasks (RunCoroutineThreadsafe) and test_events.</summary>
public sealed class ThreadSpec : AsyncioSpec
{
    [Fact, Pins("test_tasks.RunCoroutineThreadsafe.run_coroutine_threadsafe")]
    public void A_thread_gets_the_result_of_a_coroutine_that_it_started_on_a_loop() => RunReal(async () =>
    {
        var loop = EventLoop.Current;
        Assert.Equal(3, await Aio.ToThread(() => loop.RunCoroutineThreadSafe(() => Add(1, 2)).GetAwaiter().GetResult()));
    });

    [Fact, Pins("test_tasks.RunCoroutineThreadsafe.run_coroutine_threadsafe_with_exception")]
    public void A_thread_gets_the_exception() => RunReal(async () =>
    {
        var loop = EventLoop.Current;
        await Fails<InvalidTimeZoneException>(async () =>
            await Aio.ToThread(() => loop.RunCoroutineThreadSafe(() => Add(1, 2, fails: true)).GetAwaiter().GetResult()));
    });

    [Fact, Pins("test_tasks.RunCoroutineThreadsafe.run_coroutine_threadsafe_with_timeout")]
    public void A_thread_that_gives_up_cancels_the_coroutine() => RunReal(async () =>
    {
        var loop = EventLoop.Current;
        var ended = loop.CreateFuture<bool>();
        await Aio.ToThread(() =>
        {
            using var source = new CancellationTokenSource();
            var task = loop.RunCoroutineThreadSafe(Forever, source.Token);
            Assert.False(task.IsCompleted);
            source.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => task.GetAwaiter().GetResult());
        });
        Assert.True(await ended);
        await Aio.Yield();
        Assert.Same(Aio.CurrentTask, Assert.Single(loop.AllTasks()));

        async Coroutine<int> Forever()
        {
            try
            {
                await loop.CreateFuture<int>();
                return 0;
            }
            finally
            {
                ended.SetResult(true);
            }
        }
    });

    [Fact, Pins("test_tasks.RunCoroutineThreadsafe.run_coroutine_threadsafe_task_cancelled")]
    public void A_coroutine_that_is_cancelled_on_the_loop_cancels_the_threads_task() => RunReal(async () =>
    {
        var loop = EventLoop.Current;
        await Aio.ToThread(() => Assert.ThrowsAny<OperationCanceledException>(() =>
            loop.RunCoroutineThreadSafe(Cancelled).GetAwaiter().GetResult()));

        static async Coroutine<int> Cancelled()
        {
            Aio.CurrentTask!.Cancel();
            await Aio.Yield();
            return 1;
        }
    });

    [Fact, Pins("test_events.EventLoop.call_soon_threadsafe")]
    public void A_threads_call_comes_before_what_is_asked_for_after_it()
    {
        using var loop = new EventLoop(Real);
        var results = new List<string>();
        var thread = new Thread(() => loop.CallSoonThreadSafe(() => Add("hello")));
        thread.Start();
        thread.Join();
        loop.CallSoon(() => loop.CallSoon(() => Add("world")));
        loop.RunForever();
        Assert.Equal(["hello", "world"], results);

        void Add(string text)
        {
            results.Add(text);
            if (results.Count == 2) loop.Stop();
        }
    }

    [Fact, Pins("test_events.EventLoop.call_soon_threadsafe_same_thread")]
    public void A_thread_safe_call_of_the_loops_own_thread_is_made_too()
    {
        using var loop = new EventLoop(Real);
        var results = new List<string>();
        loop.CallSoonThreadSafe(() => results.Add("hello"));
        loop.CallSoon(() => results.Add("world"));
        loop.CallLater(TimeSpan.FromMilliseconds(1), loop.Stop);
        loop.RunForever();
        Assert.Equal(["hello", "world"], results.Order());
    }

    // Calls of one thread stay in order however many there are, and none is lost, with the loop asleep or awake.
    [Fact]
    public void A_hundred_thousand_calls_of_three_threads_come_in_their_order()
    {
        const int each = 33_000;
        using var loop = new EventLoop(Real);
        var seen = new int[3];
        var left = seen.Length * each;
        Thread[] threads = [.. Enumerable.Range(0, seen.Length).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < each; i++)
            {
                var n = i;
                loop.CallSoonThreadSafe(() => Take(thread, n));
                if (n % 5_000 == 0) Thread.Yield();
            }
        }))];
        loop.CallSoon(() => Array.ForEach(threads, thread => thread.Start()));
        loop.RunForever();
        Assert.All(seen, count => Assert.Equal(each, count));

        void Take(int thread, int n)
        {
            Assert.Equal(seen[thread]++, n);
            if (--left == 0) loop.Stop();
        }
    }

    [Fact, Pins("test_events.EventLoop.run_in_executor")]
    public void Work_runs_on_another_thread_and_its_result_comes_back() => RunReal(async () =>
    {
        var (text, thread) = await EventLoop.Current.RunInExecutor(() => ("yo", Environment.CurrentManagedThreadId));
        Assert.Equal("yo", text);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
    });

    [Fact, Pins("test_events.EventLoop.run_in_executor_cancel")]
    public void Work_that_nobody_waits_for_any_more_calls_nobody_back()
    {
        using var running = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var called = false;
        Future<int> future = null!;
        EventLoop.Run(Body(), Real);
        Assert.True(future.IsCancelled);
        Assert.False(called);

        async Coroutine Body()
        {
            future = EventLoop.Current.RunInExecutor(() =>
            {
                running.Set();
                go.Wait();
                return 1;
            });
            await Aio.ToThread(() => running.Wait());
            Assert.True(future.Cancel());
            future.AddDoneCallback(_ => Assert.True(future.IsCancelled));
            await Aio.Yield();
            called = !future.IsCancelled;
            // The run waits for the work of the pool, also for that which nobody waits for any more.
            go.Set();
        }
    }

    // Small pieces of work leave threads asleep; a long one among them must not keep what is queued behind it.
    [Fact]
    public void Work_behind_a_long_piece_is_begun_by_another_thread() => RunReal(async () =>
    {
        var loop = EventLoop.Current;
        for (var i = 0; i < 2_000; i++) await loop.RunInExecutor(static () => 0);
        using var go = new ManualResetEventSlim();
        var waiting = loop.RunInExecutor(() => go.Wait(TimeSpan.FromSeconds(30)));
        var releasing = loop.RunInExecutor(go.Set);
        Assert.True(await releasing);
        Assert.True(await waiting);
    });

    [Fact, Pins("test_events.EventLoop.run_until_complete_nesting", "test_events.EventLoop.close_running_event_loop",
        "test_events.EventLoop.close")]
    public void A_loop_that_runs_is_neither_run_again_nor_closed()
    {
        var loop = new EventLoop(Real);
        loop.RunUntilComplete(Body());
        loop.Dispose();
        Assert.Throws<EventLoopException>(() => loop.CallSoon(() => { }));

        async Coroutine Body()
        {
            var other = Aio.Sleep(TimeSpan.Zero);
            Assert.Throws<EventLoopException>(() => loop.RunUntilComplete(loop.CreateFuture<int>()));
            Assert.Throws<EventLoopException>(loop.Dispose);
            await other;
        }
    }

    private static async Coroutine<int> Add(int a, int b, bool fails = false)
    {
        await Aio.Sleep(TimeSpan.FromMilliseconds(5));
        return fails ? throw new InvalidTimeZoneException() : a + b;
    }
}
