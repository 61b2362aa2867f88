using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.CodeFixes;

/// <summary>One kind of change that brings code to another model, for one finding or for many at once.</summary>
internal abstract class Move
{
    /// <summary>Last part of the equivalence key; the same for every finding that is moved this way.</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// The action's title, or null when this move does not apply. Asked while the user types: binds at the site and nowhere else.
    /// </summary>
    public abstract Task<string?> OfferAsync(Site site, CancellationToken cancellation);

    /// <summary>Who carries the move out. Moves of one carrier are planned together.</summary>
    public abstract MovePlan Plan { get; }
}
