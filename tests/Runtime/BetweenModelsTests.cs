using Quintet.Asyncio;
using Quintet.Goroutines;
using Quintet.Multiprocessing;
using Quintet.Node;
using Quintet.Tests.Runtime.Multiprocessing;

namespace Quintet.Tests.Runtime;

/// <summary>Each model waits for the others, goes on where it was, and is cancelled across the boundary.</summary>
public sealed class BetweenModelsTests : IAsyncLifetime
{
    private static readonly EventLoopOptions Loop = new() { HandleInterrupt = false };

    private readonly ProcessPool _pool = new(new ProcessPoolOptions { WorkerCount = 1 });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Patience.EndAsync(_pool);

    [Fact]
    public void A_coroutine_awaits_a_channel_and_resumes_on_its_loop()
    {
        using var scheduler = new GoScheduler();
        var (numbers, squares) = (new Chan<int>(), new Chan<int>());
        scheduler.Run(Square(numbers, squares));
        EventLoop.Run(Body(), Loop);

        async Coroutine Body()
        {
            var thread = Environment.CurrentManagedThreadId;
            for (var i = 0; i < 100; i++)
            {
                await numbers.SendAsync(i);
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                Assert.Equal(i * i, (await squares.ReceiveAsync()).Value);
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            }

            numbers.Close();
        }

        static async GoTask Square(Chan<int> numbers, Chan<int> squares)
        {
            await foreach (var number in numbers) await squares.SendAsync(number * number);
        }
    }

    // The loop's code waits on a goroutine's thread, and is no part of that goroutine.
    [Fact]
    public void A_loop_that_runs_inside_of_a_goroutine_awaits_channels_on_its_thread() => Goroutines.LimitedRun.Run(async () =>
    {
        var (numbers, squares) = (new Chan<int>(), new Chan<int>());
        Go.Run(async () =>
        {
            await foreach (var number in numbers) await squares.SendAsync(number * number);
        });
        var received = new List<int>();
        EventLoop.Run(Body(), Loop);
        Assert.Equal([0, 1, 4], received);
        received.Clear();
        NodeLoop.Run(Main);
        Assert.Equal([9, 16, 25], received);
        numbers.Close();

        async Coroutine Body()
        {
            for (var i = 0; i < 3; i++) await Ask(i);
        }

        async Promise Main()
        {
            for (var i = 3; i < 6; i++) await Ask(i);
        }

        async Task Ask(int number)
        {
            var thread = Environment.CurrentManagedThreadId;
            await numbers.SendAsync(number);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            received.Add((await squares.ReceiveAsync()).Value);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        }
    }, new GoSchedulerOptions { MaxProcs = 1 });

    [Fact]
    public void A_loop_awaits_a_goroutine_and_gets_what_it_returns_or_throws()
    {
        EventLoop.Run(Body(), Loop);

        static async Coroutine Body()
        {
            var thread = Environment.CurrentManagedThreadId;
            Assert.Equal(42, await Answer(42));
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            FormatException? thrown = null;
            try
            {
                await Answer(-1);
            }
            catch (FormatException error)
            {
                thrown = error;
            }

            Assert.NotNull(thrown);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        }

        static async GoTask<int> Answer(int value)
        {
            await Go.Yield();
            return value > 0 ? value : throw new FormatException();
        }
    }

    [Fact]
    public void Cancelling_a_coroutine_ends_its_wait_for_a_channel_and_takes_no_value()
    {
        EventLoop.Run(Body(), Loop);

        static async Coroutine Body()
        {
            var channel = new Chan<int>();
            var task = Aio.CreateTask(Wait(channel));
            await Aio.Sleep(TimeSpan.FromMilliseconds(1));
            task.Cancel();
            await Aio.Wait([task]);
            Assert.True(task.IsCancelled);
            Assert.False(channel.TrySend(1), "the cancelled receive still waits");
        }

        static async Coroutine Wait(Chan<int> channel) => await channel.ReceiveAsync(Aio.CurrentTask!.CancellationToken);
    }

