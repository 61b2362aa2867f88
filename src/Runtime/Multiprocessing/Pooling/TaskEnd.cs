namespace Quintet.Multiprocessing.Pooling;

/// <summary>How a task of a pool, or a chunk of a map, ended.</summary>
internal enum TaskEnd
{
    /// <summary>With its result.</summary>
    Completed,

    /// <summary>It threw, or its argument or result could not cross.</summary>
    Failed,

    /// <summary>Its caller gave up, before it began or while it ran.</summary>
    Cancelled,

    /// <summary>Its worker died while it ran.</summary>
    Crashed,

    /// <summary>It ran longer than it may.</summary>
    Timeout,

    /// <summary>It never ended: the pool was terminated, or is broken.</summary>
    Abandoned,
}
