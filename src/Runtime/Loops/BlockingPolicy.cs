namespace Quintet.Loops;

/// <summary>What a loop does when code on its thread waits for another thread (a lock, an event, <c>Task.Wait</c>).</summary>
public enum BlockingPolicy
{
    /// <summary>Nothing: waits are not looked at.</summary>
    Off,

    /// <summary>Reports the wait with its stack and goes on.</summary>
    Warn,

    /// <summary>Throws <see cref="BlockingCallException"/> at the wait.</summary>
    Throw,
}
