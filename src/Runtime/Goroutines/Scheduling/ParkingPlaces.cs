using System.Runtime.InteropServices;

namespace Quintet.Goroutines;

/// <summary>
/// All places on which somebody has parked, held weakly: a report of who waits where costs nothing per goroutine and keeps nobody alive.
/// </summary>
internal static class ParkingPlaces
{
    private static readonly Lock Gate = new();
    private static readonly List<GCHandle> Handles = [];
    private static int _sweepAt = 1_024;

    internal static void Add(ParkingPlace place)
    {
        lock (Gate)
        {
            if (Handles.Count >= _sweepAt) Sweep();
            Handles.Add(GCHandle.Alloc(place, GCHandleType.Weak));
        }
    }

    internal static ParkedReport ParkedOf(GoScheduler scheduler)
    {
        List<ParkingPlace> places = [];
        lock (Gate)
        {
            foreach (var handle in Handles)
            {
                if (handle.Target is ParkingPlace place) places.Add(place);
            }
        }

        var report = new ParkedReport(scheduler);
        foreach (var place in places)
        {
            place.Enter();
            try
            {
                place.List(report);
            }
            finally
            {
                place.Leave();
            }
        }

        return report;
    }

    private static void Sweep()
    {
        Handles.RemoveAll(static handle =>
        {
            if (handle.Target is not null) return false;
            handle.Free();
            return true;
        });
        _sweepAt = Math.Max(1_024, Handles.Count * 2);
    }
}
