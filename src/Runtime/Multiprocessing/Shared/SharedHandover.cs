namespace Quintet.Multiprocessing;

/// <summary>
/// A worker that returns shared memory must have it open until the parent has opened it too. What results refer to is kept until the
/// parent says that it has read them.
/// </summary>
internal static class SharedHandover
{
    [ThreadStatic]
    private static List<SharedSegment>? _kept;

    [ThreadStatic]
    private static bool _opened;

    /// <summary>Collects what the codecs of this thread refer to; only a worker's result asks for it.</summary>
    internal static void Begin() => _kept = [];

    internal static void Keep(SharedSegment segment) => _kept?.Add(segment);

    internal static List<SharedSegment>? End()
    {
        var kept = _kept;
        _kept = null;
        return kept is { Count: > 0 } ? kept : null;
    }

    /// <summary>A codec of this thread has opened shared memory of the other side.</summary>
    internal static void Opened() => _opened = true;

    internal static bool TakeOpened()
    {
        var opened = _opened;
        _opened = false;
        return opened;
    }
}
