using System.Threading.Channels;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>Deterministic runs of code that is not all of this model: plain async methods, tasks, and what they may not wait for.</summary>
public sealed class ExploredTasksTests
{
    private const int Seeds = 30;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_plain_async_method_is_awaited() => GoTest.Explore(Seeds, async () =>
    {
        var numbers = new Chan<int>();
        Go.Run(async () =>
        {
            for (var i = 1; i <= 3; i++) await numbers.SendAsync(i);
            numbers.Close();
        });
        Assert.Equal(6, await Sum(numbers));

        static async Task<int> Sum(IAsyncEnumerable<int> numbers)
        {
            var sum = 0;
            await foreach (var number in numbers) sum += number;
            await Task.Yield();
            return sum;
        }
    });

    [Fact]
    public void Tasks_that_the_run_completes_are_awaited() => GoTest.Explore(Seeds, async () =>
    {
        var question = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<int>();
        Go.Run(async () => answer.SetResult(await question.Task + 1));
        await Go.Yield();
        question.SetResult(41);
        Assert.Equal(42, await answer.Task);
        int[] both = await Task.WhenAll(After(2, 1).AsTask(), After(1, 2).AsTask());
        Assert.Equal([1, 2], both);
        Assert.Equal(3, await Go.RunAsync(() => 3));
        await Assert.ThrowsAsync<FormatException>(() => Go.RunAsync(() => throw new FormatException()));

        static async GoTask<int> After(int hours, int value)
        {
            await Go.SleepAsync(hours * Hour);
            return value;
        }
    });

    [Fact]
    public void Semaphores_of_the_base_library_guard() => GoTest.Explore(Seeds, async () =>
    {
        var inside = 0;
        using var gate = new SemaphoreSlim(1);
        var group = new WaitGroup();
        for (var i = 0; i < 3; i++)
        {
            group.Go(async () =>
            {
                await gate.WaitAsync();
                Assert.Equal(1, ++inside);
                await Go.Yield();
                inside--;
                gate.Release();
            });
        }

        await group.WaitAsync();
    });

