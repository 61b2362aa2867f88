// How a ring of messages works
// ----------------------------
// In the memory: a gate, two counters, a table of entries (where in the file each message lies), and who has taken what. In the file behind
// the memory: the messages' bytes, each in one piece, written and read as a file is, so that a lack of room is an error and not a signal
// that ends the process, and so that a ring which was never full takes no room it does not need.
//
// Invariants, true whenever the gate is free:
//   I1  Messages Get .. Put - 1 are there; 0 <= Put - Get <= Capacity. Their places do not overlap.
//   I2  A message is there when Put says so: whoever is killed while it writes one has written nothing.
//   I3  A message is gone when Get says so: whoever is killed while it reads one has read nothing.
//   I4  What a process has taken and not said to be done is in its own word, written before Get: of a dead process it counts for nothing.
//
// Locking: the gate guards all words, and is held while a message's bytes are copied. A dead holder of the gate is replaced (SharedLock);
// waiting is on the two counters of news (SharedWait).
//
// Cancellation: who gives up has put or taken nothing.
//
// Rejected: sockets or kernel pipes. A message that a killed writer had half written would damage the stream for all (CPython's queues have
// a lock around such a pipe: a process that is killed while it holds it stops all others for ever, and the documentation says so).
//
// Source: CPython multiprocessing.queues.Queue and JoinableQueue.

namespace Quintet.Multiprocessing;

/// <summary>A bounded first-in-first-out store of messages between any number of processes.</summary>
internal sealed unsafe class MessageRing(SharedSegment segment)
{
    internal const int Closed = -2;

    private const int HeaderSize = 128;
    private const int EntrySize = 16;
    private const int MostCapacity = 1 << 20;

    internal SharedSegment Segment => segment;

    internal bool IsClosed => Volatile.Read(ref *ClosedWord) != 0;

    internal int Count => (int)(Volatile.Read(ref *Put) - Volatile.Read(ref *Get));

    internal int Capacity => *(int*)(segment.Pointer + 44);

    internal long MostBytes => *(long*)(segment.Pointer + 48);

    /// <summary>Who reads and writes, if that is one each (a pipe): a process's stamp or <see cref="Closed"/>; 0 for anybody.</summary>
    internal ref long Reader => ref *(long*)(segment.Pointer + 64);

    internal ref long Writer => ref *(long*)(segment.Pointer + 72);

    private SharedLock Gate => new(segment, (long*)segment.Pointer);

    private long* Put => (long*)(segment.Pointer + 16);

    private long* Get => (long*)(segment.Pointer + 24);

    private int* PutNews => (int*)(segment.Pointer + 32);

    private int* GetNews => (int*)(segment.Pointer + 36);

    private int* ClosedWord => (int*)(segment.Pointer + 40);

    private SharedTable Table => new((long*)(segment.Pointer + HeaderSize));

