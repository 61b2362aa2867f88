namespace Quintet.Analyzers.Findings;

/// <summary>
/// What a diagnostic's <c>Properties</c> carry for the fixes and the tool. Its additional locations are the hops of the
/// path, outermost first; the last one is the root cause.
/// </summary>
internal static class FindingProperties
{
    /// <summary>The path in names, outermost first, joined by <c>" → "</c>: <c>Handle → Refresh → File.ReadAllText</c>.</summary>
    public const string Path = "Path";

    /// <summary>The word of <c>BlockKind</c>, or <c>Cpu</c>, or <c>Lock</c>.</summary>
    public const string Kind = "Kind";

    /// <summary><c>true</c> when the cause is written in the flagged body, absent when it is reached through calls.</summary>
    public const string Direct = "Direct";

    /// <summary>The word of <c>RunContext</c> in whose name the finding is made.</summary>
    public const string Context = "Context";

    /// <summary>The catalogue's twin of the root cause: a documentation id, <c>await</c> or <c>auto</c>; absent for none.</summary>
    public const string Twin = "Twin";

    /// <summary>Documentation id of the member that is the root cause (the primitive, or the method that burns).</summary>
    public const string Root = "Root";

    /// <summary>Further places of the flagged body that end in the same cause: <c>start+length</c>, separated by commas.</summary>
    public const string More = "More";

    /// <summary>What the tool groups by: the same for every path that ends in the same line of code.</summary>
    public const string RootCause = "RootCause";

    /// <summary>Moves that the guidance names, best first, as words of <c>ConcurrencyModel</c> separated by commas.</summary>
    public const string Moves = "Moves";

    /// <summary>For lock findings: documentation id of the lock's field, where it has one.</summary>
    public const string Lock = "Lock";

    /// <summary>For lock findings: the member that takes the lock for the body; absent where the body takes it itself.</summary>
    public const string Through = "Through";
}
