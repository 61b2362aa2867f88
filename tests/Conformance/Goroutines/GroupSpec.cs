using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>golang.org/x/sync: errgroup_test.go, semaphore_test.go, singleflight_test.go.</summary>
public sealed class GroupSpec
{
    // TestZeroGroup: "the first call to return a non-nil error … will be returned by Wait"
    [Pins("errgroup.TestZeroGroup")]
    [Fact]
    public void A_group_tells_the_first_error() => GoTest.Explore(50, async () =>
    {
        var first = new FormatException("first");
        var group = new ErrGroup();
        group.Go(async () => await Fail(first, 1));
        group.Go(async () => await Fail(new FormatException("second"), 2));
        group.Go(async () => await Go.Yield());
        Assert.Same(first, await Thrown(group.WaitAsync));
    });

    // TestWithContext: "the derived Context is canceled the first time a function returns a non-nil error or the first time Wait returns"
    [Pins("errgroup.TestWithContext")]
    [Fact]
    public void The_first_error_cancels_the_context_and_is_its_cause() => GoTest.Run(1, async () =>
    {
        var (group, context) = ErrGroup.WithContext(GoContext.Background);
        var error = new FormatException();
        group.Go(async () => await Fail(error, 1));
        group.Go(async () => await context.Done.ReceiveAsync());
        Assert.Same(error, await Thrown(group.WaitAsync));
        Assert.Same(ContextCanceledException.Instance, context.Error);
        Assert.Same(error, context.Cause);

        var (clean, ended) = ErrGroup.WithContext(GoContext.Background);
        clean.Go(async () => await Go.Yield());
        await clean.WaitAsync();
        Assert.Same(ContextCanceledException.Instance, ended.Error);
    });

    // TestGoLimit: no more than the limit at once
    [Pins("errgroup.TestGoLimit")]
    [Fact]
    public void A_limit_bounds_the_goroutines_at_work() => GoTest.Explore(20, async () =>
    {
        var group = new ErrGroup();
        group.SetLimit(2);
        var (active, most) = (0, 0);
        for (var i = 0; i < 10; i++)
        {
            await group.GoAsync(async () =>
            {
                most = Math.Max(most, ++active);
                await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
                active--;
            });
        }

        await group.WaitAsync();
        Assert.Equal((0, 2), (active, most));
    });

    // TestTryGo
    [Pins("errgroup.TestTryGo")]
    [Fact]
    public void TryGo_starts_nothing_at_the_limit() => GoTest.Run(1, async () =>
    {
        var group = new ErrGroup();
        group.SetLimit(1);
        var release = new Chan<Unit>();
        Assert.True(group.TryGo(async () => await release.ReceiveAsync()));
        Assert.False(group.TryGo(() => GoTask.CompletedTask));
        Assert.Throws<InvalidOperationException>(() => group.SetLimit(3));
        release.Close();
        await group.WaitAsync();
        Assert.True(group.TryGo(() => GoTask.CompletedTask));
        await group.WaitAsync();
        group.SetLimit(-1);
        for (var i = 0; i < 100; i++) Assert.True(group.TryGo(() => GoTask.CompletedTask));
    });

    // TestWeightedTryAcquire
    [Pins("semaphore.TestWeightedTryAcquire")]
    [Fact]
    public void Weights_add_up_to_the_size_at_most()
    {
        var semaphore = new GoSemaphore(2);
        Assert.Equal((true, true, false), (semaphore.TryAcquire(), semaphore.TryAcquire(), semaphore.TryAcquire()));
        semaphore.Release(2);
        Assert.Equal((true, false), (semaphore.TryAcquire(1), semaphore.TryAcquire(2)));
    }

    // TestWeightedPanic: "semaphore: released more than held"
    [Pins("semaphore.TestWeightedPanic")]
    [Fact]
    public void Releasing_more_than_held_panics() =>
        Assert.Equal("semaphore: released more than held", Assert.Throws<GoRuntimeException>(() => new GoSemaphore(1).Release()).Message);

    // TestWeighted: hammer
    [Pins("semaphore.TestWeighted")]
    [Fact]
    public void What_is_held_never_exceeds_the_size() => GoTest.Explore(100, async () =>
    {
        var semaphore = new GoSemaphore(5);
        var held = 0L;
        var group = new WaitGroup();
        for (var g = 1; g <= 4; g++)
        {
            var weight = g;
            group.Go(async () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    await semaphore.AcquireAsync(GoContext.Background, weight);
                    Assert.InRange(held += weight, weight, 5);
                    await Go.Yield();
                    held -= weight;
                    semaphore.Release(weight);
                }
            });
        }

