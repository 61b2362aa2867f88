namespace Quintet.Analyzers.Effects;

/// <summary>What becomes of the sequence that a call gives.</summary>
internal enum SequenceUse
{
    /// <summary>Nothing that would run it, or the call gives none.</summary>
    None,

    /// <summary>It is walked through at the place of the call.</summary>
    WalkedThrough,

    /// <summary>The body gives it to its own caller.</summary>
    GivenOn,

    /// <summary>The call was made before: here its sequence is walked through.</summary>
    WalkedThroughLater,
}