    [Fact]
    public void Delays_by_the_clock_of_the_run_take_no_time() => GoTest.Run(1, async () =>
    {
        var clock = GoScheduler.Current.TimeProvider;
        var start = clock.GetUtcNow();
        await Task.Delay(Hour, clock);
        using var stop = new CancellationTokenSource(Hour, clock);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await new Chan<int>().ReceiveAsync(stop.Token));
        Assert.Equal(2 * Hour, clock.GetUtcNow() - start);
    });

    [Fact]
    public void Runs_with_tasks_are_deterministic_too()
    {
        var first = Enumerable.Range(1, Seeds).Select(Order).ToArray();
        Assert.Equal(first, Enumerable.Range(1, Seeds).Select(Order));
        Assert.True(first.Distinct().Count() > 5, string.Join(' ', first));

        static string Order(int seed)
        {
            var order = "";
            GoTest.Run(seed, async () =>
            {
                var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var group = new WaitGroup();
                for (var i = 0; i < 4; i++)
                {
                    var name = i;
                    group.Go(async () =>
                    {
                        await Wait();
                        order += name;
                    });
                }

                await Go.Yield();
                begin.SetResult();
                await group.WaitAsync();

                async Task Wait() => await begin.Task;
            });
            return order;
        }
    }

    // Timers of one moment: each order of what follows them is possible, and so is a stop that comes between two of them.
    [Fact]
    public void Timers_of_one_moment_meet_what_the_others_have_woken()
    {
        HashSet<(bool, string)> seen = [];
        GoTest.Explore(200, async () =>
        {
            var order = "";
            var last = GoTimer.AfterFunc(2 * Hour, async () => order += "c");
            var stopped = false;
            var group = new WaitGroup();
            group.Go(async () =>
            {
                await Go.SleepAsync(Hour);
                order += "a";
                stopped = last.Stop();
            });
            await GoTest.IdleAsync();
            last.Reset(Hour);
            group.Go(async () =>
            {
                await Go.SleepAsync(Hour);
                order += "b";
            });
            await group.WaitAsync();
            await Go.SleepAsync(Hour);
            Assert.Equal(stopped ? 2 : 3, order.Length);
            seen.Add((stopped, order));
        });
        Assert.Contains((true, "ab"), seen);
        Assert.Contains((false, "abc"), seen);
        Assert.Contains((false, "bca"), seen);
    }

    [Fact]
    public void What_another_thread_completes_is_refused()
    {
        var open = new TaskCompletionSource();
        Refused(async () => await Task.Run(() => open.Task));
        open.SetResult();
    }

    [Fact]
    public void A_delay_by_another_clock_is_refused() => Refused(async () => await Task.Delay(Hour));

    // The base library's reader goes on after ConfigureAwait(false), on the pool: nothing of the run's can hold it. The message says what
    // can be written instead, and each of these forms is explored.
    [Fact]
    public void The_base_library_s_channels_are_read_by_a_loop_or_with_synchronous_continuations()
    {
        var refusal = Refused(() => Reads(Channel.CreateUnbounded<int>(), All));
        foreach (var way in new[] { "WaitToReadAsync", "AllowSynchronousContinuations", "Chan<T>" }) Assert.Contains(way, refusal.Message);
        GoTest.Explore(Seeds, () => Reads(Channel.CreateUnbounded<int>(), Loop));
        GoTest.Explore(Seeds, () => Reads(Channel.CreateBounded<int>(1), Loop));
        GoTest.Explore(Seeds, () => Reads(Channel.CreateUnbounded<int>(new() { AllowSynchronousContinuations = true }), All));
        var inline = new BoundedChannelOptions(1) { AllowSynchronousContinuations = true };
        GoTest.Explore(Seeds, () => Reads(Channel.CreateBounded<int>(inline), All));

        static async Task All(ChannelReader<int> reader, List<int> read)
        {
            await foreach (var value in reader.ReadAllAsync()) read.Add(value);
        }

        static async Task Loop(ChannelReader<int> reader, List<int> read)
        {
            while (await reader.WaitToReadAsync())
            {
                while (reader.TryRead(out var value)) read.Add(value);
            }
        }

        static async GoTask Reads(Channel<int> channel, Func<ChannelReader<int>, List<int>, Task> readAll)
        {
            Go.Run(async () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    await channel.Writer.WriteAsync(i);
                    await Go.Yield();
                }

                channel.Writer.Complete();
            });
            var read = new List<int>();
            await readAll(channel.Reader, read);
            Assert.Equal([0, 1, 2], read);
        }
    }

    [Fact]
    public void Blocking_forms_are_refused()
    {
        Refused(async () => new Chan<int>().Receive());
        Refused(async () => new Chan<int>().Send(1));
        Refused(async () => new Select().Wait());
        Refused(async () =>
        {
            var group = new WaitGroup();
            group.Add(1);
            group.Wait();
        });

        // The near miss: where there is nothing to wait for.
        GoTest.Run(1, async () =>
        {
            var one = new Chan<int>(1);
            one.Send(1);
            Assert.Equal(1, one.Receive().Value);
            new WaitGroup().Wait();
        });
    }

    [Fact]
    public void All_of_a_run_is_bound_to_its_thread() => GoTest.Run(1, async () =>
    {
        Go.LockThread();
        await Go.Yield();
        Go.UnlockThread();
    });

    [Fact]
    public void A_main_that_has_exited_is_told() =>
        Assert.StartsWith(
            "no goroutines (main called runtime.Goexit) - deadlock!",
            Assert.Throws<GoScheduleException>(() => GoTest.Run(1, async () => Go.Exit())).InnerException!.Message);

    // Who waits for a task of a plain async method that waits for ever is asleep, and both are told.
    [Fact]
    public void A_deadlock_behind_a_task_is_a_deadlock()
    {
        var failure = Assert.Throws<GoScheduleException>(() => GoTest.Run(1, async () => await Waits()));
        var parked = Assert.IsType<GoDeadlockException>(failure.InnerException).Parked;
        Assert.Equal(2, parked.Count);
        Assert.Contains(parked, one => one.WaitsFor.StartsWith("receive from", StringComparison.Ordinal));
        Assert.Contains(parked, one => one.WaitsFor == "a task");

        static async Task Waits() => await new Chan<int>().ReceiveAsync();
    }

    [Fact]
    public void A_panic_is_told_with_its_text()
    {
        var failure = Assert.Throws<GoScheduleException>(() => GoTest.Run(1, async () =>
        {
            Go.Run(async () => throw new FormatException("bad letter"));
            await GoTest.IdleAsync();
        }));
        Assert.Contains("bad letter", failure.Message);
    }

    private static NotSupportedException Refused(Func<GoTask> body) =>
        Assert.IsType<NotSupportedException>(
            Assert.Throws<GoScheduleException>(() => Limited.Run(() => GoTest.Run(1, body), nameof(Refused))).InnerException);
}
