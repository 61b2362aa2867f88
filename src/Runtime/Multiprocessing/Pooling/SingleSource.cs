namespace Quintet.Multiprocessing.Pooling;

/// <summary>A unit in the queue.</summary>
internal sealed class SingleSource(WorkUnit unit) : WorkSource
{
    private WorkUnit? _unit = unit;

    internal override int Remaining => _unit is null ? 0 : 1;

    internal override WorkUnit? Take()
    {
        var unit = _unit;
        _unit = null;
        return unit;
    }

    internal override void FailRest(Func<Exception> reason) => Take()?.Fail(reason());
}