    internal static long MappedSize(int capacity) => HeaderSize + SharedTable.Size + (long)capacity * EntrySize;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    internal static MessageRing Create(int capacity, long mostBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MostCapacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostBytes, 1);
        var segment = SharedSegment.CreateWithFile(MappedSize(capacity), mostBytes);
        *(int*)(segment.Pointer + 44) = capacity;
        *(long*)(segment.Pointer + 48) = mostBytes;
        return new MessageRing(segment);
    }

    /// <exception cref="PayloadSerializationException">There is no such segment, or it is no ring.</exception>
    internal static MessageRing? Read(ref PayloadReader reader, string what)
    {
        if (SharedAddress.Read(ref reader, MappedSize(1), what) is not { } segment) return null;
        var ring = new MessageRing(segment);
        if (ring.Capacity is >= 1 and <= MostCapacity && segment.Length == MappedSize(ring.Capacity)) return ring;
        segment.Dispose();
        throw new PayloadSerializationException(what, "what is at its address is none.");
    }

    /// <summary>Puts a message if there is room within the limits.</summary>
    /// <param name="message">Its bytes.</param>
    /// <param name="limits">How long to wait for room.</param>
    /// <param name="mayWait">Asked before each wait; throws if there will never be room.</param>
    /// <exception cref="ProcessQueueClosedException">The ring is closed.</exception>
    /// <exception cref="PayloadSerializationException">The message would never fit.</exception>
    internal bool TryPut(ReadOnlySpan<byte> message, in WaitLimits limits, Action<MessageRing>? mayWait = null)
    {
        if (message.Length > MostBytes)
        {
            throw new PayloadSerializationException(
                "message", $"its {message.Length} bytes are more than the {MostBytes} there is room for. Set maxBytes to more.");
        }
        while (true)
        {
            if (TryPut(message, out var seen)) return true;
            mayWait?.Invoke(this);
            if (!SharedWait.Pause(segment, GetNews, seen, limits)) return false;
        }
    }

    /// <summary>Takes the oldest message if there is one within the limits.</summary>
    /// <param name="message">Its bytes.</param>
    /// <param name="limits">How long to wait for one.</param>
    /// <param name="mayCome">Asked before each wait; says false if there will never be one.</param>
    internal RingOutcome Take(out byte[] message, in WaitLimits limits, Func<MessageRing, bool> mayCome)
    {
        while (true)
        {
            if (TryGet(out message, out var seen)) return RingOutcome.Taken;

            // What was put last before the end came is still taken: first the end is looked at, then the ring again.
            if (!mayCome(this)) return TryGet(out message, out _) ? RingOutcome.Taken : RingOutcome.Ended;
            if (!SharedWait.Pause(segment, PutNews, seen, limits)) return RingOutcome.Late;
        }
    }

    /// <summary>Waits until there is a message to take, or there will never be one.</summary>
    internal bool Poll(in WaitLimits limits, Func<MessageRing, bool> mayCome)
    {
        while (true)
        {
            var seen = Volatile.Read(ref *PutNews);
            if (Count > 0 || !mayCome(this)) return true;
            if (!SharedWait.Pause(segment, PutNews, seen, limits)) return false;
        }
    }

    /// <summary>One message that this process took is done with.</summary>
    /// <exception cref="InvalidOperationException">This process has none.</exception>
    internal void Done()
    {
        Gate.TakeGate();
        try
        {
            var taken = Table.Of(Stamp.OfProcess);
            if (*taken < 1) throw new InvalidOperationException("This process has said of more messages that they are done than it took.");
            *taken -= 1;
        }
        finally
        {
            Gate.Release();
        }
        SharedWait.Announce(GetNews);
    }

    /// <summary>Waits until all messages have been taken and are done with, or their takers dead.</summary>
    internal bool Join(in WaitLimits limits)
    {
        while (true)
        {
            var seen = Volatile.Read(ref *GetNews);
            Gate.TakeGate();
            try
            {
                if (Count == 0 && (Table.Sum() == 0 || (Table.TakeBack() && Table.Sum() == 0))) return true;
            }
            finally
            {
                Gate.Release();
            }
            if (!SharedWait.Pause(segment, GetNews, seen, limits)) return false;
        }
    }

    internal void Close()
    {
        Volatile.Write(ref *ClosedWord, 1);
        Wake();
    }

    /// <summary>Closes the ring and throws away what is in it; what was taken is still to be done with.</summary>
    internal void CloseAndClear()
    {
        Gate.TakeGate();
        try
        {
            // In this order, or whoever takes the gate of one that died here would put behind what is thrown away.
            Volatile.Write(ref *ClosedWord, 1);
            Volatile.Write(ref *Get, *Put);
        }
        finally
        {
            Gate.Release();
        }
        Wake();
    }

    /// <summary>Has all who wait look again.</summary>
    internal void Wake()
    {
        SharedWait.Announce(PutNews);
        SharedWait.Announce(GetNews);
    }

    private bool TryPut(ReadOnlySpan<byte> message, out int seen)
    {
        Gate.TakeGate();
        try
        {
            if (IsClosed) throw new ProcessQueueClosedException();
            seen = Volatile.Read(ref *GetNews);
            if (Place(message.Length) is not { } place) return false;
            segment.WriteBehind(message, place);
            (Entry(*Put)[0], Entry(*Put)[1]) = (place, message.Length);
            Volatile.Write(ref *Put, *Put + 1);
        }
        finally
        {
            Gate.Release();
        }
        SharedWait.Announce(PutNews, 1);
        return true;
    }

    private bool TryGet(out byte[] message, out int seen)
    {
        Gate.TakeGate();
        try
        {
            message = [];
            seen = Volatile.Read(ref *PutNews);
            if (*Put == *Get) return false;
            var entry = Entry(*Get);
            message = GC.AllocateUninitializedArray<byte>((int)entry[1]);
            segment.ReadBehind(message, entry[0]);
            *Table.Of(Stamp.OfProcess) += 1;
            Volatile.Write(ref *Get, *Get + 1);
        }
        finally
        {
            Gate.Release();
        }
        SharedWait.Announce(GetNews);
        return true;
    }

    /// <summary>Where a message of so many bytes may lie, if there is a place and an entry for it.</summary>
    private long? Place(int length)
    {
        if (Count == 0) return 0;
        if (Count == Capacity) return null;
        var first = Entry(*Get);
        var last = Entry(*Put - 1);
        var end = last[0] + Room(last[1]);
        var needed = Room(length);
        if (last[0] < first[0]) return first[0] - end >= needed ? end : null;
        if (MostBytes - end >= needed) return end;
        return first[0] >= needed ? 0 : null;
    }

    // An empty message has a place of its own, or it could not be seen who lies before whom.
    private static long Room(long length) => Math.Max(length, 1);

    private long* Entry(long message) =>
        (long*)(segment.Pointer + HeaderSize + SharedTable.Size + message % Capacity * EntrySize);
}