    [Fact]
    public void A_promise_awaits_a_channel_a_process_and_a_sequence_and_resumes_on_its_loop()
    {
        var sum = 0;
        NodeLoop.Run(Body);
        Assert.Equal(7 + 49 + 3, sum);

        async Promise Body()
        {
            var thread = Environment.CurrentManagedThreadId;
            var numbers = new Chan<int>(1);
            await numbers.SendAsync(7);
            sum += (await numbers.ReceiveAsync()).Value;
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            sum += await _pool.RunAsync(WorkerFunctions.Square, 7);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            await foreach (var number in Count()) sum += number;
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        }

        static async IAsyncEnumerable<int> Count()
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
    }

    [Fact]
    public void An_aborted_signal_ends_a_promises_wait_for_a_process()
    {
        var cancelled = false;
        NodeLoop.Run(Body);
        Assert.True(cancelled);

        async Promise Body()
        {
            await _pool.RunAsync(WorkerFunctions.Square, 1);
            var controller = new AbortController();
            NodeLoop.Current.SetImmediate(() => controller.Abort());
            try
            {
                await _pool.RunAsync(WorkerFunctions.SleepUntilCancelled, 0, controller.Signal.Token);
            }
            catch (OperationCanceledException)
            {
                cancelled = true;
            }
        }
    }

    [Fact]
    public void A_coroutine_awaits_a_process_and_its_cancellation_reaches_it()
    {
        EventLoop.Run(Body(), Loop);

        async Coroutine Body()
        {
            var thread = Environment.CurrentManagedThreadId;
            Assert.Equal(81, await _pool.RunAsync(WorkerFunctions.Square, 9));
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            var waiting = Aio.CreateTask(Wait());
            await Aio.Yield();
            waiting.Cancel();
            await Aio.Wait([waiting]);
            Assert.True(waiting.IsCancelled);
            Assert.Equal(4, await _pool.RunAsync(WorkerFunctions.Square, 2));
        }

        async Coroutine Wait() =>
            await _pool.RunAsync(WorkerFunctions.SleepUntilCancelled, 0, Aio.CurrentTask!.CancellationToken);
    }

    [Fact]
    public void A_goroutine_awaits_a_process() => GoScheduler.Run(async () =>
    {
        var scheduler = GoScheduler.Current;
        Assert.Equal(49, await _pool.RunAsync(WorkerFunctions.Square, 7));
        Assert.Same(scheduler, GoScheduler.Current);
        InvalidOperationException? thrown = null;
        try
        {
            await _pool.RunAsync(WorkerFunctions.Fail, 3);
        }
        catch (InvalidOperationException error)
        {
            thrown = error;
        }

        Assert.Equal("no 3", thrown?.Message);
        Assert.Same(scheduler, GoScheduler.Current);
    }, null);

    // The end of a context is the token of a process's task.
    [Fact]
    public void The_end_of_a_context_ends_the_wait_for_a_process() => GoScheduler.Run(async () =>
    {
        await _pool.RunAsync(WorkerFunctions.Square, 1);
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        Go.Run(async () =>
        {
            await Go.Yield();
            cancel();
        });
        var cancelled = false;
        try
        {
            await _pool.RunAsync(WorkerFunctions.SleepUntilCancelled, 0, context.AsToken());
        }
        catch (OperationCanceledException)
        {
            cancelled = true;
        }

        Assert.True(cancelled);
    }, null);

    [Fact]
    public void A_goroutine_awaits_a_coroutine_of_another_loop() => GoScheduler.Run(async () =>
    {
        var scheduler = GoScheduler.Current;
        var loop = Task.Run(() => EventLoop.Run(Aio.Sleep(TimeSpan.FromMilliseconds(1), "slept"), Loop));
        Assert.Equal("slept", await loop);
        Assert.Same(scheduler, GoScheduler.Current);
    }, null);
}
