using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A call that a loop will make in its next turn. Costs no object.</summary>
public readonly struct CallHandle
{
    private readonly object? _target;
    private readonly long _position;

    internal CallHandle(CallRing ring, long position)
    {
        _target = ring;
        _position = position;
    }

    internal CallHandle(ContextCall call) => _target = call;

    /// <summary>Sees to it that the call is not made.</summary>
    /// <returns>False when it has been made.</returns>
    public bool Cancel() => _target switch
    {
        CallRing ring => ring.Cancel(_position),
        ContextCall call => call.Cancel(),
        _ => false,
    };
}
