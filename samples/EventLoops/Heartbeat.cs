using System.Diagnostics;

namespace Letters;

/// <summary>How long a loop did nothing else: the longest pause between two beats.</summary>
public sealed class Heartbeat
{
    private long _last = Stopwatch.GetTimestamp();

    public TimeSpan LongestPause { get; private set; }

    public void Beat()
    {
        var now = Stopwatch.GetTimestamp();
        var pause = Stopwatch.GetElapsedTime(_last, now);
        if (pause > LongestPause) LongestPause = pause;
        _last = now;
    }
}
