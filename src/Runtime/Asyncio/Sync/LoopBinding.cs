namespace Quintet.Asyncio;

/// <summary>
/// A lock, event or queue belongs to the loop on which somebody first waited for it, and to no other: another loop, on another thread,
/// would never hear of what this one does. Source: CPython <c>asyncio.mixins._LoopBoundMixin</c>.
/// </summary>
internal struct LoopBinding
{
    private EventLoop? _loop;

    /// <exception cref="EventLoopException">Another loop runs here, or none.</exception>
    internal EventLoop LoopOf(string what)
    {
        var current = EventLoop.Current;
        _loop ??= current;
        return _loop == current ? current : throw new EventLoopException($"{what} is bound to a different event loop");
    }
}
