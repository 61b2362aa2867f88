namespace Quintet.Goroutines;

/// <summary>A context with one more value.</summary>
internal sealed class ValueContext(GoContext parent, object key, object? value) : GoContext
{
    public override DateTimeOffset? Deadline => parent.Deadline;

    public override IReceiveChan<Unit> Done => parent.Done;

    public override Exception? Error => parent.Error;

    public override object? Value(object wanted) => key.Equals(wanted) ? value : parent.Value(wanted);

    public override string ToString() => $"{parent}.WithValue({key}, {value})";
}
