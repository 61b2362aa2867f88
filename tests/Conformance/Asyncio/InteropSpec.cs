using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Coroutines and the base library's tasks, both ways.</summary>
public sealed class InteropSpec
{
    private static readonly EventLoopOptions Options = new() { HandleInterrupt = false };

    [Fact]
    public void A_coroutine_awaits_a_task_and_resumes_on_its_loop()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var thread = Environment.CurrentManagedThreadId;
            Assert.Equal(5, await Task.Run(() => 5));
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            await Task.Run(() => 6).ConfigureAwait(false);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        }
    }

    // trio's MockClock: time jumps when all wait, after a while in which threads could have answered.
    [Fact]
    public void Virtual_time_goes_on_for_tasks_that_wait_for_it()
    {
        EventLoop.Run(Body(), new EventLoopOptions { VirtualTime = true, HandleInterrupt = false });

        static async Coroutine Body()
        {
            var loop = EventLoop.Current;
            var start = loop.Time;
            await Hidden(TimeSpan.FromHours(1), loop.TimeProvider);
            Assert.Equal(TimeSpan.FromHours(1), loop.Time - start);
            using var stop = new CancellationTokenSource(TimeSpan.FromHours(2), loop.TimeProvider);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Task.Delay(Timeout.Infinite, stop.Token));
            Assert.Equal(TimeSpan.FromHours(3), loop.Time - start);

            // The near miss: what comes from outside comes first, and no time has passed.
            Assert.Equal(5, await Task.Run(() => 5).WaitAsync(TimeSpan.FromHours(1), loop.TimeProvider));
            Assert.Equal(TimeSpan.FromHours(3), loop.Time - start);
        }

        static async Task Hidden(TimeSpan delay, TimeProvider clock) => await Task.Delay(delay, clock);
    }

    [Fact]
    public void An_ordinary_async_method_stays_on_the_loop_and_awaits_coroutines()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body() => await Ordinary();

        static async Task Ordinary()
        {
            var thread = Environment.CurrentManagedThreadId;
            await Task.Yield();
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            Assert.Equal("x", await Aio.Sleep(TimeSpan.FromMilliseconds(1), "x"));
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        }
    }

    [Fact]
    public void Cancelling_a_task_reaches_what_an_ordinary_async_method_awaits_for_it()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var seen = false;
            var task = Aio.CreateTask(Outer());
            await Aio.Yield();
            task.Cancel();
            await Aio.Wait([task]);
            Assert.True(task.IsCancelled);
            Assert.True(seen);

            async Coroutine Outer() => await Ordinary();

            async Task Ordinary()
            {
                try
                {
                    await Aio.Sleep(TimeSpan.FromHours(1));
                }
                catch (CancelledError)
                {
                    seen = true;
                    throw;
                }
            }
        }
    }

    [Fact]
    public void A_tasks_token_ends_a_call_of_the_base_library()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var task = Aio.CreateTask(Waits());
            await Aio.Yield();
            task.Cancel();
            await Aio.Wait([task]);
            Assert.True(task.IsCancelled);
        }

        static async Coroutine Waits() => await Task.Delay(Timeout.Infinite, Aio.CurrentTask!.CancellationToken);
    }

    [Fact]
    public void A_wrapped_task_can_be_left_and_a_loop_task_followed_from_outside()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var never = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var error = await Aio.GatherOutcomes(Aio.CreateTask(Aio.WaitFor(Aio.Wrap(never.Task), TimeSpan.FromMilliseconds(1))));
            Assert.IsType<TimeoutException>(error[0].Error);
            Assert.Equal(3, await Aio.CreateTask(Aio.Sleep(TimeSpan.Zero, 3)).AsTask());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_cancellation_reaches_an_iterator_at_whatever_turn_it_comes(int turn)
    {
        EventLoop.Run(Body(), Options);

        async Coroutine Body()
        {
            LoopTask[] readers = [Aio.CreateTask(Read(Sleeping())), Aio.CreateTask(Read(Yielding()))];
            await Turns(turn);
            foreach (var reader in readers) reader.Cancel();
            await Turns(20);
            Assert.All(readers, reader => Assert.True(reader.IsCancelled));
        }

        static async Coroutine Turns(int count)
        {
            for (var i = 0; i < count; i++) await Aio.Sleep(TimeSpan.Zero);
        }

        static async Coroutine Read(IAsyncEnumerable<int> numbers)
        {
            await foreach (var _ in numbers) { }
        }

        static async IAsyncEnumerable<int> Sleeping()
        {
            for (var i = 0; i < 1000; i++)
            {
                await Aio.Sleep(TimeSpan.Zero);
                yield return i;
            }
        }

        static async IAsyncEnumerable<int> Yielding()
        {
            for (var i = 0; i < 1000; i++)
            {
                await Aio.Yield();
                yield return i;
            }
        }
    }
}
