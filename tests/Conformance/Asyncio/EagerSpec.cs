using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Eager tasks: up to its first wait, a task runs inside of the call that makes it. Rules from test_eager_task_factory.</summary>
public sealed class EagerSpec : AsyncioSpec
{
    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.eager_task_factory_set")]
    public void The_loop_says_whether_its_tasks_are_eager() => RunEagerly(async () =>
    {
        Assert.True(EventLoop.Current.EagerTasks);
        await Aio.CreateTask(Nothing());
        EventLoop.Current.EagerTasks = false;
        // The near miss: a task that is not eager has not begun.
        Assert.False(Aio.CreateTask(Nothing()).IsDone);
    });

    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.eager_completion")]
    public void A_body_without_a_wait_is_done_at_once() => RunEagerly(async () =>
    {
        var task = Aio.CreateTask(Value("hello"));
        Assert.True(task.IsDone);
        Assert.Equal("hello", await task);
    });

    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.await_future_during_eager_step")]
    public void The_eager_step_may_complete_what_its_maker_awaits() => RunEagerly(async () =>
    {
        var future = EventLoop.Current.CreateFuture<string>();
        var task = Aio.CreateTask(Set());
        Assert.True(task.IsDone);
        Assert.Equal("my message", await future);

        async Coroutine Set() => future.SetResult("my message");
    });

    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.block_after_eager_step")]
    public void A_body_that_waits_goes_on_later() => RunEagerly(async () =>
    {
        var task = Aio.CreateTask(Late("finished after blocking"));
        Assert.False(task.IsDone);
        Assert.Equal("finished after blocking", await task);
        Assert.True(task.IsDone);
    });

    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.cancellation_after_eager_completion")]
    public void What_is_done_cannot_be_cancelled() => RunEagerly(async () =>
    {
        var task = Aio.CreateTask(Value("finished without blocking"));
        Assert.False(task.Cancel());
        Assert.Equal("finished without blocking", await task);
        Assert.False(task.IsCancelled);
    });

    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.cancellation_after_eager_step_blocks")]
    public void What_waits_is_cancelled_with_its_message() => RunEagerly(async () =>
    {
        var task = Aio.CreateTask(Late("never"));
        Assert.True(task.Cancel("cancellation message"));
        Assert.True(task.Cancelling > 0);
        Assert.Equal("cancellation message", (await Fails<CancelledError>(task)).CancelMessage);
    });

    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.current_task")]
    public void The_current_task_is_the_same_before_and_after_the_first_wait() => RunEagerly(async () =>
    {
        var outer = Aio.CurrentTask;
        LoopTask? seen = null;
        var task = Aio.CreateTask(Look());
        Assert.Same(seen, task);
        Assert.Same(outer, Aio.CurrentTask);
        await task;

        async Coroutine Look()
        {
            seen = Aio.CurrentTask;
            await Aio.Sleep(Seconds(.1));
            Assert.Same(seen, Aio.CurrentTask);
        }
    });

    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.all_tasks_with_eager_completion")]
    public void A_task_is_among_all_tasks_in_its_eager_step_only() => RunEagerly(async () =>
    {
        IReadOnlyList<LoopTask> seen = [];
        var task = Aio.CreateTask(Look());
        Assert.Contains(task, seen);
        Assert.DoesNotContain(task, EventLoop.Current.AllTasks());

        async Coroutine Look() => seen = EventLoop.Current.AllTasks();
    });

    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.all_tasks_with_blocking")]
    public void A_task_that_waits_stays_among_all_tasks() => RunEagerly(async () =>
    {
        var loop = EventLoop.Current;
        var (first, second) = (loop.CreateFuture<bool>(), loop.CreateFuture<bool>());
        IReadOnlyList<LoopTask> seen = [];
        var task = Aio.CreateTask(Look());
        Assert.Contains(task, seen);
        Assert.Contains(task, loop.AllTasks());
        first.SetResult(true);
        await second;
        Assert.DoesNotContain(task, loop.AllTasks());

        async Coroutine Look()
        {
            seen = loop.AllTasks();
            await first;
            second.SetResult(true);
        }
    });

    [Fact, Pins("test_eager_task_factory.EagerTaskFactoryLoop.context_vars")]
    public void The_eager_step_has_async_local_values_of_its_own() => RunEagerly(async () =>
    {
        var variable = new AsyncLocal<int> { Value = 1 };
        var steps = 0;
        var task = Aio.CreateTask(Change());
        Assert.Equal((1, 1), (steps, variable.Value));
        await task;
        Assert.Equal((2, 1), (steps, variable.Value));

        async Coroutine Change()
        {
            Assert.Equal(1, variable.Value);
            variable.Value = 2;
            steps++;
            await Aio.Sleep(Seconds(.1));
            Assert.Equal(2, variable.Value);
            variable.Value = 3;
            steps++;
        }
    });

    [Fact, Pins("test_eager_task_factory.BaseTaskCounting.awaitables_chain")]
    public void Awaiting_a_coroutine_makes_no_task() => RunEagerly(async () =>
    {
        var before = EventLoop.Current.AllTasks().Count;
        Assert.Equal(100, await Chain(100));
        Assert.Equal(before, EventLoop.Current.AllTasks().Count);

        static async Coroutine<int> Chain(int depth) => depth == 0 ? 0 : 1 + await Chain(depth - 1);
    });

    [Theory, Pins("test_eager_task_factory.BaseTaskCounting.recursive_taskgroups",
        "test_eager_task_factory.BaseTaskCounting.recursive_gather")]
    [InlineData(true)]
    [InlineData(false)]
    public void Groups_in_groups_and_gathers_in_gathers_end(bool eagerly)
    {
        var leaves = 0;
        EventLoop.Run(Body(), Virtual);
        Assert.Equal(2 * 625, leaves);

        async Coroutine Body()
        {
            EventLoop.Current.EagerTasks = eagerly;
            await Groups(4);
            await Gathers(4);
            Assert.Same(Aio.CurrentTask, Assert.Single(EventLoop.Current.AllTasks()));
        }

        async Coroutine Groups(int depth)
        {
            if (depth == 0) leaves++;
            else await TaskGroup.Run(async group =>
            {
                for (var i = 0; i < 5; i++) _ = group.CreateTask(Groups(depth - 1));
            });
        }

        async Coroutine Gathers(int depth)
        {
            if (depth == 0) leaves++;
            else await Aio.Gather([.. Enumerable.Range(0, 5).Select(_ => Gathers(depth - 1))]);
        }
    }

    private static void RunEagerly(Func<Coroutine> body)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine Main()
        {
            EventLoop.Current.EagerTasks = true;
            await body();
        }
    }

    private static async Coroutine Nothing() => await Value(0);

    private static async Coroutine<T> Value<T>(T value) => value;

    private static async Coroutine<string> Late(string value)
    {
        await Aio.Sleep(Seconds(.1));
        return value;
    }
}
