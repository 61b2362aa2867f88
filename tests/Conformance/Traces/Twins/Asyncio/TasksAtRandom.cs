using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Programs of tasks that a generator of random numbers makes; it draws what the original draws, in the same order.</summary>
internal sealed partial class TasksAtRandom(Transcript t)
{
    private readonly List<LoopTask> _tasks = [];
    private readonly AsyncLock _lock = new();
    private readonly AsyncEvent _event = new();
    private readonly AsyncSemaphore _semaphore = new(1);
    private readonly AsyncCondition _condition = new();
    private readonly AsyncQueue<int> _queue = new(1);
    private readonly AsyncBarrier _barrier = new(2);
    private readonly Future<int> _future = EventLoop.Current.CreateFuture<int>();
    private int _names;

    [Twin("asyncio/89-py313-tasks-at-random")]
    internal static void All(Transcript t) => Run(t, 1, 60);

    [Twin("asyncio/90-py313-eager-tasks-at-random")]
    internal static void AllEager(Transcript t) => EventLoop.Run(Programs(t, 1, 60, eager: true), Virtual);

    internal static void Run(Transcript t, int first, int last) => EventLoop.Run(Programs(t, first, last, eager: false), Virtual);

    private static async Coroutine Programs(Transcript t, int first, int last, bool eager)
    {
        EventLoop.Current.EagerTasks = eager;
        for (var seed = first; seed <= last; seed++) await new TasksAtRandom(t).RunProgram(seed);
    }

    private static string Show(Exception e) => e switch
    {
        AggregateException group => "[" + string.Join(", ", group.InnerExceptions.Select(Show)) + "]",
        CancelledError cancelled => cancelled.CancelMessage is { } message ? "CancelledError " + message : "CancelledError",
        Odd odd => "Odd " + odd.Message,
        TimeoutException => "TimeoutError",
        QueueShutDownException => "QueueShutDown",
        BrokenBarrierException => "BrokenBarrierError",
        EventLoopException => "RuntimeError",
        _ => e.GetType().Name,
    };

    // The generator goes on from one program's tasks to the next one's, as in the original.
    [ThreadStatic]
    private static Draws? _draws;

    private static Draws Numbers => _draws ??= new Draws();

    private static int Draw(int below) => Numbers.Below(below);

    private static LoopTask Me => Aio.CurrentTask!;

    private static async Coroutine Turns(int n)
    {
        for (var i = 0; i < n; i++) await Aio.Sleep(TimeSpan.Zero);
    }

    private LoopTask Start(Coroutine coroutine, TaskGroup? group = null)
    {
        var task = group is null ? Aio.CreateTask(coroutine) : group.CreateTask(coroutine);
        _tasks.Add(task);
        return task;
    }

    private LoopTask[] StartSome(int depth)
    {
        var count = 1 + Draw(3);
        return [.. Enumerable.Range(0, count).Select(_ => Start(Sequence(depth)))];
    }

    private async Coroutine RunProgram(int seed)
    {
        Numbers.Seed(seed);
        t.Print("--", seed);
        for (var i = 2 + Draw(2); i > 0; i--) _ = Start(Sequence(3));
        await Turns(40);
        int[] left = [.. Enumerable.Range(0, _tasks.Count).Where(i => !_tasks[i].IsDone)];
        t.Print(["left", .. left.Cast<object>()]);
        foreach (var i in left) _tasks[i].Cancel("end");
        for (var i = 0; i < 20; i++)
        {
            await Turns(10);
            foreach (var task in _tasks)
                if (!task.IsDone) task.Cancel("the very end");
        }

        for (var i = 0; i < _tasks.Count; i++)
        {
            var task = _tasks[i];
            t.Print(i, task.Cancelling, !task.IsDone ? "not done" : task.IsCancelled ? "cancelled"
                : task.Exception is { } error ? Show(error) : "ok");
        }
    }

    private sealed class Odd(int n) : Exception(n.ToString());
}
