using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>What a loop does with calls, and what happens when they fail. Rules from CPython's base_events.</summary>
public sealed class CallSpec
{
    private static readonly EventLoopOptions Options = new() { VirtualTime = true, HandleInterrupt = false };

    // A call made by a call belongs to the next turn; a stop lets the current turn end.
    [Fact]
    public void Stop_ends_the_turn_and_what_was_added_waits_for_the_next_run()
    {
        using var loop = new EventLoop(Options);
        var calls = new List<string>();
        loop.CallSoon(() =>
        {
            loop.Stop();
            loop.CallSoon(() => calls.Add("added"));
        });
        loop.CallSoon(() => calls.Add("same turn"));
        loop.RunForever();
        Assert.Equal(["same turn"], calls);
        loop.CallSoon(loop.Stop);
        loop.RunForever();
        Assert.Equal(["same turn", "added"], calls);
    }

    // Stopped before it runs, a loop runs one turn.
    [Fact]
    public void A_stop_before_the_run_leaves_one_turn()
    {
        using var loop = new EventLoop(Options);
        var calls = 0;
        loop.CallSoon(() => calls++);
        loop.Stop();
        loop.RunForever();
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    public void A_delay_that_is_not_positive_is_due_at_once_and_never_inside_the_call(double seconds)
    {
        using var loop = new EventLoop(Options);
        var calls = new List<string>();
        var start = loop.Time;
        loop.CallSoon(() =>
        {
            loop.CallLater(TimeSpan.FromSeconds(seconds), () =>
            {
                calls.Add("timer");
                loop.Stop();
            });
            calls.Add("call");
        });
        loop.RunForever();
        Assert.Equal(["call", "timer"], calls);
        Assert.Equal(start, loop.Time);
    }

    // A handle that is cancelled by an earlier call of the same turn is not run; cancelling what has run does nothing.
    [Fact]
    public void A_cancelled_handle_does_not_run_even_when_it_is_due()
    {
        using var loop = new EventLoop(Options);
        var calls = new List<string>();
        CallHandle later = default;
        var first = loop.CallSoon(() =>
        {
            calls.Add("first");
            later.Cancel();
        });
        later = loop.CallSoon(() => calls.Add("cancelled"));
        loop.CallSoon(() => calls.Add("kept"));
        loop.CallSoon(loop.Stop);
        loop.RunForever();
        first.Cancel();
        Assert.Equal(["first", "kept"], calls);
    }

    // An exception of a callback goes to the handler; the others of the turn run.
    [Fact]
    public void A_callback_that_throws_is_told_and_does_not_stop_the_others()
    {
        using var loop = new EventLoop(Options);
        var told = new List<Exception?>();
        loop.SetExceptionHandler((_, context) => told.Add(context.Exception));
        var ran = false;
        loop.CallSoon(() => throw new InvalidTimeZoneException("callback"));
        loop.CallSoon(() => ran = true);
        loop.CallSoon(loop.Stop);
        loop.RunForever();
        Assert.True(ran);
        Assert.IsType<InvalidTimeZoneException>(Assert.Single(told));
    }

    // The result of a future that fails is thrown to who runs the loop, with its own type.
    [Fact]
    public void Run_until_complete_throws_what_the_task_throws()
    {
        using var loop = new EventLoop(Options);
        Assert.Throws<InvalidTimeZoneException>(() => loop.RunUntilComplete(Throws()));
        // The near miss: the loop can be used again.
        Assert.Equal(4, loop.RunUntilComplete(Aio.Sleep(TimeSpan.FromSeconds(1), 4)));

        static async Coroutine Throws()
        {
            await Aio.Yield();
            throw new InvalidTimeZoneException("task");
        }
    }

    // A future's outcome is final; looking at one that is not there is an error.
    [Fact]
    public void A_future_takes_one_outcome()
    {
        using var loop = new EventLoop(Options);
        var future = loop.CreateFuture<int>();
        Assert.Throws<InvalidStateError>(() => future.Result);
        Assert.Throws<InvalidStateError>(() => future.Exception);
        future.SetResult(1);
        Assert.Throws<InvalidStateError>(() => future.SetResult(2));
        Assert.Throws<InvalidStateError>(() => future.SetException(new InvalidTimeZoneException()));
        Assert.False(future.Cancel());
        Assert.Equal(1, future.Result);
        Assert.Null(future.Exception);
    }

    [Fact]
    public void A_cancelled_future_throws_its_message_wherever_it_is_looked_at()
    {
        using var loop = new EventLoop(Options);
        var future = loop.CreateFuture<int>();
        Assert.True(future.Cancel("why"));
        Assert.Equal("why", Assert.Throws<CancelledError>(() => future.Result).CancelMessage);
        Assert.Equal("why", Assert.Throws<CancelledError>(() => future.Exception).CancelMessage);
        Assert.Throws<InvalidStateError>(() => future.SetResult(1));
    }

    // A second request while the first is on its way does not change what the task is told.
    [Fact]
    public void The_first_of_two_cancellations_gives_the_message()
    {
        EventLoop.Run(Body(), Options);

        static async Coroutine Body()
        {
            var task = Aio.CreateTask(Aio.Sleep(TimeSpan.FromSeconds(9)));
            await Aio.Yield();
            task.Cancel("one");
            task.Cancel("two");
            await Aio.Wait([task]);
            Assert.Equal("one", Assert.Throws<CancelledError>(() => task.Exception).CancelMessage);
            // The near miss: nothing was begun that could bring the first back.
            var unborn = Aio.CreateTask(Aio.Sleep(TimeSpan.FromSeconds(9)));
            unborn.Cancel("one");
            unborn.Cancel("two");
            await Aio.Wait([unborn]);
            Assert.Equal("two", Assert.Throws<CancelledError>(() => unborn.Exception).CancelMessage);
        }
    }
}
