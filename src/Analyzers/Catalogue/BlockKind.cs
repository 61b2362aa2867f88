namespace Quintet.Analyzers.Catalogue;

/// <summary>What a blocking member waits for.</summary>
internal enum BlockKind
{
    None,
    Sleep,
    Wait,

    /// <summary>Waits for a task: sync-over-async.</summary>
    Task,
    File,
    Network,
    Database,
    Process,
    Console,

    /// <summary>Runs work on other threads and waits for all of it (Parallel.For).</summary>
    Parallel,
}
