namespace Quintet.Goroutines;

public static partial class Go
{
    /// <summary>
    /// Binds the goroutine to its thread: it runs there, and nothing else does, until it ends or unlocks as often as it locked
    /// (Go's <c>runtime.LockOSThread</c>).
    /// </summary>
    /// <exception cref="InvalidOperationException">The caller is no goroutine, or its body is a plain async method.</exception>
    public static void LockThread()
    {
        if (IsDriven) return;
        var (goroutine, machine) = Bindable();
        if (goroutine.Record is LockedRecord record)
        {
            record.Depth++;
            return;
        }

        goroutine.Record = new LockedRecord(goroutine.Record, machine);
        goroutine.Bits |= NodeBits.Locked;
        machine.LockedTo = goroutine;
    }

    /// <summary>Undoes one <see cref="LockThread"/>. Without one it does nothing, as in Go.</summary>
    /// <exception cref="InvalidOperationException">The caller is no goroutine, or its body is a plain async method.</exception>
    public static void UnlockThread()
    {
        if (IsDriven) return;
        var (goroutine, machine) = Bindable();
        if (goroutine.Record is not LockedRecord record || --record.Depth > 0) return;
        goroutine.Record = record.Previous;
        goroutine.Bits &= ~NodeBits.Locked;
        machine.LockedTo = null;
    }

    /// <summary>A deterministic run has one thread, to which all of it is bound.</summary>
    private static bool IsDriven => Processor.Current is { Driver: not null };

    private static (Goroutine Goroutine, Machine Machine) Bindable()
    {
        var processor = Processor.Current;
        if (processor?.Running is { } running and not (Continuation or TaskBody) && processor.Machine is { } machine)
            return (running, machine);
        throw new InvalidOperationException("Only a goroutine can be bound to its thread.");
    }
}
