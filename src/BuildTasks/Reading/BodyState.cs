namespace Quintet.BuildTasks.Reading;

/// <summary>What became of looking through the body of a method.</summary>
internal enum BodyState : byte
{
    /// <summary>There is none, or none of a size that honest bodies have.</summary>
    None,

    /// <summary>It is known whom it names.</summary>
    Scanned,

    /// <summary>It could not be looked through; whoever reads it finds out why.</summary>
    Opaque,

    /// <summary>Where it should be there is none. Nothing is said of the method.</summary>
    Unreadable,
}
