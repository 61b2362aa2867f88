using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Something that goroutines park on and that reports can name.</summary>
/// <remarks>For the library's own types: a spin lock, and the means to tell who waits there.</remarks>
public abstract class ParkingPlace
{
    private const int FirstSpin = 20;
    private const int Spins = 3;

    private static int _lastId;

    private int _held;
    private bool _registered;

    private protected ParkingPlace()
    {
    }

    /// <summary>A number for reports, and the order in which select takes locks.</summary>
    internal int Id { get; } = Interlocked.Increment(ref _lastId);

    internal bool IsHeld => Volatile.Read(ref _held) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Enter()
    {
        Core.Probe.Point();
        if (Interlocked.CompareExchange(ref _held, 1, 0) != 0) EnterSlowly();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Leave()
    {
        Volatile.Write(ref _held, 0);
        Core.Probe.Point();
    }

    /// <summary>Tells the report who waits here. Called under the lock.</summary>
    internal abstract void List(ParkedReport report);

    /// <summary>Called under the lock before somebody parks: reports find only what is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void BeforeParking(Goroutine goroutine)
    {
        goroutine.Since = CoarseClock.Now;
        if (_registered) return;
        _registered = true;
        ParkingPlaces.Add(this);
    }

    /// <summary>Adds the waiters of one queue to a report.</summary>
    private protected static void List(in WaitQueue queue, string what, ParkedReport report)
    {
        for (var node = queue.First; node is not null; node = node.Next)
        {
            if (node is Goroutine goroutine) report.Add(goroutine, what);
            else report.AddCase((SelectCase)node, what);
        }
    }

    private void EnterSlowly()
    {
        // The lock is held for some ten nanoseconds, but its line travels between processors for seventy. Who finds it held stays
        // away for a microsecond, so that the other one gets on with many operations without sharing the line.
        Processor.Current?.FoundHeld();
        var spin = default(SpinWait);
        for (var round = 0; ; round++)
        {
            if (round < Spins) Thread.SpinWait(FirstSpin << round);
            else spin.SpinOnce(sleep1Threshold: -1);
            if (Volatile.Read(ref _held) == 0 && Interlocked.CompareExchange(ref _held, 1, 0) == 0) return;
        }
    }
}
