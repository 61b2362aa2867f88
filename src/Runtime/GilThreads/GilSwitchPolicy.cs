namespace Quintet.GilThreads;

/// <summary>Who may ask the holder of a lock to hand it over, and when.</summary>
public enum GilSwitchPolicy
{
    /// <summary>CPython's rule: whoever has waited for a whole switch interval asks for it.</summary>
    SwitchInterval,

    /// <summary>
    /// A thread that comes back from <see cref="GlobalInterpreterLock.AllowThreads(Action)"/> asks at once and goes first; all others ask
    /// as in
    /// <see cref="SwitchInterval"/>. Removes the convoy effect (bpo-7946): one CPU-bound thread no longer makes each piece of I/O wait 5
    /// ms.
    /// </summary>
    IoPriority,
}
