using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Effects;

namespace Quintet.Analyzers.Guidance;

/// <summary>
/// The article's table, once, as data, and the advice that follows from it: for this work in this context, which model, and
/// why. Messages, pages and fixes read it; nobody else knows what is good for what.
/// </summary>
internal static class Advisor
{
    public static readonly IReadOnlyList<ModelTraits> Table =
    [
        new(ConcurrencyModel.Goroutines, Parallelism: true, Preemptive: true, "many", "the Go runtime, in user space",
            "scalable servers, CPU and I/O", WorkKind.None, "goroutines run in parallel and are preempted"),
        new(ConcurrencyModel.Multiprocessing, Parallelism: true, Preemptive: true, "many processes", "the OS kernel",
            "CPU-bound jobs", WorkKind.None, "processes run in parallel, at the price of serialised messages"),
        new(ConcurrencyModel.Threads, Parallelism: false, Preemptive: true, "many threads", "the OS and the GIL",
            "I/O concurrency", WorkKind.CpuBound, "one thread at a time holds the lock, so its work does not run in parallel"),
        new(ConcurrencyModel.Asyncio, Parallelism: false, Preemptive: false, "one", "an event loop",
            "asynchronous I/O", WorkKind.Blocking | WorkKind.CpuBound, "a coroutine gives way only at an await"),
        new(ConcurrencyModel.EventLoop, Parallelism: false, Preemptive: false, "one", "the libuv event loop",
            "asynchronous I/O", WorkKind.Blocking | WorkKind.CpuBound, "each callback runs to completion on the one thread"),
    ];

    public static ModelTraits Traits(ConcurrencyModel model) => Table[(int)model];

    /// <summary>The model that a context is an instance of.</summary>
    public static ConcurrencyModel ModelOf(RunContext context) => context switch
    {
        RunContext.EventLoop => ConcurrencyModel.EventLoop,
        RunContext.Turn or RunContext.Coroutine or RunContext.Request => ConcurrencyModel.Asyncio,
        RunContext.GilThread => ConcurrencyModel.Threads,
        RunContext.WorkerProcess => ConcurrencyModel.Multiprocessing,
        _ => ConcurrencyModel.Goroutines,
    };

    /// <summary>Where the work should go instead, best first: the models that may get it, in the order of the article's last row.</summary>
    public static IReadOnlyList<ConcurrencyModel> Moves(WorkKind work, RunContext context)
    {
        if (work == WorkKind.Blocking) return [ConcurrencyModel.Asyncio, ConcurrencyModel.Goroutines];
        // A request or turn already has a core of its own: only another process, or a bounded queue, relieves it. What ran under a
        // GIL may count on being alone, as it is in a process.
        return context is RunContext.Request or RunContext.Turn or RunContext.GilThread
            ? [ConcurrencyModel.Multiprocessing, ConcurrencyModel.Goroutines]
            : [ConcurrencyModel.Goroutines, ConcurrencyModel.Multiprocessing];
    }

    /// <summary>
    /// Why a model is the better place, as the end of an action's title: what the table's first two rows say of it, and its last.
    /// </summary>
    public static string Reason(ConcurrencyModel model) => Traits(model) switch
    {
        { Parallelism: true, Preemptive: true, BestFor: var best } => model == ConcurrencyModel.Multiprocessing
            ? $"parallel and preemptive, best for {best}, at the price of messages"
            : "parallel and preemptive",
        { BestFor: var best } => $"best for {best}",
    };

