namespace Quintet.Goroutines;

/// <summary>
/// Where a goroutine waits that nothing can wake: on a nil channel, in a select without an open case. Nobody but the goroutine holds the
/// place, so that both are garbage together; but who sits there when all are asleep is told.
/// </summary>
internal sealed class NowherePlace : ParkingPlace
{
    private readonly Goroutine _waiter;
    private readonly string _what;

    private NowherePlace(Goroutine waiter, string what) => (_waiter, _what) = (waiter, what);

    internal static void Park(Goroutine waiter, string what)
    {
        var place = new NowherePlace(waiter, what);
        place.Enter();
        waiter.SlotObject = place;
        place.BeforeParking(waiter);
        place.Leave();
    }

    internal override void List(ParkedReport report) => report.Add(_waiter, _what);
}
