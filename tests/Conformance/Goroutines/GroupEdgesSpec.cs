using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>The rest of golang.org/x/sync: errgroup_test.go, semaphore_test.go, singleflight_test.go.</summary>
public sealed class GroupEdgesSpec
{
    private static readonly FormatException Doom = new("doomed");

    public static TheoryData<string, bool> Results => new()
    {
        // What each function of the group does: "." returns, "!" throws; whether the group fails.
        { "", false }, { ".", false }, { "!", true }, { "!.", true }, { "..", false },
    };

    // The cause of the group's context is the first error, and without one that the context was cancelled.
    [Pins("errgroup.TestCancelCause")]
    [Theory]
    [MemberData(nameof(Results))]
    public void The_cause_of_the_context_is_the_first_error(string results, bool fails) => GoTest.Explore(10, async () =>
    {
        var (group, context) = ErrGroup.WithContext(GoContext.Background);
        foreach (var result in results) Assert.True(group.TryGo(() => result == '!' ? Fail() : GoTask.CompletedTask));
        Assert.Same(fails ? Doom : null, await ErrorOf(group.WaitAsync));
        Assert.Same(ContextCanceledException.Instance, context.Error);
        Assert.Same(fails ? Doom : ContextCanceledException.Instance, context.Cause);
    });

    // Parts of an answer are sought in parallel and told in the order of the questions.
    [Pins("errgroup.ExampleGroup_parallel")]
    [Fact]
    public void A_group_gathers_results_in_the_order_of_the_questions() => GoTest.Explore(20, async () =>
    {
        string[] kinds = ["web", "image", "video"];
        var results = new string[kinds.Length];
        var (group, _) = ErrGroup.WithContext(GoContext.Background);
        for (var i = 0; i < kinds.Length; i++)
        {
            var number = i;
            group.Go(async () =>
            {
                await Go.SleepAsync(TimeSpan.FromMilliseconds(3 - number));
                results[number] = $"{kinds[number]} result";
            });
        }

        await group.WaitAsync();
        Assert.Equal(["web result", "image result", "video result"], results);
    });

    // A group without a context waits for all and tells one error; the others go on to their ends.
    [Pins("errgroup.ExampleGroup_justErrors")]
    [Fact]
    public void An_error_does_not_stop_the_others_of_a_group_without_a_context() => GoTest.Explore(20, async () =>
    {
        var group = new ErrGroup();
        var ended = 0;
        for (var i = 0; i < 3; i++)
        {
            var fails = i == 1;
            group.Go(async () =>
            {
                if (fails) await Fail();
                await Go.SleepAsync(TimeSpan.FromMilliseconds(5));
                ended++;
            });
        }

        Assert.Same(Doom, await ErrorOf(group.WaitAsync));
        Assert.Equal(2, ended);
    });

    // A request within the size gets it, one beyond waits for its context to end, and what is held is all that counts.
    [Pins("semaphore.TestWeightedAcquire")]
    [Fact]
    public void Requests_get_what_is_free_and_wait_otherwise() => GoTest.Run(1, async () =>
    {
        var semaphore = new GoSemaphore(2);
        Assert.True(await Try(1));
        Assert.True(await Try(1));
        Assert.False(await Try(1));
        semaphore.Release(2);
        Assert.True(await Try(1));
        Assert.False(await Try(2));
        Assert.True(await Try(1));

        async GoTask<bool> Try(long weight)
        {
            var (context, cancel) = GoContext.WithTimeout(GoContext.Background, TimeSpan.FromMilliseconds(10));
            var error = await ErrorOf(() => semaphore.AcquireAsync(context, weight));
            cancel();
            if (error is not null) Assert.Same(ContextDeadlineExceededException.Instance, error);
            return error is null;
        }
    });

    [Pins("singleflight.TestDo")]
    [Fact]
    public void A_call_alone_gets_its_own_result() => Runs(async () =>
        Assert.Equal(("bar", false), await new SingleFlight<string, string>().DoAsync("key", () => Value("bar"))));

    [Pins("singleflight.TestDoChan")]
    [Fact]
    public void The_channel_gets_the_result_once() => GoTest.Run(1, async () =>
    {
        var result = new SingleFlight<string, string>().DoChan("key", () => Value("bar"));
        Assert.Equal(("bar", null, false), (await result.ReceiveAsync()).Value);
        await GoTest.IdleAsync();
        Assert.False(result.TryReceive(out _));
    });

    // Two that ask while the first call is under way get the same result, and both are told that it is shared.
    [Pins("singleflight.ExampleGroup")]
    [Fact]
    public void Channels_share_a_call_too() => GoTest.Explore(20, async () =>
    {
        var flight = new SingleFlight<string, string>();
        var block = new Chan<Unit>();
        var first = flight.DoChan("key", async () =>
        {
            await block.ReceiveAsync();
            return "func 1";
        });
        var second = flight.DoChan("key", () => Value("func 2"));
        block.Close();
        Assert.Equal(("func 1", null, true), (await first.ReceiveAsync()).Value);
        Assert.Equal(("func 1", null, true), (await second.ReceiveAsync()).Value);
    });

    // A function that leaves its goroutine takes all who wait for it along; nobody hangs, and the key is free again.
    [Pins("singleflight.TestGoexitDo")]
    [Fact]
    public void A_function_that_exits_lets_nobody_hang() => GoTest.Explore(20, async () =>
    {
        var flight = new SingleFlight<string, string>();
        var (left, returned) = (0, 0);
        var group = new WaitGroup();
        for (var i = 0; i < 5; i++)
        {
            group.Go(async () =>
            {
                try
                {
                    await flight.DoAsync("key", async () =>
                    {
                        await Go.Yield();
                        Go.Exit();
                        return "never";
                    });
                    returned++;
                }
                finally
                {
                    left++;
                }
            });
        }

        await group.WaitAsync();
        Assert.Equal((5, 0), (left, returned));
        Assert.Equal(("bar", false), await flight.DoAsync("key", () => Value("bar")));
    });

    // What the function threw is what its callers get: the same object, with the trace that it had.
    [Pins("singleflight.TestPanicErrorUnwrap")]
    [Fact]
    public void Callers_get_the_very_exception() => Runs(async () =>
    {
        var flight = new SingleFlight<string, int>();
        Assert.Same(Doom, await ErrorOf(async () => await flight.DoAsync("key", async () =>
        {
            await Fail();
            return 1;
        })));
    });

    private static async GoTask<T> Value<T>(T value)
    {
        await Go.Yield();
        return value;
    }

    private static async GoTask Fail()
    {
        await Go.Yield();
        throw Doom;
    }

    private static async GoTask<Exception?> ErrorOf(Func<GoTask> body)
    {
        try
        {
            await body();
            return null;
        }
        catch (Exception error) when (error is not GoExitException)
        {
            return error;
        }
    }
}