    /// <summary>The end of a message: why this is wrong here and what to do.</summary>
    /// <param name="work">What is wrong here.</param>
    /// <param name="context">Where here is.</param>
    /// <param name="twin">How it is awaited instead, or null.</param>
    /// <param name="canAwait">Whether the body could be made asynchronous at all, as a constructor or an accessor could not.</param>
    public static string Sentence(WorkKind work, RunContext context, string? twin, bool canAwait = true)
    {
        var why = context switch
        {
            RunContext.Request => "every request holds a pool thread that way",
            RunContext.Turn => "the next message waits until this one is done",
            RunContext.EventLoop or RunContext.Coroutine or RunContext.GilThread => Traits(ModelOf(context)).Why,
            _ => "whoever calls this from a loop, a coroutine or a request holds theirs",
        };
        if (work == WorkKind.Blocking)
        {
            if (!canAwait) return $"{why}: do it before, where it can be awaited, or move it to a thread of its own";
            return twin is null
                ? $"{why}: move it to a thread of its own, or wait asynchronously"
                : $"{why}: {twin}";
        }

        var best = Moves(work, context).Select(model => $"{NameOf(model, context)} ({Traits(model).BestFor})");
        var back = context == RunContext.EventLoop ? ", and hand only the result back to the loop" : "";
        return $"{why}: move it to {string.Join(" or ", best)}{back}";
    }

    /// <summary>The end of a message about a goroutine that holds a thread although it could wait without one.</summary>
    public static string OfGoroutine(string? twin) =>
        $"a goroutine that awaits costs no thread while it waits: {twin ?? "wait asynchronously"}";

    /// <summary>The end of a message about a callback that never returns.</summary>
    public static string OfEndless =>
        $"{Traits(ConcurrencyModel.EventLoop).Why}: let a timer run each round, or a coroutine that awaits in each";

    /// <summary>The end of a message about a thread that waits while it holds a GIL.</summary>
    public const string OfGil = "nobody else runs meanwhile: release it around the call with AllowThreads";

    /// <summary>What the cause does to the thread, in words.</summary>
    public static string Doing(BlockKind kind) => kind switch
    {
        BlockKind.Sleep => "while it sleeps",
        BlockKind.Task => "while it waits for a task",
        BlockKind.File => "while the disk answers",
        BlockKind.Network => "while the network answers",
        BlockKind.Database => "while the database answers",
        BlockKind.Process => "while a process runs",
        BlockKind.Console => "while somebody types",
        BlockKind.Parallel => "until all parallel work is done",
        _ => "while it waits",
    };

    /// <summary>How the cause is awaited instead, from its catalogue line; null when it has no asynchronous form.</summary>
    public static string? TwinOf(Step cause)
    {
        if (cause.BlockKind == BlockKind.Task && cause.Entry?.Twin is null or "await" or "auto") return "await the task";
        if (cause.Name == Step.EnumeratedQuery) return "await ToListAsync, or await foreach over AsAsyncEnumerable";
        if (cause.Name.EndsWith(Step.GivenQuery, StringComparison.Ordinal)) return "await ToListAsync before";
        if (cause.Name.StartsWith("ReaderWriterLockSlim.", StringComparison.Ordinal))
            return "hold it over memory only, or await a SemaphoreSlim";
        if (cause.Entry?.Twin is not { } twin) return null;
        if (twin == "await") return "await it";
        if (twin != "auto")
        {
            // The type, without the letter before it where it stands in no namespace, and without the number of its parameters.
            var plain = ApiCatalogue.WithoutParameters(twin.Substring(twin.IndexOf(':') + 1)).Split('.');
            return plain.Length < 2 ? $"await {plain[0]}" : $"await {plain[plain.Length - 2].Split('`')[0]}.{plain[plain.Length - 1]}";
        }

        return $"await {cause.Name}Async";
    }

    /// <summary>What runs on the pool already is not relieved by <c>Task.Run</c>, which everybody else has at hand.</summary>
    private static string NameOf(ConcurrencyModel model, RunContext context) => model switch
    {
        ConcurrencyModel.Goroutines => context is RunContext.EventLoop or RunContext.Coroutine ? "goroutines or Task.Run" : "goroutines",
        ConcurrencyModel.Multiprocessing => "a process pool",
        ConcurrencyModel.Threads => "threads",
        ConcurrencyModel.Asyncio => "coroutines",
        _ => "an event loop",
    };
}
