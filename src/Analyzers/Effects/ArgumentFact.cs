using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>What a call site knows about one argument, in terms of the caller's own parameters.</summary>
/// <param name="Knowledge">What is known.</param>
/// <param name="Parameter">The ordinal of the caller's own parameter.</param>
/// <param name="Function">The key of the delegate's body.</param>
/// <param name="Types">Every type that the object is of: see <see cref="TypeNames"/>.</param>
/// <param name="Number">The number that is written down.</param>
/// <param name="IsRecord">An object of few values, or the text that it is written as.</param>
/// <param name="IsText">It is the parameter as text: only how much there is of it is the same.</param>
/// <param name="Text">The text that is written down.</param>
/// <param name="IsNegated">It is the opposite of the parameter.</param>
/// <param name="IsOf">Types that the object is of, and perhaps of more: what it is declared as.</param>
internal readonly record struct ArgumentFact(
    ArgumentKnowledge Knowledge, int Parameter = -1, string? Function = null, string? Types = null, long Number = 0,
    bool IsRecord = false, bool IsText = false, string? Text = null, bool IsNegated = false,
    string? IsOf = null)
{
    /// <summary>The whole number that is given, true being one.</summary>
    public long? Whole => Knowledge switch
    {
        ArgumentKnowledge.True => 1,
        ArgumentKnowledge.False or ArgumentKnowledge.Zero => 0,
        ArgumentKnowledge.Number => Number,
        _ => null,
    };
}
