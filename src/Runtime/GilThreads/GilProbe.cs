namespace Quintet.GilThreads;

/// <summary>Points in the lock's protocol at which a test may hold a thread. Does nothing unless a test sets one.</summary>
internal class GilProbe
{
    internal static readonly GilProbe None = new();

    /// <summary>A waiter has seen the lock free and is about to take it.</summary>
    internal virtual void BeforeTake() { }

    /// <summary>The last holder has let go on request and waits until another thread has taken the lock.</summary>
    internal virtual void AwaitingSwitch() { }

    /// <summary>The last holder has stopped to wait for a switch.</summary>
    internal virtual void SwitchSeen() { }
}
