namespace Quintet.Goroutines;

/// <summary>A context with its parent's values that does not end with it.</summary>
internal sealed class DetachedContext(GoContext parent) : GoContext
{
    public override DateTimeOffset? Deadline => null;

    public override IReceiveChan<Unit> Done => Chan<Unit>.Nil;

    public override Exception? Error => null;

    // The parent's end is nobody's here, so its cause is not to be found either.
    public override object? Value(object key) => ReferenceEquals(key, CancelContext.Key) ? null : parent.Value(key);

    public override string ToString() => $"{parent}.WithoutCancel";
}
