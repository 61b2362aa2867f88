namespace Quintet.Node;

/// <summary>A write callback that is called in a tick, as often as it was given in a row.</summary>
internal sealed class TickedCallback(Action<Exception?> done)
{
    internal Action<Exception?> Done { get; } = done;

    internal int Count { get; set; } = 1;
}
