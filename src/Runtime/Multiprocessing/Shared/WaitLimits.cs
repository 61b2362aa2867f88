using System.Diagnostics;

namespace Quintet.Multiprocessing;

/// <summary>How long somebody is willing to wait.</summary>
internal readonly struct WaitLimits
{
    private readonly long _started;
    private readonly TimeSpan _timeout;

    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    internal WaitLimits(TimeSpan timeout, CancellationToken cancellation)
    {
        if (timeout != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        (_timeout, Cancellation) = (timeout, cancellation);
        _started = timeout > TimeSpan.Zero ? Stopwatch.GetTimestamp() : 0;
    }

    internal static WaitLimits None => new(Timeout.InfiniteTimeSpan, CancellationToken.None);

    internal CancellationToken Cancellation { get; }

    internal TimeSpan Left
    {
        get
        {
            if (_timeout <= TimeSpan.Zero) return _timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : TimeSpan.Zero;
            var left = _timeout - Stopwatch.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
