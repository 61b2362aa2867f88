using System.Diagnostics;

namespace Quintet.Core;

/// <summary>
/// Marks the places inside a lock-free protocol where another thread may cut in. In debug builds a test can hang a scheduler of threads on
/// them and try the interleavings one by one; in release builds the calls are not there.
/// </summary>
internal static class Probe
{
    [ThreadStatic]
    private static Action? _reached;

    /// <summary>Called at each point that this thread passes, until it is set to null.</summary>
    internal static Action? Reached
    {
        get => _reached;
        set => _reached = value;
    }

    [Conditional("DEBUG")]
    internal static void Point() => _reached?.Invoke();
}
