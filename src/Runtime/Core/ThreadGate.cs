namespace Quintet.Core;

/// <summary>
/// Where threads wait for a lock. A waiter reads the ticket, looks at the lock, and waits for the ticket to change:
/// a wake between the look and the wait is not lost.
/// </summary>
internal abstract class ThreadGate
{
    internal abstract int Ticket { get; }

    /// <summary>Waits until the ticket changes. May return early; says false when the time was over.</summary>
    internal abstract bool Wait(int ticket, TimeSpan timeout);

    internal abstract void WakeOne();

    internal abstract void WakeAll();

    /// <summary>The best gate of this platform.</summary>
    internal static ThreadGate Create() => FutexGate.IsSupported ? new FutexGate() : new MonitorGate();
}
