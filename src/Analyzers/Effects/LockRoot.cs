namespace Quintet.Analyzers.Effects;

/// <summary>Where a member has the lock from that it takes for its caller, as its caller can name it.</summary>
internal enum LockRoot
{
    /// <summary>Somewhere out of its caller's sight; only what kind of lock it is can be told.</summary>
    Hidden,

    /// <summary>A static field.</summary>
    Static,

    /// <summary>A field of its own object, or the object itself.</summary>
    This,

    /// <summary>What it is given.</summary>
    Parameter,
}
