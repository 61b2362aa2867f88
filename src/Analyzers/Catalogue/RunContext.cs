namespace Quintet.Analyzers.Catalogue;

/// <summary>Where a delegate argument, or the code under a root, runs.</summary>
[Flags]
internal enum RunContext
{
    Unknown = 0,

    /// <summary>At once on the caller's thread: the caller's context.</summary>
    Caller = 1 << 0,
    EventLoop = 1 << 1,
    Turn = 1 << 2,
    Coroutine = 1 << 3,
    Request = 1 << 4,
    Parallel = 1 << 5,
    Pool = 1 << 6,
    Dedicated = 1 << 7,
    GilThread = 1 << 8,
    WorkerProcess = 1 << 9,
    StartUp = 1 << 10,
    Test = 1 << 11,

    /// <summary>Stored and run at an unknown time and place.</summary>
    Later = 1 << 12,
}
