namespace Quintet.Goroutines;

/// <summary>A context that never ends and has no values.</summary>
internal sealed class RootContext(string name) : GoContext
{
    public override DateTimeOffset? Deadline => null;

    public override IReceiveChan<Unit> Done => Chan<Unit>.Nil;

    public override Exception? Error => null;

    public override object? Value(object key) => null;

    public override string ToString() => name;
}
