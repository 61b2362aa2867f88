using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

/// <summary>What a member does with locks for its caller.</summary>
/// <param name="Takes">Held when it returns.</param>
/// <param name="Gives">Given up, and held before.</param>
/// <param name="Runs">Held while it runs the delegate that is given for a parameter.</param>
/// <param name="IsScope">What it gives, or makes, gives the locks up when it is disposed of.</param>
internal sealed record LockWrapper(
    ImmutableArray<WrappedLock> Takes, ImmutableArray<WrappedLock> Gives, ImmutableArray<(int Parameter, WrappedLock Lock)> Runs,
    bool IsScope)
{
    public static readonly LockWrapper None =
        new(ImmutableArray<WrappedLock>.Empty, ImmutableArray<WrappedLock>.Empty, ImmutableArray<(int, WrappedLock)>.Empty, false);

    public bool IsNothing => Takes.IsEmpty && Gives.IsEmpty && Runs.IsEmpty;
}
