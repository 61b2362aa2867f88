using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Wrong use of a loop and its tasks: an error that says what is wrong, never a hang.</summary>
/// <remarks>Rules from the library reference of asyncio.</remarks>
public sealed class MisuseSpec
{
    private static readonly EventLoopOptions Options = new() { VirtualTime = true, HandleInterrupt = false };

    // "asyncio.run() … cannot be called when another asyncio event loop is running in the same thread."
    [Fact]
    public void A_loop_inside_a_loop_is_refused() => EventLoop.Run(Nested(), Options);

    // "This method should not be called from another thread" (Debug mode; here always).
    [Fact]
    public void A_future_is_completed_on_its_loop_only()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var future = EventLoop.Current.CreateFuture<int>();
            var error = await Aio.ToThread(() => Record.Exception(() => future.SetResult(1)));
            Assert.IsType<EventLoopException>(error);
            Assert.False(future.IsDone);
            // The near miss: the same call through the loop.
            var loop = EventLoop.Current;
            await Aio.ToThread(() => loop.CallSoonThreadSafe(() => future.SetResult(2)));
            Assert.Equal(2, await future);
        }
    }

    // "RuntimeError: … is bound to a different event loop" (mixins.py): it belongs to the loop on which somebody first had to wait.
    [Fact]
    public void What_was_waited_for_on_one_loop_is_refused_by_another()
    {
        var (mutex, gate, queue, full) = (new AsyncLock(), new AsyncEvent(), new AsyncQueue<int>(), new AsyncLifoQueue<int>(1));
        var (places, barrier, condition) = (new AsyncSemaphore(0), new AsyncBarrier(2), new AsyncCondition());
        (string Name, Func<Coroutine> Wait)[] waits =
        [
            ("AsyncLock", async () => await mutex.Acquire()),
            ("AsyncEvent", () => gate.Wait()),
            ("AsyncQueue", async () => await queue.Get()),
            ("AsyncQueue", () => full.Put(2)),
            ("AsyncSemaphore", async () => await places.Acquire()),
            ("AsyncCondition", async () => await barrier.Wait()),
            ("AsyncCondition", async () =>
            {
                using (await condition.Acquire()) await condition.Wait();
            }),
        ];
        EventLoop.Run(First(), Options);
        EventLoop.Run(Second(), Options);

        async Coroutine First()
        {
            await mutex.Acquire();
            full.PutNoWait(1);
            foreach (var (_, wait) in waits) _ = Aio.CreateTask(wait());
            await Aio.Yield(); // the end of the loop cancels them
        }

        async Coroutine Second()
        {
            foreach (var (name, wait) in waits)
            {
                var error = await Assert.ThrowsAsync<EventLoopException>(async () => await wait());
                Assert.Equal(name + " is bound to a different event loop", error.Message);
            }

            // The near miss: what need not wait belongs to nobody, and what was never waited for is bound here.
            Assert.Equal(1, full.GetNoWait());
            var own = new AsyncEvent();
            EventLoop.Current.CallSoon(own.Set);
            await own.Wait();
        }
    }

    [Fact]
    public void A_null_among_futures_is_told()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var fine = Aio.CreateTask(One());
            await Assert.ThrowsAsync<ArgumentNullException>(async () => await Aio.Gather([fine, null!]));
            await Assert.ThrowsAsync<ArgumentNullException>(async () => await Aio.GatherOutcomes([fine, null!]));
            await Assert.ThrowsAsync<ArgumentNullException>(async () => await Aio.Gather(new LoopTask[] { fine, null! }));
            await Assert.ThrowsAsync<ArgumentNullException>(async () => await Aio.Wait([fine, null!]));
            Assert.Equal(1, Assert.Single(await Aio.Gather([fine])));
        }
    }

    // The same for what would be put into the loop's own lists by two threads at once.
    [Fact]
    public void Tasks_are_made_and_callbacks_added_on_the_loop_only()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var loop = EventLoop.Current;
            var future = loop.CreateFuture<int>();
            Assert.IsType<EventLoopException>(await Aio.ToThread(() => Record.Exception(() => loop.CreateTask(One()))));
            Assert.IsType<EventLoopException>(await Aio.ToThread(() => Record.Exception(() => future.AddDoneCallback(_ => { }))));
            _ = Assert.Single(loop.AllTasks());
            // The near miss: what is made for other threads.
            Assert.Equal(1, await await Aio.ToThread(() => loop.RunCoroutineThreadSafe(One)));
            Assert.Equal(1, await loop.CreateTask(One()));
        }
    }

    // A delay of any length is one: there is no time to which it cannot be added.
    [Fact]
    public void The_longest_delay_is_a_delay()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var never = EventLoop.Current.CallLater(TimeSpan.MaxValue, () => Assert.Fail("It has come."));
            Assert.Equal(1, await Aio.WaitFor(One(), TimeSpan.MaxValue));
            await Aio.Timeout(TimeSpan.MaxValue, async _ => await Aio.Sleep(TimeSpan.MinValue));
            var asleep = Aio.CreateTask(Aio.Sleep(TimeSpan.MaxValue));
            var (_, pending) = await Aio.Wait([asleep], TimeSpan.FromSeconds(1));
            Assert.Same(asleep, Assert.Single(pending));
            asleep.Cancel();
            never.Cancel();
        }
    }

    // What a coroutine returns is there when it has run, and not before.
    [Fact]
    public void A_coroutine_that_has_not_run_has_no_result()
    {
        Assert.Contains("has not run", Assert.Throws<InvalidOperationException>(() => One().GetAwaiter().GetResult()).Message);
        Assert.Throws<InvalidOperationException>(() => Nested().GetAwaiter().GetResult());
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            Assert.Throws<InvalidOperationException>(() => Aio.Sleep(TimeSpan.Zero).GetAwaiter().GetResult());
            Assert.Equal(1, await One());
        }
    }

    // "RuntimeError: cannot reuse already awaited coroutine"
    [Fact]
    public void A_coroutine_is_awaited_once()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var once = One();
            Assert.Equal(1, await once);
            var error = await Aio.GatherOutcomes(Aio.CreateTask(Again(once)));
            Assert.IsType<InvalidOperationException>(error[0].Error);
        }

        static async Coroutine<int> Again(Coroutine<int> used) => await used;
    }

    // The same in an ordinary async method, whose builder would end the process if the await threw before it waits.
    [Fact]
    public void An_ordinary_method_gets_the_refusal_of_a_used_coroutine_at_its_await()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var once = One();
            Assert.Equal(1, await once);
            Assert.Equal("cannot reuse already awaited coroutine", await Outcome(once));
            var running = Nested();
            var task = Aio.CreateTask(running);
            Assert.Equal("cannot reuse already awaited coroutine", await OutcomeOf(running));
            task.Cancel();
            // The near miss: one that nobody has awaited.
            Assert.Equal("1", await Outcome(One()));
        }
    }

    [Fact]
    public async Task An_ordinary_method_gets_the_lack_of_a_loop_at_its_await()
    {
        Assert.Equal("no running event loop", await Outcome(One()));
        Assert.Equal("no running event loop", await OutcomeOf(Nested()));
    }

    [Fact]
    public void A_future_is_awaited_on_its_loop_only()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var future = EventLoop.Current.CreateFuture<int>();
            var refused = await Task.Run(async () =>
            {
                try
                {
                    return $"{await future}";
                }
                catch (EventLoopException error)
                {
                    return error.Message;
                }
            });
            Assert.Contains("Non-thread-safe", refused, StringComparison.Ordinal);
            // The near miss: the same await here.
            EventLoop.Current.CallSoon(() => future.SetResult(7));
            Assert.Equal(7, await future);
        }
    }

    // "Task cannot await on itself"
    [Fact]
    public void A_task_that_awaits_itself_fails_and_does_not_hang()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            LoopTask? task = null;
            task = Aio.CreateTask(Self());
            await Aio.Wait([task]);
            Assert.IsType<EventLoopException>(task.Exception);

            async Coroutine Self() => await task!;
        }
    }

    // "RuntimeError: Event loop stopped before Future completed."
    [Fact]
    public void A_loop_that_is_stopped_before_its_future_is_done_says_so()
    {
        using var loop = new EventLoop(Options);
        loop.CallSoon(loop.Stop);
        Assert.Throws<EventLoopException>(() => loop.RunUntilComplete(loop.CreateFuture<int>()));
    }

    // "All pending callbacks … are discarded" (loop.close); afterwards "Event loop is closed".
    [Fact]
    public void A_closed_loop_takes_nothing()
    {
        var loop = new EventLoop(Options);
        loop.Dispose();
        loop.Dispose();
        Assert.Throws<EventLoopException>(() => loop.CallSoon(() => { }));
        Assert.Throws<EventLoopException>(() => loop.CallLater(TimeSpan.Zero, () => { }));
        Assert.Throws<EventLoopException>(() => loop.CallSoonThreadSafe(() => { }));
        Assert.Throws<EventLoopException>(loop.RunForever);
    }

    // "Awaiting a coroutine does not switch", at any depth: there is no recursion limit here.
    [Fact]
    public void Awaits_a_hundred_thousand_deep_need_no_stack()
    {
        Assert.Equal(100_000, EventLoop.Run(Deep(100_000), Options));

        static async Coroutine<int> Deep(int depth)
        {
            if (depth == 0)
            {
                await Aio.Yield();
                return 0;
            }

            return 1 + await Deep(depth - 1);
        }
    }

    // "the event loop only keeps weak references to tasks" is a trap of the original: here it keeps them strongly.
    [Fact]
    public void A_task_that_nobody_refers_to_runs_to_its_end()
    {
        var done = false;
        EventLoop.Run(Body(), Options);
        Assert.True(done);

        async Coroutine Body()
        {
            _ = Aio.CreateTask(Forgotten());
            await Aio.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Aio.Sleep(TimeSpan.FromSeconds(2));
        }

        async Coroutine Forgotten()
        {
            await Aio.Sleep(TimeSpan.FromSeconds(1));
            done = true;
        }
    }

    private static async Coroutine Nested()
    {
        var coroutine = One();
        Assert.Throws<EventLoopException>(() => EventLoop.Run(coroutine, Options));
        Assert.Throws<EventLoopException>(() => new EventLoop(Options).RunForever());
        // The near miss: awaiting the same coroutine in the running loop.
        Assert.Equal(1, await coroutine);
    }

    private static async Coroutine<int> One() => 1;

    private static async Task<string> Outcome(Coroutine<int> coroutine)
    {
        try
        {
            return $"{await coroutine}";
        }
        catch (Exception error) when (error is InvalidOperationException or EventLoopException)
        {
            return error.Message;
        }
    }

    private static async Task<string> OutcomeOf(Coroutine coroutine)
    {
        try
        {
            await coroutine;
            return "";
        }
        catch (Exception error) when (error is InvalidOperationException or EventLoopException)
        {
            return error.Message;
        }
    }
}
