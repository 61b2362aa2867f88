using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>
/// Awaits that come from plain async methods. They wait through a <see cref="Continuation"/>; one that was called from a strand has taken
/// the strand for its waiter before anyone could tell the difference, and finds its own one when it goes on.
/// </summary>
internal static class Guests
{
    /// <summary>Always true, so that it can stand in a condition.</summary>
    internal static bool NewWaiter([NotNull] out Goroutine? waiter)
    {
        waiter = Continuation.ForThisThread();
        return true;
    }

    internal static Continuation WaiterFor(Goroutine waiter, ParkingPlace place, Action continuation)
    {
        if (waiter is Continuation own)
        {
            own.Then(continuation);
            return own;
        }

        // A plain async method inside a strand: it may outlive this slice and overlap with the strand's own waits.
        waiter.Bits |= NodeBits.HasGuests;
        return Continuation.ForGuest(waiter, place, continuation);
    }

    /// <summary>Whose slots hold the outcome for the code that goes on now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Goroutine Resumed(Goroutine waiter, ParkingPlace place) =>
        (waiter.Bits & NodeBits.HasGuests) == 0 ? waiter : AmongGuests(waiter, place);

    private static Goroutine AmongGuests(Goroutine waiter, ParkingPlace place) =>
        Processor.Current?.Running as Continuation ?? Continuation.TakeEnded(waiter, place) ?? waiter;
}
