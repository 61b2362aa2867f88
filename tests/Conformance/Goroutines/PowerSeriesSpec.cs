using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>
/// test/chan/powser1.go: power series as goroutines that give a coefficient on demand (McIlroy, "Squinting at Power Series"). Every
/// coefficient is exact, so that a value lost, doubled or out of order is a wrong number.
/// </summary>
public sealed class PowerSeriesSpec
{
    private const int Terms = 9;

    [Pins("test/chan/powser1.go")]
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Series_that_are_added_multiplied_and_integrated_on_demand_are_exact(int maxProcs) => Runs(async () =>
    {
        await Check(Ones(), n => new Rational(1, 1));
        await Check(Add(Ones(), Ones()), n => new Rational(2, 1));
        await Check(Multiply(Ones(), Ones()), n => new Rational(n + 1, 1)); // 1/(1-x) squared
        await Check(Exponential(), n => new Rational(1, Factorial(n)));
        await Check(Multiply(Exponential(), Exponential()), n => new Rational(1L << n, Factorial(n))); // e^x e^x = e^2x
    }, maxProcs);

    private static long Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private static async GoTask Check(Series series, Func<int, Rational> expected)
    {
        for (var n = 0; n < Terms; n++) Assert.Equal(expected(n), await series.Get());
    }

    private static Series Generate(Func<Series, GoTask> body)
    {
        var series = new Series(new Chan<Unit>(), new Chan<Rational>());
        Go.Run(body(series));
        return series;
    }

    private static Series Ones() => Generate(async target =>
    {
        while (true) await target.Put(new Rational(1, 1));
    });

    private static Series Scale(Rational factor, Series source) => Generate(async target =>
    {
        while (true)
        {
            await target.Demand.ReceiveAsync();
            await target.Terms.SendAsync(factor * await source.Get());
        }
    });

    private static Series Shift(Rational first, Series rest) => Generate(async target =>
    {
        await target.Put(first);
        await Copy(rest, target);
    });

    private static Series Add(Series left, Series right) => Generate(async target =>
    {
        while (true)
        {
            await target.Demand.ReceiveAsync();
            var (a, b) = await Both(left, right);
            await target.Terms.SendAsync(a + b);
        }
    });

    // (u + xU)(v + xV) = uv + x(uV + vU) + x²UV
    private static Series Multiply(Series left, Series right) => Generate(async target =>
    {
        await target.Demand.ReceiveAsync();
        var (u, v) = await Both(left, right);
        await target.Terms.SendAsync(u * v);
        var (u1, u2) = Split(left);
        var (v1, v2) = Split(right);
        var rest = Add(Add(Scale(u, v1), Scale(v, u1)), Shift(default, Multiply(u2, v2)));
        await Copy(rest, target);
    });

    // e^x = 1 + the integral of e^x: a series that is made of itself
    private static Series Exponential()
    {
        var loop = new Series(new Chan<Unit>(), new Chan<Rational>());
        var (outer, inner) = Split(loop);
        Go.Run(Integral());
        return outer;

        async GoTask Integral()
        {
            await loop.Put(new Rational(1, 1));
            for (var n = 1; ; n++)
            {
                await loop.Demand.ReceiveAsync();
                await loop.Terms.SendAsync(await inner.Get() * new Rational(1, n));
            }
        }
    }

    private static async GoTask Copy(Series source, Series target)
    {
        while (true)
        {
            await target.Demand.ReceiveAsync();
            await target.Terms.SendAsync(await source.Get());
        }
    }

    // One goroutine asks both and takes their answers in whatever order they come: four cases, which nil disables one after the other.
    private static async GoTask<(Rational Left, Rational Right)> Both(Series left, Series right)
    {
        var select = new Select();
        SendCase<Unit>[] asks = [select.Send(left.Demand, default), select.Send(right.Demand, default)];
        ReceiveCase<Rational>[] answers = [select.Receive<Rational>(null), select.Receive<Rational>(null)];
        Series[] sources = [left, right];
        var terms = new Rational[2];
        for (var left4 = 4; left4 > 0; left4--)
        {
            var chosen = await select;
            var side = chosen == asks[0].Index || chosen == answers[0].Index ? 0 : 1;
            if (chosen == asks[side].Index)
            {
                asks[side].Target = null;
                answers[side].Source = sources[side].Terms;
            }
            else
            {
                terms[side] = answers[side].Value;
                answers[side].Source = null;
            }
        }

        return (terms[0], terms[1]);
    }

    // Two readers of one series that go on at their own speed: who is ahead has a term fetched, and the other one is served meanwhile.
    private static (Series One, Series Other) Split(Series source)
    {
        Series[] readers = [new(new Chan<Unit>(), new Chan<Rational>()), new(new Chan<Unit>(), new Chan<Rational>())];
        var fetched = new Chan<Rational>();
        Go.Run(Serve());
        return (readers[0], readers[1]);

        async GoTask Serve()
        {
            Queue<Rational>[] waiting = [new(), new()];
            var wants = new bool[2];
            var fetching = false;
            var select = new Select();
            foreach (var reader in readers) select.Receive(reader.Demand);
            var arrived = select.Receive(fetched);
            while (true)
            {
                var chosen = await select;
                if (chosen != arrived.Index) wants[chosen] = true;
                else foreach (var queue in waiting) queue.Enqueue(arrived.Value);
                fetching &= chosen != arrived.Index;
                for (var side = 0; side < 2; side++)
                {
                    if (!wants[side]) continue;
                    if (waiting[side].TryDequeue(out var term))
                    {
                        wants[side] = false;
                        await readers[side].Terms.SendAsync(term);
                    }
                    else if (!fetching)
                    {
                        fetching = true;
                        Go.Run(async () => await fetched.SendAsync(await source.Get()));
                    }
                }
            }
        }
    }

    private sealed record Series(Chan<Unit> Demand, Chan<Rational> Terms)
    {
        internal async GoTask<Rational> Get()
        {
            await Demand.SendAsync(default);
            return (await Terms.ReceiveAsync()).Value;
        }

        internal async GoTask Put(Rational term)
        {
            await Demand.ReceiveAsync();
            await Terms.SendAsync(term);
        }
    }

    /// <summary>In lowest terms; the default is zero.</summary>
    private readonly record struct Rational
    {
        private readonly long _numerator;
        private readonly long _lessThanDenominator;

        internal Rational(long numerator, long denominator)
        {
            var common = (long)System.Numerics.BigInteger.GreatestCommonDivisor(numerator, denominator);
            _numerator = numerator / common;
            _lessThanDenominator = (denominator / common) - 1;
        }

        private long Denominator => _lessThanDenominator + 1;

        public static Rational operator +(Rational a, Rational b) =>
            new((a._numerator * b.Denominator) + (b._numerator * a.Denominator), a.Denominator * b.Denominator);

        public static Rational operator *(Rational a, Rational b) => new(a._numerator * b._numerator, a.Denominator * b.Denominator);
    }
}
