using System.Threading.Channels;

namespace Quintet.Bench.Goroutines;

/// <summary>The same workloads on Task and System.Threading.Channels.</summary>
internal static class BaseLibrarySide
{
    internal static bool Run(string workload, int n)
    {
        switch (workload)
        {
            case "spawn":
                Spawn(n);
                return true;
            case "pingpong":
                PingPong(n).Wait();
                return true;
            case "spsc":
                Mpmc(1, 128, n).Wait();
                return true;
            case "mpmc128":
                Mpmc(8, 128, n).Wait();
                return true;
            case "mpmc0":
                Mpmc(8, 0, n).Wait();
                return true;
            default:
                return false; // no select, and no rendezvous chains worth comparing
        }
    }

    internal static double Parked(int n)
    {
        var channel = Channel.CreateUnbounded<int>();
        var before = Measure.Resident();
        for (var i = 0; i < n; i++) _ = Park();
        return (Measure.Resident() - before) / (double)n;

        async Task Park() => await channel.Reader.ReadAsync();
    }

    private static void Spawn(int n)
    {
        using var done = new CountdownEvent(n);
        for (var i = 0; i < n; i++) _ = Task.Run(done.Signal);
        done.Wait();
    }

    private static async Task PingPong(int n)
    {
        var (there, back) = (Channel.CreateBounded<int>(0), Channel.CreateBounded<int>(0));
        var other = Task.Run(async () =>
        {
            for (var i = 0; i < n; i++) await back.Writer.WriteAsync(await there.Reader.ReadAsync() + 1);
        });
        var ball = 0;
        for (var i = 0; i < n; i++)
        {
            await there.Writer.WriteAsync(ball);
            ball = await back.Reader.ReadAsync();
        }

        await other;
    }

    private static async Task Mpmc(int sides, int capacity, int n)
    {
        var single = sides == 1;
        var channel = Channel.CreateBounded<int>(new BoundedChannelOptions(capacity) { SingleReader = single, SingleWriter = single });
        var total = 0L;
        var senders = Enumerable.Range(0, sides).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < n / sides; i++) await channel.Writer.WriteAsync(i);
        })).ToArray();
        var receivers = Enumerable.Range(0, sides).Select(_ => Task.Run(async () =>
        {
            var sum = 0L;
            while (await channel.Reader.WaitToReadAsync())
            {
                while (channel.Reader.TryRead(out var v)) sum += v;
            }

            Interlocked.Add(ref total, sum);
        })).ToArray();
        await Task.WhenAll(senders);
        channel.Writer.Complete();
        await Task.WhenAll(receivers);
        Measure.Check(total == sides * ((long)(n / sides) * ((n / sides) - 1) / 2));
    }
}
