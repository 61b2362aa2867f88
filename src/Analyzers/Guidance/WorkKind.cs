namespace Quintet.Analyzers.Guidance;

/// <summary>Kinds of work that a model suits or does not.</summary>
[Flags]
internal enum WorkKind
{
    None = 0,

    /// <summary>Holds the thread while something else answers.</summary>
    Blocking = 1,

    /// <summary>Keeps a core busy.</summary>
    CpuBound = 2,

    /// <summary>Waits by awaiting.</summary>
    AsyncIo = 4,
}
