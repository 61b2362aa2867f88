using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.CodeFixes;

/// <summary>One kind of change that brings code to another model, for one finding or for many at once.</summary>
internal abstract class Move
{
    /// <summary>Last part of the equivalence key; the same for every finding that is moved this way.</summary>
    public abstract string Kind { get; }

    /// <summary>The action's title, or null when this move does not apply at a site; binds there and along its path.</summary>
    protected abstract Task<string?> OfferAsync(Site site, CancellationToken cancellation);

    /// <summary>Offered only where none of the moves before it is.</summary>
    public virtual bool IsLastResort => false;

    /// <summary>
    /// The action's title, or null where the move does not apply or where its plan says already now that nothing would come of it: an
    /// action that changes nothing is worse than none.
    /// </summary>
    public async Task<string?> TitleAsync(Site site, CancellationToken cancellation) =>
        await OfferAsync(site, cancellation).ConfigureAwait(false) is { } title
            && await Plan.HoldsAsync(site, cancellation).ConfigureAwait(false)
            ? title
            : null;

    /// <summary>Who carries the move out. Moves of one carrier are planned together.</summary>
    public abstract MovePlan Plan { get; }
}
