using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Waiting for several at once, all or as they come. Rules from test_tasks.</summary>
public sealed class WaitSpec : AsyncioSpec
{
    [Fact, Pins("test_tasks.BaseTask.wait", "test_tasks.BaseTask.wait_really_done")]
    public void Wait_ends_with_the_last_and_takes_no_time_again() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var start = loop.Time;
        LoopTask[] tasks = [Aio.CreateTask(Aio.Sleep(Seconds(0.1))), Aio.CreateTask(Aio.Sleep(Seconds(0.15)))];
        var (done, pending) = await Aio.Wait(tasks);
        Assert.Equal(tasks, done);
        Assert.Empty(pending);
        Assert.Equal(Seconds(0.15), loop.Time - start);
        (done, pending) = await Aio.Wait(tasks);
        Assert.Equal(tasks, done);
        Assert.Equal(Seconds(0.15), loop.Time - start);
    });

    [Fact, Pins("test_tasks.BaseTask.wait_duplicate_coroutines")]
    public void The_same_task_twice_counts_once() => Run(async () =>
    {
        var task = Aio.CreateTask(Aio.Sleep(Seconds(0.1), "test"));
        var other = Aio.CreateTask(Aio.Sleep(Seconds(0), "spam"));
        var (done, pending) = await Aio.Wait([task, other, task]);
        Assert.Equal([task, other], done);
        Assert.Empty(pending);
    });

    [Fact, Pins("test_tasks.BaseTask.wait_errors", "test_tasks.BaseTask.wait_invalid_args")]
    public void Nothing_to_wait_for_is_an_error() => Run(async () =>
    {
        await Fails<ArgumentException>(async () => await Aio.Wait(Array.Empty<LoopTask>()));
        await Fails<ArgumentNullException>(async () => await Aio.Wait<LoopTask>(null!));
    });

    [Fact, Pins("test_tasks.BaseTask.wait_first_completed")]
    public void The_first_that_is_done_ends_the_wait() => Run(async () =>
    {
        var slow = Aio.CreateTask(Aio.Sleep(Seconds(10)));
        var quick = Aio.CreateTask(Aio.Sleep(Seconds(0.1)));
        var (done, pending) = await Aio.Wait([slow, quick], returnWhen: ReturnWhen.FirstCompleted);
        Assert.Equal([quick], done);
        Assert.Equal([slow], pending);
        Assert.False(slow.IsDone);
        slow.Cancel();
    });

    // Two turns as for those that end later: the wait always is a wait.
    [Fact]
    public void One_that_is_done_already_ends_a_wait_for_the_first_after_two_turns() => Run(async () =>
    {
        var ready = EventLoop.Current.CreateFuture<int>();
        ready.SetResult(1);
        var never = EventLoop.Current.CreateFuture<int>();
        var turns = CountTurns();
        var (done, pending) = await Aio.Wait([never, ready], returnWhen: ReturnWhen.FirstCompleted);
        Assert.Equal(2, turns());
        Assert.Equal([ready], done);
        Assert.Equal([never], pending);
    });

    [Fact, Pins("test_tasks.BaseTask.wait_first_exception", "test_tasks.BaseTask.wait_first_exception_in_wait")]
    public void The_first_error_ends_the_wait_and_results_do_not() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var start = loop.Time;
        var slow = Aio.CreateTask(Aio.Sleep(Seconds(10)));
        var fine = Aio.CreateTask(Aio.Sleep(Seconds(0.001)));
        var fails = Aio.CreateTask(FailAfter(0.01));
        var (done, pending) = await Aio.Wait([slow, fine, fails], returnWhen: ReturnWhen.FirstException);
        Assert.Equal([fine, fails], done);
        Assert.Equal([slow], pending);
        Assert.Equal(Seconds(0.01), loop.Time - start);
        Assert.IsType<InvalidTimeZoneException>(fails.Exception);
        slow.Cancel();
    });

    // A cancellation is no error for that.
    [Fact]
    public void A_cancelled_one_does_not_end_a_wait_for_the_first_error() => Run(async () =>
    {
        var cancelled = Aio.CreateTask(Aio.Sleep(Seconds(10)));
        var fine = Aio.CreateTask(Aio.Sleep(Seconds(0.1)));
        EventLoop.Current.CallLater(Seconds(0.01), () => cancelled.Cancel());
        var (done, pending) = await Aio.Wait([cancelled, fine], returnWhen: ReturnWhen.FirstException);
        Assert.Equal(2, done.Count);
        Assert.Empty(pending);
    });

    [Fact, Pins("test_tasks.BaseTask.wait_with_exception")]
    public void Errors_are_outcomes_and_are_not_thrown() => Run(async () =>
    {
        LoopTask[] tasks = [Aio.CreateTask(FailAfter(0.15)), Aio.CreateTask(Aio.Sleep(Seconds(0.1)))];
        for (var i = 0; i < 2; i++)
        {
            var (done, pending) = await Aio.Wait(tasks);
            Assert.Equal(2, done.Count);
            Assert.Empty(pending);
            _ = Assert.Single(done, task => task.Exception is not null);
        }
    });

    [Fact, Pins("test_tasks.BaseTask.wait_with_timeout")]
    public void A_wait_that_takes_too_long_tells_who_is_done() => Run(async () =>
    {
        var loop = EventLoop.Current;
        var start = loop.Time;
        var first = Aio.CreateTask(Aio.Sleep(Seconds(0.1)));
        var second = Aio.CreateTask(Aio.Sleep(Seconds(0.15)));
        var (done, pending) = await Aio.Wait([second, first], Seconds(0.11));
        Assert.Equal([first], done);
        Assert.Equal([second], pending);
        Assert.Equal(Seconds(0.11), loop.Time - start);
        Assert.False(second.IsDone);
        await second;
    });

    // Done in the very moment in which the time is up.
    [Fact, Pins("test_tasks.BaseTask.wait_concurrent_complete")]
    public void One_that_is_done_with_the_timeout_counts_as_done() => Run(async () =>
    {
        var first = Aio.CreateTask(Aio.Sleep(Seconds(0.1)));
        var second = Aio.CreateTask(Aio.Sleep(Seconds(0.15)));
        await Aio.Yield();
        var (done, pending) = await Aio.Wait([second, first], Seconds(0.1));
        Assert.Equal([first], done);
        Assert.Equal([second], pending);
        await second;
    });

    [Fact, Pins("test_tasks.BaseTask.wait_with_iterator_of_tasks", "test_tasks.BaseTask.wait_generator")]
    public void Any_sequence_will_do() => Run(async () =>
    {
        var (done, pending) = await Aio.Wait(Enumerable.Range(0, 10).Select(i => Aio.CreateTask(Aio.Sleep(Seconds(0.1), i))));
        Assert.Equal(Enumerable.Range(0, 10), done.Select(task => task.Result));
        Assert.Empty(pending);
    });

    [Fact, Pins("test_tasks.BaseTask.as_completed", "test_tasks.BaseTask.as_completed_coroutine_use_running_loop")]
    public void They_come_in_the_order_in_which_they_are_done() => Run(async () =>
    {
        var start = EventLoop.Current.Time;
        var values = new List<string>();
        foreach (var next in Aio.AsCompleted([Aio.Sleep(Seconds(0.02), "b"), Aio.Sleep(Seconds(0.15), "c"), Aio.Sleep(Seconds(0.01), "a")]))
            values.Add(await next);
        Assert.Equal(["a", "b", "c"], values);
        Assert.Equal(Seconds(0.15), EventLoop.Current.Time - start);
    });

    [Fact, Pins("test_tasks.BaseTask.as_completed_same_tasks_in_as_out")]
    public void The_asynchronous_form_gives_the_tasks_themselves() => Run(async () =>
    {
        LoopTask<string>[] tasks = [Aio.CreateTask(Aio.Sleep(Seconds(0.2), "b")), Aio.CreateTask(Aio.Sleep(Seconds(0.1), "a"))];
        var seen = new List<IFuture<string>>();
        await foreach (var task in Aio.EachCompleted(tasks)) seen.Add(task);
        Assert.Equal([tasks[1], tasks[0]], seen);
    });

    [Fact, Pins("test_tasks.BaseTask.as_completed_with_timeout")]
    public void After_the_timeout_the_next_one_says_so() => Run(async () =>
    {
        var start = EventLoop.Current.Time;
        LoopTask<string>[] tasks = [Aio.CreateTask(Aio.Sleep(Seconds(0.1), "a")), Aio.CreateTask(Aio.Sleep(Seconds(0.15), "b"))];
        var values = new List<string>();
        foreach (var next in Aio.AsCompleted(tasks, Seconds(0.12)))
        {
            try
            {
                values.Add(await next);
            }
            catch (TimeoutException)
            {
                values.Add("late");
            }
        }

        Assert.Equal(["a", "late"], values);
        Assert.Equal(Seconds(0.12), EventLoop.Current.Time - start);
        Assert.False(tasks[1].IsDone);
        await Fails<TimeoutException>(async () =>
        {
            await foreach (var _ in Aio.EachCompleted([tasks[1]], Seconds(0.01))) values.Add("wrong");
        });
        Assert.Equal("b", await tasks[1]);
    });

    [Fact, Pins("test_tasks.BaseTask.as_completed_with_unused_timeout")]
    public void A_timeout_that_was_not_needed_leaves_nothing() => Run(async () =>
    {
        var start = EventLoop.Current.Time;
        foreach (var next in Aio.AsCompleted([Aio.Sleep(Seconds(0.01), "a")], Seconds(1))) Assert.Equal("a", await next);
        await Aio.Sleep(Seconds(0.005));
        Assert.Equal(Seconds(0.015), EventLoop.Current.Time - start);
    });

    // Broken off after two and taken up again: each comes once.
    [Fact, Pins("test_tasks.BaseTask.as_completed_resume_iterator")]
    public void An_iteration_that_was_broken_off_can_be_taken_up() => Run(async () =>
    {
        var items = Aio.AsCompleted(Enumerable.Range(0, 4).Select(i => Aio.Sleep(Seconds(0.1 * i), i)));
        var values = new List<int>();
        foreach (var next in items)
        {
            values.Add(await next);
            if (values.Count == 2) break;
        }

        foreach (var next in items) values.Add(await next);
        Assert.Equal([0, 1, 2, 3], values);
        Assert.Empty(items);
    });

    // Whichever wait is awaited first gets the first that is done.
    [Fact, Pins("test_tasks.BaseTask.as_completed_reverse_wait")]
    public void The_order_of_the_awaits_counts_not_that_of_the_items() => Run(async () =>
    {
        Coroutine<string>[] items = [.. Aio.AsCompleted([Aio.Sleep(Seconds(0.05), "a"), Aio.Sleep(Seconds(0.1), "b")])];
        Assert.Equal("a", await items[1]);
        Assert.Equal("b", await items[0]);
    });

    [Fact, Pins("test_tasks.BaseTask.as_completed_concurrent")]
    public void Several_of_the_waits_may_be_awaited_at_once() => Run(async () =>
    {
        LoopTask<string>[] waits =
            [.. Aio.AsCompleted([Aio.Sleep(Seconds(0.05), "a"), Aio.Sleep(Seconds(0.05), "b")]).Select(item => Aio.CreateTask(item))];
        await Aio.Wait(waits);
        Assert.Equal(["a", "b"], waits.Select(wait => wait.Result).Order());
    });

    [Fact, Pins("test_tasks.BaseTask.as_completed_duplicate_coroutines")]
    public void The_same_task_twice_comes_once() => Run(async () =>
    {
        var ham = Aio.CreateTask(Aio.Sleep(Seconds(0.1), "ham"));
        var spam = Aio.CreateTask(Aio.Sleep(Seconds(0.2), "spam"));
        var values = new List<string>();
        foreach (var next in Aio.AsCompleted([ham, ham, spam])) values.Add(await next);
        Assert.Equal(["ham", "spam"], values);
    });

    [Fact, Pins("test_tasks.BaseTask.as_completed_coroutine_without_loop", "test_tasks.BaseTask.as_completed_invalid_args")]
    public void Without_a_loop_or_an_argument_it_is_an_error()
    {
        var coroutine = Aio.Sleep(Seconds(1), 1);
        Assert.Throws<EventLoopException>(() => Aio.AsCompleted([coroutine]).ToList());
        coroutine.Close();
        Assert.Throws<ArgumentNullException>(() => Aio.AsCompleted((IEnumerable<Coroutine<int>>)null!));
    }

    private static async Coroutine FailAfter(double seconds)
    {
        await Aio.Sleep(Seconds(seconds));
        throw new InvalidTimeZoneException("really");
    }
}
