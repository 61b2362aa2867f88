using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>A stretch of a body that holds a lock that belongs to its thread.</summary>
/// <param name="Lock">Documentation id of the lock's field, or a description for anything else (<c>this</c>, a local, an
/// expression).</param>
/// <param name="Name">As the user reads it.</param>
/// <param name="Span">From where the lock is taken to where it is given up.</param>
/// <param name="Keyword">What a finding marks: <c>lock (gate)</c>, or the call that takes the lock.</param>
/// <param name="IsField">The lock is a field of this or of the type itself, so that its takers can be found.</param>
/// <param name="Awaits">Where the region suspends, if it does.</param>
/// <param name="LockKind">The type of the lock, as the user reads it: Monitor, ReaderWriterLockSlim…</param>
/// <param name="IsShared">A read lock: others may hold the like at the same time.</param>
/// <param name="OnlyTries">Gives up at once when another thread holds the lock, and so never waits.</param>
/// <param name="HasLoop">A loop over input runs while the lock is held.</param>
/// <param name="IsAwaited">Whoever waits for it holds no thread.</param>
/// <param name="Through">The member that takes the lock for the body, or runs what it is given under it; null where the body takes it
/// itself.</param>
/// <param name="Runs">Of a call that runs what it is given under the lock: the ordinals of what runs there. What else the call does is its
/// own affair.</param>
/// <param name="FieldOfOther">Documentation id of the field where the lock is one of another object: <c>lock (_registry.Gate)</c>.</param>
internal sealed record LockRegion(
    string Lock, string Name, TextSpan Span, TextSpan Keyword, bool IsField, TextSpan? Awaits, string LockKind,
    bool IsShared = false, bool OnlyTries = false, bool HasLoop = false, bool IsAwaited = false,
    string? Through = null, ImmutableArray<int> Runs = default, string? FieldOfOther = null)
{
    /// <summary>It has to be given up by the thread that took it.</summary>
    public bool BelongsToThread => LockKind != LockCall.Gate;

    /// <summary>The same text at another place.</summary>
    public LockRegion Moved(int by) => this with
    {
        Span = new TextSpan(Span.Start + by, Span.Length),
        Keyword = new TextSpan(Keyword.Start + by, Keyword.Length),
        Awaits = Awaits is { } awaits ? new TextSpan(awaits.Start + by, awaits.Length) : null,
    };
}
