namespace Quintet.Asyncio;

/// <summary>
/// The turns of a loop that nobody uses now. Taking one and giving it back costs no store that the collector has to know.
/// </summary>
internal sealed class TurnStore(EventLoop loop)
{
    private readonly TurnCoroutine?[] _turns = new TurnCoroutine?[1024];
    private int _count;

    internal Coroutine Rent()
    {
        var turn = _count > 0 ? _turns[--_count]! : new TurnCoroutine(loop);
        if (CoroutineCore.DebugLoops > 0) CoroutineCore.Track(turn);
        return new Coroutine(turn);
    }

    internal void Push(TurnCoroutine turn)
    {
        if (_count == _turns.Length) return;
        // Mostly the one that was taken last comes back, and its place still refers to it.
        ref var place = ref _turns[_count++];
        if (place != turn) place = turn;
    }
}
