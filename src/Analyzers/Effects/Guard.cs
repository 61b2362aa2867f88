namespace Quintet.Analyzers.Effects;

/// <summary>What a parameter has to be, or must not be, where a body awaits: <c>if (mode == Mode.Download) await …</c>.</summary>
/// <param name="Parameter">The ordinal of the body's own parameter.</param>
/// <param name="Value">A constant of an enumeration; 1 and 0 for true and false.</param>
/// <param name="Is">Whether it is that value.</param>
internal readonly record struct Guard(int Parameter, long Value, bool Is)
{
    /// <summary>Whether an argument rules it out.</summary>
    public bool IsRefutedBy(ArgumentFact argument) => argument.Whole is { } value && value == Value != Is;
}
