namespace Quintet.Analyzers.Findings;

/// <summary>What one mention of a channel does with it.</summary>
internal enum ChannelRole
{
    /// <summary>Nothing that anybody waits for: its length, its capacity.</summary>
    Looks,

    /// <summary>A receive that waits until there is a value, with nothing else to end it.</summary>
    Receives,

    /// <summary>A receive that gives up: at once, or when a token says so.</summary>
    MayReceive,

    /// <summary>A send that waits until there is room or a receiver, with nothing else to end it.</summary>
    Sends,

    /// <summary>A send that gives up.</summary>
    MaySend,

    /// <summary>Somebody else may get hold of it, or of the operation before it is awaited.</summary>
    Escapes,
}
