namespace Quintet.CodeFixes.Rewriting;

/// <summary>Who runs a function beside itself.</summary>
internal enum ParallelKind
{
    /// <summary><c>Parallel.For</c>, <c>Parallel.ForEach</c>: all rounds have ended when the call comes back.</summary>
    Loop,

    /// <summary><c>ForAll</c> of a parallel query: likewise, but nothing is kept for each thread.</summary>
    Query,

    /// <summary>Tasks that are started one after the other: what starts them goes on beside them.</summary>
    Tasks,
}
