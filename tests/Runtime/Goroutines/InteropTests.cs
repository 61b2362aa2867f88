using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>Goroutines beside Task, CancellationToken, SynchronizationContext and IAsyncEnumerable, both ways.</summary>
public sealed class InteropTests
{
    [Fact]
    public async Task Plain_async_code_uses_channels_without_any_goroutine()
    {
        var channel = new Chan<int>();
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++) await channel.SendAsync(i);
            channel.Close();
        });
        var expected = 0;
        await foreach (var value in channel) Assert.Equal(expected++, value);
        await sending;
        Assert.Equal(1_000, expected);
    }

    [Fact]
    public async Task A_call_can_be_awaited_from_outside_and_throws_there()
    {
        Assert.Equal(42, await Answer());
        Assert.Equal(42, await Answer().AsTask());
        await Assert.ThrowsAsync<FormatException>(async () => await Fails());
        await Assert.ThrowsAsync<FormatException>(() => Fails().AsTask());

        static async GoTask<int> Answer()
        {
            await Go.Yield();
            return 42;
        }

        static async GoTask Fails()
        {
            await Go.Yield();
            throw new FormatException();
        }
    }

    [Fact]
    public void A_goroutine_awaits_tasks() => LimitedRun.Run(async () =>
    {
        Assert.Equal(7, await Task.Run(() => 7));
        await Task.Delay(1);
        await Assert.ThrowsAsync<FormatException>(() => Task.FromException(new FormatException()));
        Assert.NotNull(Processor.Current);
    }, new GoSchedulerOptions { MaxProcs = 1 });

    [Fact]
    public void A_plain_async_body_stays_on_its_scheduler() => LimitedRun.Run(async () =>
    {
        var scheduler = GoScheduler.Current;
        var told = new Chan<bool>();
        Go.Run(async Task () =>
        {
            await Task.Delay(1);
            var after = GoScheduler.Current == scheduler;
            await Task.Yield();
            await told.SendAsync(after && GoScheduler.Current == scheduler);
        });
        Assert.True((await told.ReceiveAsync()).Value);
    }, null);

    // A plain method inside a goroutine may wait beside it: values must not be mixed up.
    [Fact]
    public void A_plain_async_method_inside_a_goroutine_waits_on_its_own_behalf() => LimitedRun.Run(async () =>
    {
        for (var round = 0; round < 500; round++)
        {
            var (mine, its) = (new Chan<int>(), new Chan<int>());
            var plain = Plain(its);
            Go.Run(async () => await its.SendAsync(2));
            Go.Run(async () => await mine.SendAsync(1));
            Assert.Equal(1, (await mine.ReceiveAsync()).Value);
            Assert.Equal(2, await plain);
        }

        static async Task<int> Plain(Chan<int> channel) => (await channel.ReceiveAsync()).Value;
    }, new GoSchedulerOptions { MaxProcs = 2 });

    [Fact]
    public void Several_waits_of_one_plain_body_overlap() => LimitedRun.Run(async () =>
    {
        var channels = Enumerable.Range(0, 10).Select(_ => new Chan<int>()).ToArray();
        var sum = new Chan<int>();
        Go.Run(async Task () =>
        {
            var values = await Task.WhenAll(channels.Select(async channel => (await channel.ReceiveAsync()).Value));
            await sum.SendAsync(values.Sum());
        });
        for (var i = 9; i >= 0; i--) await channels[i].SendAsync(i);
        Assert.Equal(45, (await sum.ReceiveAsync()).Value);
    }, null);

    [Fact]
    public async Task A_wait_goes_on_on_the_context_where_it_began()
    {
        var context = new CountingContext();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            var channel = new Chan<int>();
            _ = Task.Run(() => channel.Send(5));
            Assert.Equal(5, (await channel.ReceiveAsync()).Value);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        Assert.True(context.Posts <= 1);
    }

    [Fact]
    public async Task A_channel_is_an_async_enumerable_that_a_token_ends()
    {
        var channel = new Chan<int>(3);
        channel.Send(1);
        channel.Send(2);
        using var stop = new CancellationTokenSource();
        var seen = 0;
        IAsyncEnumerable<int> values = channel;
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var value in values.WithCancellation(stop.Token))
            {
                if (++seen == 2) await stop.CancelAsync();
            }
        });
        Assert.Equal(2, seen);
    }

    [Fact]
    public async Task A_cancelled_token_wins_over_a_value_that_is_there()
    {
        var channel = new Chan<int>(1);
        channel.Send(1);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await channel.ReceiveAsync(new CancellationToken(true)));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await channel.SendAsync(2, new CancellationToken(true)));
        Assert.Equal(1, channel.Count);
    }

    [Fact]
    public void Async_locals_neither_flow_into_a_goroutine_nor_leak_out_of_it() => LimitedRun.Run(async () =>
    {
        var local = new AsyncLocal<int>();
        local.Value = 1;
        var (inside, after) = (new Chan<int>(), new Chan<int>());
        Go.Run(async () =>
        {
            var seen = local.Value;
            local.Value = 2;
            await inside.SendAsync(seen);
        });
        await inside.ReceiveAsync();
        Go.Run(async () => await after.SendAsync(local.Value));
        Assert.Equal(0, (await after.ReceiveAsync()).Value);
    }, new GoSchedulerOptions { MaxProcs = 1 });

    [Fact]
    public void A_call_can_be_started_once() => LimitedRun.Run(async () =>
    {
        var call = Nothing();
        await call;
        Assert.Throws<InvalidOperationException>(() => Go.Run(call));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await call);

        static async GoTask Nothing() => await Go.Yield();
    }, null);

    [Fact]
    public void A_disposed_scheduler_starts_nothing()
    {
        var scheduler = new GoScheduler();
        scheduler.Dispose();
        scheduler.Dispose();
        Assert.Throws<ObjectDisposedException>(() => LimitedRun.Run(scheduler, () => GoTask.CompletedTask));
        Assert.Throws<ObjectDisposedException>(() => scheduler.Run(GoTask.CompletedTask));
    }

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        internal int Posts => Volatile.Read(ref _posts);

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            ThreadPool.QueueUserWorkItem(_ => d(state));
        }
    }
}
