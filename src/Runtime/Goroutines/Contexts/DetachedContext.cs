namespace Quintet.Goroutines;

/// <summary>A context with its parent's values that does not end with it.</summary>
internal sealed class DetachedContext(GoContext parent) : DerivedContext(parent)
{
    public override DateTimeOffset? Deadline => null;

    public override IReceiveChan<Unit> Done => Chan<Unit>.Nil;

    public override Exception? Error => null;

    private protected override bool KnowsDeadline => true;

    private protected override bool KnowsEnd => true;

    // The parent's end is nobody's here, so its cause is not to be found either.
    private protected override bool Knows(object key, out object? value)
    {
        value = null;
        return ReferenceEquals(key, CancelContext.Key);
    }

    private protected override string Tell() => ".WithoutCancel";
}
