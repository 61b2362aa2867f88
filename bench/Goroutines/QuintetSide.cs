using Quintet.Goroutines;

namespace Quintet.Bench.Goroutines;

/// <summary>The workloads on our goroutines.</summary>
internal static class QuintetSide
{
    private static readonly GoSchedulerOptions TwoProcessors = new() { MaxProcs = 2 };

    internal static void Run(string workload, int n)
    {
        using var scheduler = new GoScheduler(TwoProcessors);
        scheduler.Run(() => workload switch
        {
            "spawn" => Spawn(n),
            "pingpong" => PingPong(n),
            "spsc" => Mpmc(1, 128, n),
            "mpmc128" => Mpmc(8, 128, n),
            "mpmc0" => Mpmc(8, 0, n),
            "select2" => Selects(2, n),
            "select4" => Selects(4, n),
            "select8" => Selects(8, n),
            "sieve1500" => Sieve(1_500),
            "ring100k" => Ring(100_000, n),
            _ => throw new ArgumentException(workload),
        });
    }

    internal static double Parked(int n)
    {
        using var scheduler = new GoScheduler(TwoProcessors);
        var channel = new Chan<int>();
        var bytes = 0.0;
        scheduler.Run(async () =>
        {
            var before = Measure.Resident();
            for (var i = 0; i < n; i++) Go.Run(Park(channel));
            for (var i = 0; i < 10; i++) await Go.SleepAsync(TimeSpan.FromMilliseconds(50)); // all of them have parked by then
            bytes = (Measure.Resident() - before) / (double)n;
        });
        GC.KeepAlive(channel);
        return bytes;
    }

    private static async GoTask Park(Chan<int> channel) => await channel.ReceiveAsync();

    private static async GoTask Spawn(int n)
    {
        var group = new WaitGroup();
        group.Add(n);
        for (var i = 0; i < n; i++) Go.Run(Done(group));
        await group.WaitAsync();
    }

#pragma warning disable CS1998 // the body of the workload does not wait
    private static async GoTask Done(WaitGroup group) => group.Done();
#pragma warning restore CS1998

    private static async GoTask PingPong(int n)
    {
        var (there, back) = (new Chan<int>(), new Chan<int>());
        Go.Run(async () =>
        {
            await foreach (var v in there) await back.SendAsync(v + 1);
        });
        var ball = 0;
        for (var i = 0; i < n; i++)
        {
            await there.SendAsync(ball);
            ball = (await back.ReceiveAsync()).Value;
        }

        there.Close();
    }

    private static async GoTask Mpmc(int sides, int capacity, int n)
    {
        var channel = new Chan<int>(capacity);
        var (senders, receivers, total) = (new WaitGroup(), new WaitGroup(), 0L);
        for (var p = 0; p < sides; p++)
        {
            senders.Go(async () =>
            {
                for (var i = 0; i < n / sides; i++) await channel.SendAsync(i);
            });
            receivers.Go(async () =>
            {
                var sum = 0L;
                await foreach (var v in channel) sum += v;
                Interlocked.Add(ref total, sum);
            });
        }

        await senders.WaitAsync();
        channel.Close();
        await receivers.WaitAsync();
        Measure.Check(total == sides * ((long)(n / sides) * ((n / sides) - 1) / 2));
    }

    private static async GoTask Selects(int k, int n)
    {
        var select = new Select();
        var cases = new ReceiveCase<int>[k];
        for (var i = 0; i < k; i++)
        {
            var channel = new Chan<int>();
            cases[i] = select.Receive(channel);
            Go.Run(async () =>
            {
                for (var j = 0; j < n / k; j++) await channel.SendAsync(j);
            });
        }

        var sum = 0L;
        for (var j = 0; j < n / k * k; j++) sum += cases[await select].Value;
        Measure.Check(sum == k * ((long)(n / k) * ((n / k) - 1) / 2));
    }

    private static async GoTask Sieve(int count)
    {
        var source = new Chan<int>();
        Go.Run(Generate(source));
        var prime = 0;
        for (var i = 0; i < count; i++)
        {
            prime = (await source.ReceiveAsync()).Value;
            var next = new Chan<int>();
            Go.Run(Filter(source, next, prime));
            source = next;
        }

        Measure.Check(prime == 12_553);

        static async GoTask Generate(Chan<int> target)
        {
            for (var i = 2; ; i++) await target.SendAsync(i);
        }

        static async GoTask Filter(Chan<int> source, Chan<int> target, int prime)
        {
            while (true)
            {
                var v = (await source.ReceiveAsync()).Value;
                if (v % prime != 0) await target.SendAsync(v);
            }
        }
    }

    private static async GoTask Ring(int n, int hops)
    {
        var (first, done) = (new Chan<int>(), new Chan<bool>());
        var from = first;
        for (var i = 0; i < n; i++)
        {
            var to = i == n - 1 ? first : new Chan<int>();
            Go.Run(Pass(from, to, done));
            from = to;
        }

        await first.SendAsync(hops);
        await done.ReceiveAsync();

        static async GoTask Pass(Chan<int> from, Chan<int> to, Chan<bool> done)
        {
            await foreach (var v in from)
            {
                if (v == 0)
                {
                    await done.SendAsync(true);
                    return;
                }

                await to.SendAsync(v - 1);
            }
        }
    }
}
