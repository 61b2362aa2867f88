namespace Quintet.Goroutines;

/// <summary>What a wait node is, and what its owner has noted on it. Written by the owner only.</summary>
[Flags]
internal enum NodeBits : byte
{
    None = 0,

    /// <summary>A case of a select, not a goroutine: whoever takes it off a queue must first win the select.</summary>
    SelectCase = 1,

    /// <summary>A frame that has been started, as a goroutine or by an await. A second start is misuse.</summary>
    Started = 2,

    /// <summary>The frame is a goroutine of its own; otherwise <see cref="Goroutine.Resume"/> is its caller.</summary>
    Root = 4,

    /// <summary>A child frame that has returned or thrown.</summary>
    Done = 8,

    /// <summary>Runs state machines of our builder, one strand of them: its own object serves as wait node and value slot.</summary>
    Strand = 16,

    /// <summary>A plain async method called from this strand waits on its own behalf, so slots must be told apart.</summary>
    HasGuests = 32,

    /// <summary>A thread that waits for a processor, not code to step through.</summary>
    Thread = 64,

    /// <summary>Bound to one thread by Go.LockThread.</summary>
    Locked = 128,
}
