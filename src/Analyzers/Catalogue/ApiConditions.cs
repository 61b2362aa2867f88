namespace Quintet.Analyzers.Catalogue;

/// <summary>Facts about a call that turn its effect off.</summary>
[Flags]
internal enum ApiConditions
{
    None = 0,

    /// <summary>Silent when a time-out argument is zero: the call only looks.</summary>
    Zero = 1,

    /// <summary>Silent when the task is known to be complete.</summary>
    Completed = 2,

    /// <summary>Silent when the stream, reader or writer is known to be in memory.</summary>
    InMemory = 4,

    /// <summary>Only with CompressionLevel.SmallestSize.</summary>
    SmallestSize = 8,

    /// <summary>Only when the first argument is a stream (hashing a buffer is not heavy).</summary>
    StreamArgument = 16,

    /// <summary>Only when the receiver is an IQueryable that a database answers, not one made by AsQueryable.</summary>
    Queryable = 32,

    /// <summary>Silent on the event loop itself, which calls the delegate at once.</summary>
    OnLoop = 128,

    /// <summary>Silent when an argument says that nobody waits for the answer.</summary>
    FireAndForget = 256,

    /// <summary>Silent when the code that made the receiver has set its Blocking to false.</summary>
    NonBlocking = 512,

    /// <summary>Only when an argument asks for the whole tree: SearchOption.AllDirectories or a constant true.</summary>
    Recursive = 64,
}
