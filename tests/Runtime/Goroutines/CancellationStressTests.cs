using System.Threading.Channels;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>
/// Conservation under cancellation, on real threads: what was sent and not received is in the channel, nothing else. QUINTET_STRESS=1
/// runs a hundred million operations, and the base library's channel beside it for comparison (which is told, not judged).
/// </summary>
public sealed class CancellationStressTests(ITestOutputHelper output)
{
    private static readonly int Operations = Stress.Of(100_000_000, 60_000);
    private static readonly int OperationsBeside = Stress.Of(5_000_000, 0);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Cancelled_receives_and_sends_lose_nothing(int capacity)
    {
        var seed = Stress.IsOn ? Random.Shared.Next() : 1;
        output.WriteLine($"seed {seed}");
        var tally = new Tally();
        LimitedRun.Run(async () =>
        {
            var channel = new Chan<int>(capacity);
            var (senders, receivers) = (new WaitGroup(), new WaitGroup());
            for (var s = 0; s < 2; s++) senders.Go(Sender(channel, tally, new Random(seed + s)));
            for (var r = 0; r < 2; r++) receivers.Go(Receiver(channel, tally, new Random(seed + 10 + r)));
            await senders.WaitAsync();
            channel.Close();
            await receivers.WaitAsync();
        }, new GoSchedulerOptions { MaxProcs = 2 });
        output.WriteLine($"sent {tally.Sent}, received {tally.Received}, cancelled {tally.Cancelled}");
        Assert.Equal(tally.Sent, tally.Received);
        Assert.True(tally.Cancelled > 0, "nothing was cancelled: the test shows nothing");
    }

    private static Func<GoTask> Sender(Chan<int> channel, Tally tally, Random random) => async () =>
    {
        for (var i = 0; i < Operations / 2; i++)
        {
            if (random.Next(4) != 0)
            {
                await channel.SendAsync(1);
                Interlocked.Increment(ref tally.Sent);
                continue;
            }

            if (await Cancellable(tally, random, async token => await channel.SendAsync(1, token))) Interlocked.Increment(ref tally.Sent);
        }
    };

    private static Func<GoTask> Receiver(Chan<int> channel, Tally tally, Random random) => async () =>
    {
        while (true)
        {
            var got = default(Received<int>);
            if (random.Next(2) == 0) got = await channel.ReceiveAsync();
            else if (!await Cancellable(tally, random, async token => got = await channel.ReceiveAsync(token))) continue;
            if (!got.Ok) return;
            Interlocked.Add(ref tally.Received, got.Value);
        }
    };

    private static async GoTask<bool> Cancellable(Tally tally, Random random, Func<CancellationToken, GoTask> operation)
    {
        using var source = new CancellationTokenSource();
        var canceller = new WaitGroup();
        var late = random.Next(3);
        canceller.Go(async () =>
        {
            for (var n = 0; n < late; n++) await Go.Yield();
            source.Cancel();
        });
        try
        {
            await operation(source.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref tally.Cancelled);
            return false;
        }
        finally
        {
            await canceller.WaitAsync();
        }
    }

    // dotnet/runtime #129796: a writer hands its item to a reader that has been cancelled. Told beside ours.
    [Fact]
    public async Task The_base_library_beside_it()
    {
        if (!Stress.IsOn) Assert.Skip("QUINTET_STRESS is not set");
        var channel = Channel.CreateUnbounded<int>();
        var received = 0L;
        var readers = Enumerable.Range(0, 2).Select(n => Task.Run(() => ReadAsync(new Random(n)))).ToArray();
        for (var i = 0; i < OperationsBeside; i++) channel.Writer.TryWrite(1);
        channel.Writer.Complete();
        await Task.WhenAll(readers);
        output.WriteLine($"System.Threading.Channels: sent {OperationsBeside}, received {received}");
        Assert.InRange(received, 1, OperationsBeside);

        async Task ReadAsync(Random random)
        {
            while (true)
            {
                using var source = new CancellationTokenSource();
                var cancel = Task.Run(source.Cancel);
                try
                {
                    await channel.Reader.ReadAsync(random.Next(2) == 0 ? source.Token : CancellationToken.None);
                    Interlocked.Increment(ref received);
                }
                catch (OperationCanceledException)
                {
                }
                catch (ChannelClosedException)
                {
                    return;
                }
                finally
                {
                    await cancel;
                }
            }
        }
    }

    private sealed class Tally
    {
        internal long Sent;
        internal long Received;
        internal long Cancelled;
    }
}
