namespace Quintet.GilThreads;

/// <summary>
/// The whole state of a lock in one word, so that every step is one compare-and-swap:
/// bit 0 held, bit 1 drop requested, bit 2 the last holder waits for a switch, bits 8 to 31 the number of waiters,
/// bits 32 to 63 how often the lock went to another thread than before.
/// </summary>
internal readonly record struct GilState(long Word)
{
    private const long HeldBit = 1;
    private const long DropBit = 2;
    private const long ForcedBit = 4;
    private const long OneWaiter = 1L << 8;
    private const long OneSwitch = 1L << 32;

    internal bool Held => (Word & HeldBit) != 0;

    internal bool DropRequested => (Word & DropBit) != 0;

    internal bool SwitchAwaited => (Word & ForcedBit) != 0;

    internal int Waiters => (int)((Word >> 8) & 0xFF_FFFF);

    internal int SwitchNumber => (int)(Word >> 32);

    /// <summary>Held; a request and a forced wait end with every take. The count moves only when the thread differs.</summary>
    internal GilState Taken(bool byAnotherThread) =>
        new(((Word & ~(DropBit | ForcedBit)) | HeldBit) + (byAnotherThread ? OneSwitch : 0));

    internal GilState Released(bool awaitSwitch) => new((Word & ~HeldBit) | (awaitSwitch ? ForcedBit : 0));

    internal GilState WithDropRequest() => new(Word | DropBit);

    internal GilState WithoutForcedWait() => new(Word & ~ForcedBit);

    internal GilState WithWaiter() => new(Word + OneWaiter);

    /// <summary>A request of waiters that are all gone is nobody's request.</summary>
    internal GilState WithoutWaiter() => new((Waiters == 1 ? Word & ~DropBit : Word) - OneWaiter);
}
