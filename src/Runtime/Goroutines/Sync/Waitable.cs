namespace Quintet.Goroutines;

/// <summary>Something that goroutines wait for and that is no channel: the ground of what Go's package sync offers.</summary>
/// <remarks>For the library's own types.</remarks>
public abstract class Waitable : ParkingPlace
{
    private protected Waitable()
    {
    }

    /// <summary>Gets what is waited for without waiting, if that is possible.</summary>
    internal abstract bool TryNow(int kind);

    /// <summary>Gets what is waited for (true), or parks the waiter until it has been given it.</summary>
    internal abstract bool TryOrPark(Goroutine waiter, int kind);

    /// <summary>Waits and blocks the calling code meanwhile.</summary>
    private protected void Block(int kind)
    {
        if (TryNow(kind)) return;
        var waiter = ThreadWaiter.ForThisThread();
        if (!TryOrPark(waiter, kind)) waiter.Block();
    }
}
