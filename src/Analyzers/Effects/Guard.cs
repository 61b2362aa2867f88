namespace Quintet.Analyzers.Effects;

/// <summary>What a parameter has to be, or must not be, where a body awaits: <c>if (mode == Mode.Download) await …</c>.</summary>
/// <param name="Parameter">The ordinal of the body's own parameter.</param>
/// <param name="Value">A constant of an enumeration; 1 and 0 for true and false.</param>
/// <param name="Is">Whether it is that value.</param>
internal readonly record struct Guard(int Parameter, long Value, bool Is)
{
    /// <summary>Whether an argument rules it out.</summary>
    public bool IsRefutedBy(ArgumentFact argument)
    {
        long? given = argument.Knowledge switch
        {
            ArgumentKnowledge.True => 1,
            ArgumentKnowledge.False or ArgumentKnowledge.Zero => 0,
            ArgumentKnowledge.Number => argument.Number,
            _ => null,
        };
        return given is { } value && value == Value != Is;
    }
}
