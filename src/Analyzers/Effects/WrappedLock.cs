namespace Quintet.Analyzers.Effects;

/// <summary>A lock that a member takes for its caller, or gives up for it.</summary>
/// <param name="Root">Where the member has it from.</param>
/// <param name="Parameter">The ordinal of the parameter that it is, or is part of.</param>
/// <param name="Key">The key of the field; null for the parameter itself.</param>
/// <param name="Name">As the user reads it in the member.</param>
/// <param name="Kind">The type of the lock, as the user reads it.</param>
/// <param name="Members">What gives up a lock that is taken; what gave it up, of one that is given up.</param>
/// <param name="IsShared">A read lock.</param>
/// <param name="OnlyTries">Never waits for it.</param>
/// <param name="IsAnswer">The member answers whether it has the lock.</param>
internal sealed record WrappedLock(
    LockRoot Root, int Parameter, string? Key, string Name, string Kind, IReadOnlyList<string> Members, bool IsShared, bool OnlyTries,
    bool IsAnswer)
{
    public bool IsSameAs(WrappedLock other) => (Root, Parameter, Key) == (other.Root, other.Parameter, other.Key);
}
