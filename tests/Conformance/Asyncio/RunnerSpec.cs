using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Running a program's main coroutine, and what is done with what it leaves behind. Rules from test_runners.</summary>
public sealed class RunnerSpec : AsyncioSpec
{
    [Fact, Pins("test_runners.Run.asyncio_run_return", "test_runners.Run.asyncio_run_raises")]
    public void Run_gives_the_result_or_throws_the_error()
    {
        Assert.Equal(42, EventLoop.Run(Aio.Sleep(Seconds(0), 42), Virtual));
        Assert.Throws<InvalidTimeZoneException>(() => Run(async () =>
        {
            await Aio.Yield();
            throw new InvalidTimeZoneException();
        }));
        Assert.Null(EventLoop.CurrentOrNull);
    }

    [Theory, Pins("test_runners.Run.asyncio_run_debug", "test_runners.Runner.debug", "test_runners.Runner.non_debug")]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_has_the_debug_mode_that_was_asked_for(bool debug)
    {
        Assert.Equal(debug, EventLoop.Run(IsDebug(), Virtual with { Debug = debug }));
        using var runner = new Runner(Virtual with { Debug = debug });
        Assert.Equal(debug, runner.Loop.Debug);

        static async Coroutine<bool> IsDebug() => EventLoop.Current.Debug;
    }

    [Fact, Pins("test_runners.Run.asyncio_run_from_running_loop", "test_runners.Runner.recursive_run")]
    public void Run_inside_a_loop_is_refused() => Run(async () =>
    {
        var coroutine = Aio.Sleep(Seconds(0));
        Assert.Throws<EventLoopException>(() => EventLoop.Run(coroutine, Virtual));
        using var runner = new Runner(Virtual);
        Assert.Throws<EventLoopException>(() => runner.Run(coroutine));
        await coroutine;
    });

    [Fact, Pins("test_runners.Run.asyncio_run_cancels_hanging_tasks")]
    public void Tasks_that_are_left_are_cancelled_and_waited_for()
    {
        LoopTask? left = null;
        var cleaned = false;
        var result = EventLoop.Run(Main(), Virtual);
        Assert.Equal(123, result);
        Assert.True(left!.IsCancelled);
        Assert.True(cleaned);

        async Coroutine<int> Main()
        {
            left = Aio.CreateTask(Lazy());
            await Aio.Yield();
            return 123;
        }

        async Coroutine Lazy()
        {
            try
            {
                await Aio.Sleep(Seconds(1000));
            }
            finally
            {
                await Aio.Sleep(Seconds(1));
                cleaned = true;
            }
        }
    }

    [Fact, Pins("test_runners.Run.asyncio_run_reports_hanging_tasks_errors")]
    public void Errors_of_tasks_that_are_left_are_told()
    {
        var told = new List<LoopExceptionContext>();
        Run(async () =>
        {
            EventLoop.Current.SetExceptionHandler((_, context) => told.Add(context));
            _ = Aio.CreateTask(Lazy());
            await Aio.Yield();
        });
        var context = Assert.Single(told);
        Assert.Contains("asyncio.run() shutdown", context.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidTimeZoneException>(context.Exception);

        static async Coroutine Lazy()
        {
            try
            {
                await Aio.Sleep(Seconds(1000));
            }
            catch (CancelledError)
            {
                throw new InvalidTimeZoneException();
            }
        }
    }

    [Fact, Pins("test_runners.Run.asyncio_run_closes_gens_after_hanging_tasks_errors")]
    public void Iterators_are_disposed_of_after_the_tasks_that_are_left()
    {
        var order = new List<string>();
        Run(async () =>
        {
            EventLoop.Current.SetExceptionHandler((_, _) => { });
            var iterator = EventLoop.Current.Watch(Numbers().GetAsyncEnumerator());
            await iterator.MoveNextAsync();
            _ = Aio.CreateTask(Lazy());
            await Aio.Yield();
        });
        Assert.Equal(["task", "iterator"], order);

        async Coroutine Lazy()
        {
            try
            {
                await Aio.Sleep(Seconds(1000));
            }
            finally
            {
                order.Add("task");
            }
        }

        async IAsyncEnumerable<int> Numbers()
        {
            try
            {
                await Aio.Yield();
                yield return 1;
            }
            finally
            {
                order.Add("iterator");
            }
        }
    }

    [Fact, Pins("test_runners.Runner.run", "test_runners.Runner.run_future")]
    public void A_runner_runs_several_on_one_loop()
    {
        using var runner = new Runner(Virtual);
        Assert.Equal("first", runner.Run(Where("first")).Text);
        var (text, loop) = runner.Run(Where("second"));
        Assert.Equal("second", text);
        Assert.Same(runner.Loop, loop);

        static async Coroutine<(string Text, EventLoop Loop)> Where(string text)
        {
            await Aio.Yield();
            return (text, EventLoop.Current);
        }
    }

    [Fact, Pins("test_runners.Runner.explicit_close", "test_runners.Runner.double_close", "test_runners.Runner.second_with_block_raises")]
    public void A_runner_that_is_disposed_of_runs_no_more()
    {
        var runner = new Runner(Virtual);
        var loop = runner.Loop;
        runner.Dispose();
        Assert.True(loop.IsClosed);
        Assert.Throws<EventLoopException>(() => runner.Loop);
        var coroutine = Aio.Sleep(Seconds(0));
        Assert.Throws<EventLoopException>(() => runner.Run(coroutine));
        coroutine.Close();
        runner.Dispose();
    }

    [Fact, Pins("test_runners.Runner.run_keeps_context")]
    public void Values_that_one_main_sets_are_there_for_the_next()
    {
        var variable = new AsyncLocal<int> { Value = 1 };
        using var runner = new Runner(Virtual);
        Assert.Equal(1, runner.Run(Set(2)));
        Assert.Equal(2, runner.Run(Set(3)));
        Assert.Equal(3, runner.Run(Set(0)));
        Assert.Equal(1, variable.Value);

        async Coroutine<int> Set(int value)
        {
            var old = variable.Value;
            await Aio.Yield();
            variable.Value = value;
            return old;
        }
    }
}
