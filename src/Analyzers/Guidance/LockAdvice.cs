using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Guidance;

/// <summary>
/// What the article's column about threads says of our own locks: a lock that is held over everything makes of many threads
/// what the GIL makes of Python's.
/// </summary>
internal static class LockAdvice
{
    private static string Why => Advisor.Traits(ConcurrencyModel.Threads).Why;

    public static string MoveOut(WorkKind work) => work == WorkKind.Blocking
        ? $"{Why}; do the input and output first, then publish the result under the lock"
        : $"{Why}; compute first, then publish the result under the lock";

    public static string KeepShort => $"{Why}; work on locals and take the lock once at the end, or use a concurrent collection";

    public static string Split => $"{Why}; give each group of fields a lock of its own, or the state one owner behind a channel";

    public static string Unload => $"{Why}; keep the work out of the lock, or give the state one owner behind a channel";

    public const string Serialise = "every taker waits for the device; hand the work to one owner through a channel";

    public const string LoadOnce = "every taker waits for the load; share one Lazy<Task<T>>";

    public const string AcrossAwait =
        "the thread that comes back may be another one, which cannot give the lock up; await SemaphoreSlim.WaitAsync";

    /// <summary>A context as a noun, for those who wait.</summary>
    public static string Noun(RunContext context) => context switch
    {
        RunContext.EventLoop => "an event loop",
        RunContext.Turn => "a turn",
        RunContext.Coroutine => "a coroutine",
        RunContext.Request => "a request",
        RunContext.Parallel => "a parallel body",
        _ => "",
    };
}
