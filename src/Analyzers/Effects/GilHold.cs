namespace Quintet.Analyzers.Effects;

/// <summary>What a body says of a global interpreter lock at one of its places.</summary>
internal enum GilHold
{
    /// <summary>Nothing: it is as it was when the body was entered.</summary>
    AsEntered,

    /// <summary>Inside of a scope that <c>Enter</c> has opened.</summary>
    Held,

    /// <summary>Inside of what <c>AllowThreads</c> was given.</summary>
    Released,
}