        await group.WaitAsync();
    });

    // TestWeightedDoesntBlockIfTooBig: "a request for too much waits for its context only, and does not stand in others' way"
    [Pins("semaphore.TestWeightedDoesntBlockIfTooBig")]
    [Fact]
    public void A_request_for_too_much_blocks_nobody_else() => GoTest.Run(1, async () =>
    {
        var semaphore = new GoSemaphore(2);
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        var tooBig = new WaitGroup();
        tooBig.Go(async () => Assert.Same(ContextCanceledException.Instance, await Thrown(() => semaphore.AcquireAsync(context, 3))));
        await GoTest.IdleAsync();
        for (var i = 0; i < 3; i++)
        {
            await semaphore.AcquireAsync(GoContext.Background, 1);
            semaphore.Release();
        }

        cancel();
        await tooBig.WaitAsync();
    });

    // TestLargeAcquireDoesntStarve: "Merely returning from the test function indicates success."
    [Pins("semaphore.TestLargeAcquireDoesntStarve")]
    [Fact]
    public void Small_requests_do_not_starve_a_large_one() => GoTest.Explore(20, async () =>
    {
        const int n = 4;
        var semaphore = new GoSemaphore(n);
        var running = true;
        var group = new WaitGroup();
        for (var g = 0; g < n; g++)
        {
            await semaphore.AcquireAsync(GoContext.Background);
            group.Go(async () =>
            {
                while (running)
                {
                    await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
                    semaphore.Release();
                    await semaphore.AcquireAsync(GoContext.Background);
                }

                semaphore.Release();
            });
        }

        await semaphore.AcquireAsync(GoContext.Background, n);
        running = false;
        semaphore.Release(n);
        await group.WaitAsync();
    });

    // TestAllocCancelDoesntStarve: a cancelled large request lets the small ones behind it go on
    [Pins("semaphore.TestAllocCancelDoesntStarve")]
    [Fact]
    public void A_cancelled_request_lets_those_behind_it_go_on() => GoTest.Run(1, async () =>
    {
        var semaphore = new GoSemaphore(10);
        await semaphore.AcquireAsync(GoContext.Background, 1);
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        var large = new WaitGroup();
        large.Go(async () => await Thrown(() => semaphore.AcquireAsync(context, 10)));
        await GoTest.IdleAsync();
        var small = new WaitGroup();
        small.Go(async () => await semaphore.AcquireAsync(GoContext.Background, 1));
        await GoTest.IdleAsync();
        Assert.Equal(1, small.Count);
        cancel();
        await small.WaitAsync();
        await large.WaitAsync();
    });

    // Granted, and the context ended before the goroutine could see it: the end counts, and the grant is given back. The near miss is
    // the same grant without the end.
    [Pins("semaphore.TestWeightedAcquireCanceled")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_grant_to_an_ended_context_is_given_back(bool ends) => GoTest.Explore(50, async () =>
    {
        var semaphore = new GoSemaphore(1);
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        await semaphore.AcquireAsync(GoContext.Background);
        var acquired = new Chan<bool>();
        Go.Run(async () =>
        {
            try
            {
                await semaphore.AcquireAsync(context);
                await acquired.SendAsync(true);
            }
            catch (ContextCanceledException)
            {
                await acquired.SendAsync(false);
            }
        });
        await GoTest.IdleAsync();
        semaphore.Release();
        if (ends) cancel();
        Assert.Equal(!ends, (await acquired.ReceiveAsync()).Value);
        Assert.Equal(ends, semaphore.TryAcquire());
    });

    // TestWeightedAcquireCanceled: "https://go.dev/issue/63615": a context that has ended acquires nothing
    [Pins("semaphore.TestWeightedAcquireCanceled")]
    [Fact]
    public void An_ended_context_acquires_nothing() => GoTest.Run(1, async () =>
    {
        var semaphore = new GoSemaphore(1);
        var (context, cancel) = GoContext.WithCancel(GoContext.Background);
        cancel();
        Assert.Same(ContextCanceledException.Instance, await Thrown(() => semaphore.AcquireAsync(context)));
        Assert.True(semaphore.TryAcquire());
    });

    // TestDoDupSuppress
    [Pins("singleflight.TestDoDupSuppress")]
    [Fact]
    public void Requests_for_one_key_share_a_call() => GoTest.Explore(50, async () =>
    {
        var flight = new SingleFlight<string, string>();
        var (calls, answer) = (0, new Chan<string>());
        var group = new WaitGroup();
        for (var i = 0; i < 5; i++)
        {
            group.Go(async () =>
            {
                var (value, shared) = await flight.DoAsync("key", async () =>
                {
                    calls++;
                    return (await answer.ReceiveAsync()).Value;
                });
                Assert.Equal(("bar", true), (value, shared));
            });
        }

        await GoTest.IdleAsync();
        await answer.SendAsync("bar");
        await group.WaitAsync();
        Assert.Equal(1, calls);
        Assert.Equal(("again", false), await flight.DoAsync("key", () => Value("again")));
    });

    // TestDoErr, TestPanicDo: everybody gets the exception
    [Pins("singleflight.TestDoErr", "singleflight.TestPanicDo")]
    [Fact]
    public void An_exception_is_shared_too() => GoTest.Run(1, async () =>
    {
        var flight = new SingleFlight<string, string>();
        var release = new Chan<Unit>();
        var group = new WaitGroup();
        for (var i = 0; i < 3; i++)
        {
            group.Go(async () => Assert.IsType<FormatException>(await Thrown(async () => await flight.DoAsync("key", Call))));
        }

        await GoTest.IdleAsync();
        release.Close();
        await group.WaitAsync();

        async GoTask<string> Call()
        {
            await release.ReceiveAsync();
            throw new FormatException();
        }
    });

    // TestForget
    [Pins("singleflight.TestForget")]
    [Fact]
    public void A_forgotten_key_starts_a_new_call() => GoTest.Run(1, async () =>
    {
        var flight = new SingleFlight<string, int>();
        var release = new Chan<Unit>();
        var first = flight.DoChan("key", async () =>
        {
            await release.ReceiveAsync();
            return 1;
        });
        await GoTest.IdleAsync();
        flight.Forget("key");
        Assert.Equal((2, false), await flight.DoAsync("key", () => Value(2)));
        release.Close();
        Assert.Equal(1, (await first.ReceiveAsync()).Value.Value);
    });

    private static async GoTask<T> Value<T>(T value)
    {
        await Go.Yield();
        return value;
    }

    private static async GoTask Fail(Exception error, int milliseconds)
    {
        await Go.SleepAsync(TimeSpan.FromMilliseconds(milliseconds));
        throw error;
    }

    private static async GoTask<Exception> Thrown(Func<GoTask> body)
    {
        try
        {
            await body();
        }
        catch (Exception error)
        {
            return error;
        }

        Assert.Fail("nothing was thrown");
        return null!;
    }
}
