namespace Quintet.Goroutines;

/// <summary>
/// Milliseconds since an arbitrary start, as of the last pass of a monitor: free to read where a goroutine parks, and good enough to
/// tell since when it waits. It stands still while every scheduler is idle, when nobody parks.
/// </summary>
internal static class CoarseClock
{
    private static int _now = (int)Environment.TickCount64;

    internal static int Now => _now;

    internal static void Advance() => Volatile.Write(ref _now, (int)Environment.TickCount64);
}
