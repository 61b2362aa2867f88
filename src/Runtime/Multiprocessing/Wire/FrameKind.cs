namespace Quintet.Multiprocessing.Wire;

/// <summary>What a frame says. Values are the wire's; both ends are the same program, so there is no version to negotiate.</summary>
internal enum FrameKind : byte
{
    /// <summary>Worker to parent, first: the one-time token.</summary>
    Hello = 1,

    /// <summary>Worker to parent: the initializer has run, tasks are welcome.</summary>
    Ready,

    /// <summary>Worker to parent: the initializer failed; the body is the exception.</summary>
    InitializerFailed,

    /// <summary>Parent to worker: what a function number stands for.</summary>
    Define,

    /// <summary>Parent to worker: run the initializer with this function number.</summary>
    Initialize,

    /// <summary>Parent to worker: one task; the body is function number, count of items, arguments.</summary>
    Task,

    /// <summary>Worker to parent: the results of the oldest task in flight.</summary>
    Result,

    /// <summary>Worker to parent: the oldest task in flight failed; the body is the exception.</summary>
    Error,

    /// <summary>Worker to parent: the oldest task in flight was cancelled before it began.</summary>
    Cancelled,

    /// <summary>Parent to worker: the segment of a large result has been read.</summary>
    Release,

    /// <summary>Parent to worker: this process is for one function. The body is function number and argument; the worker answers
    /// <see cref="Ready"/> when it has read it, runs it and ends, with an <see cref="Error"/> before if it failed.</summary>
    Run,

    /// <summary>Parent to worker: finish and end.</summary>
    Shutdown,
}
