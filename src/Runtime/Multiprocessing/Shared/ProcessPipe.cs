namespace Quintet.Multiprocessing;

/// <summary>Makes connections between two processes (Python: <c>multiprocessing.Pipe</c>).</summary>
public static class ProcessPipe
{
    private const int MostMessages = 4096;

    /// <summary>
    /// Two ends of which each can send and receive, or (Python: <c>duplex=False</c>) the first only receive and the second only send.
    /// </summary>
    /// <param name="duplex">Whether both directions exist.</param>
    /// <param name="maxBytes">The most bytes under way in one direction, and of one message. Memory is taken as it is used.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above zero.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static (ProcessConnection<T, T> First, ProcessConnection<T, T> Second) Create<T>(bool duplex = true, long maxBytes = 64 << 20)
    {
        if (duplex) return Create<T, T>(maxBytes);
        var ring = Ring(maxBytes);
        return (new ProcessConnection<T, T>(ring, null), new ProcessConnection<T, T>(null, Again(ring)));
    }

    /// <summary>Two ends: the first sends <typeparamref name="TRequest"/> and receives <typeparamref name="TReply"/>.</summary>
    /// <param name="maxBytes">The most bytes under way in one direction, and of one message. Memory is taken as it is used.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above zero.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static (ProcessConnection<TRequest, TReply> First, ProcessConnection<TReply, TRequest> Second) Create<TRequest, TReply>(
        long maxBytes = 64 << 20)
    {
        var (requests, replies) = (Ring(maxBytes), Ring(maxBytes));
        return (new ProcessConnection<TRequest, TReply>(replies, requests),
            new ProcessConnection<TReply, TRequest>(Again(requests), Again(replies)));
    }

    /// <summary>A view for the other end, so that each end can be closed by itself.</summary>
    private static MessageRing Again(MessageRing ring) => new(SharedSegment.Open(ring.Segment.Address, ring.Segment.Length));

    private static MessageRing Ring(long maxBytes)
    {
        var ring = MessageRing.Create(MostMessages, maxBytes);
        ring.Reader = ring.Writer = Stamp.OfProcess;
        return ring;
    }
}
