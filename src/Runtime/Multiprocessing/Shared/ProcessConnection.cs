// How an end of a pipe works
// --------------------------
// A MessageRing for each direction (see there for the invariants). The rings also say which process has each end.
//
// Invariants:
//   I1  An end belongs to one process: to its maker, then to the process that opened it last. What was given away sends and
//       receives no more.
//   I2  A ring's Reader and Writer are the stamp of the process that has the end, or Closed, for ever.
//   I3  The end of the stream is found by the receiver: nothing is left in the ring, and its writer has closed or is dead.
//
// Nothing has to be closed in the process that gave an end away, as it must be with descriptors that were inherited: it is moved.
//
// Source: CPython multiprocessing.connection.Connection. One whole message is one value, whatever its size.

using Quintet.Multiprocessing.Pooling;

namespace Quintet.Multiprocessing;

/// <summary>
/// One end of a <see cref="ProcessPipe"/>. Given to a process function it moves there: the process that had it can no longer use it.
/// </summary>
/// <remarks>Several threads may use an end; each message goes to one of them.</remarks>
/// <typeparam name="TSend">What is sent from this end.</typeparam>
/// <typeparam name="TReceive">What is received at this end.</typeparam>
public sealed class ProcessConnection<TSend, TReceive> : IDisposable
{
    private readonly MessageRing? _incoming;
    private readonly MessageRing? _outgoing;

    internal ProcessConnection(MessageRing? incoming, MessageRing? outgoing) => (_incoming, _outgoing) = (incoming, outgoing);

    /// <summary>Whether this end can send.</summary>
    public bool CanSend => _outgoing is not null;

    /// <summary>Whether this end can receive.</summary>
    public bool CanReceive => _incoming is not null;

    internal MessageRing? Incoming => _incoming;

    internal MessageRing? Outgoing => _outgoing;

    /// <summary>Sends a value; waits while the pipe is full.</summary>
    /// <exception cref="BrokenProcessPipeException">The other end is closed, or its process dead.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot cross, or is too large for the pipe.</exception>
    /// <exception cref="InvalidOperationException">This end only receives.</exception>
    /// <exception cref="IOException">There is no memory for it.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">This end is closed, or was given to another process.</exception>
    public void Send(TSend value, CancellationToken cancellation = default) => TrySend(value, Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>As <see cref="Send"/>, for <paramref name="timeout"/> at most.</summary>
    /// <returns>False if the pipe was full.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="BrokenProcessPipeException">The other end is closed, or its process dead.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot cross, or is too large for the pipe.</exception>
    /// <exception cref="InvalidOperationException">This end only receives.</exception>
    /// <exception cref="IOException">There is no memory for it.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">This end is closed, or was given to another process.</exception>
    public bool TrySend(TSend value, TimeSpan timeout, CancellationToken cancellation = default)
    {
        var limits = new WaitLimits(timeout, cancellation);
        var ring = _outgoing ?? throw new InvalidOperationException("This end of the pipe only receives.");
        using var use = ring.Segment.Use();
        ThrowIfNotOurs(ring.Writer);
        var writer = ArgumentWriter.Rent();
        PayloadCodec<TSend>.Default.Write(writer, value);
        if (IsClosedOrGone(ring.Reader)) throw new BrokenProcessPipeException();
        try
        {
            return ring.TryPut(writer.Written, limits, static ring =>
            {
                if (IsClosedOrDead(ring.Reader)) throw new BrokenProcessPipeException();
            });
        }
        finally
        {
            writer.Trim();
        }
    }

    /// <summary>Receives the next value; waits while there is none.</summary>
    /// <exception cref="EndOfStreamException">The other end is closed, or its process dead, and nothing is left.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot be read here; it has been taken.</exception>
    /// <exception cref="InvalidOperationException">This end only sends.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was taken.</exception>
    /// <exception cref="ObjectDisposedException">This end is closed, or was given to another process.</exception>
    public TReceive Receive(CancellationToken cancellation = default)
    {
        TryReceive(out var value, Timeout.InfiniteTimeSpan, cancellation);
        return value;
    }

    /// <summary>As <see cref="Receive"/>, for <paramref name="timeout"/> at most.</summary>
    /// <returns>False if there was none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="EndOfStreamException">The other end is closed, or its process dead, and nothing is left.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot be read here; it has been taken.</exception>
    /// <exception cref="InvalidOperationException">This end only sends.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was taken.</exception>
    /// <exception cref="ObjectDisposedException">This end is closed, or was given to another process.</exception>
    public bool TryReceive(out TReceive value, TimeSpan timeout, CancellationToken cancellation = default)
    {
        value = default!;
        var limits = new WaitLimits(timeout, cancellation);
        var ring = Readable();
        using var use = ring.Segment.Use();
        ThrowIfNotOurs(ring.Reader);
        switch (ring.Take(out var message, limits, static ring => !IsClosedOrDead(ring.Writer)))
        {
            case RingOutcome.Late: return false;
            case RingOutcome.Ended: throw new EndOfStreamException("The other end of the pipe is closed.");
        }
        var reader = new PayloadReader(message);
        value = PayloadCodec<TReceive>.Default.Read(ref reader);
        return true;
    }

    /// <summary>Waits until there is something to receive: a value, or the end of the stream (Python: <c>poll</c>).</summary>
    /// <returns>False if there was nothing within <paramref name="timeout"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="InvalidOperationException">This end only sends.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This end is closed, or was given to another process.</exception>
    public bool Poll(TimeSpan timeout = default, CancellationToken cancellation = default)
    {
        var limits = new WaitLimits(timeout, cancellation);
        var ring = Readable();
        using var use = ring.Segment.Use();
        ThrowIfNotOurs(ring.Reader);
        return ring.Poll(limits, static ring => !IsClosedOrDead(ring.Writer));
    }

    /// <summary>As <see cref="Send"/>; a thread of its own waits, so that the caller's is free.</summary>
    /// <exception cref="BrokenProcessPipeException">The other end is closed, or its process dead.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot cross, or is too large for the pipe.</exception>
    /// <exception cref="InvalidOperationException">This end only receives.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">This end is closed, or was given to another process.</exception>
    public Task SendAsync(TSend value, CancellationToken cancellation = default) => TrySend(value, TimeSpan.Zero, cancellation)
        ? Task.CompletedTask
        : WaitingThread.Run(() => Send(value, cancellation), cancellation);

    /// <summary>As <see cref="Receive"/>; a thread of its own waits, so that the caller's is free.</summary>
    /// <exception cref="EndOfStreamException">The other end is closed, or its process dead, and nothing is left.</exception>
    /// <exception cref="PayloadSerializationException">The value cannot be read here; it has been taken.</exception>
    /// <exception cref="InvalidOperationException">This end only sends.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was taken.</exception>
    /// <exception cref="ObjectDisposedException">This end is closed, or was given to another process.</exception>
    public Task<TReceive> ReceiveAsync(CancellationToken cancellation = default) =>
        TryReceive(out var value, TimeSpan.Zero, cancellation)
            ? Task.FromResult(value)
            : WaitingThread.Run(() => Receive(cancellation), cancellation);

    /// <summary>Closes this end, unless it was given to another process: the other end receives what was sent, then the end of the
    /// stream.</summary>
    public void Dispose()
    {
        if (_incoming is not null) Close(_incoming, static ring => ref ring.Reader);
        if (_outgoing is not null) Close(_outgoing, static ring => ref ring.Writer);
    }

    internal void ThrowIfGiven()
    {
        if (_incoming is not null)
        {
            using var use = _incoming.Segment.Use();
            ThrowIfNotOurs(_incoming.Reader);
        }
        if (_outgoing is not null)
        {
            using var use = _outgoing.Segment.Use();
            ThrowIfNotOurs(_outgoing.Writer);
        }
    }

    /// <summary>The end is this process's from now on.</summary>
    internal void Move()
    {
        if (_incoming is not null) Take(ref _incoming.Reader);
        if (_outgoing is not null) Take(ref _outgoing.Writer);
    }

    private static void Close(MessageRing ring, Side side)
    {
        try
        {
            using var use = ring.Segment.Use();
            var ours = Stamp.OfProcess;
            if (Interlocked.CompareExchange(ref side(ring), MessageRing.Closed, ours) == ours) ring.Wake();
        }
        catch (ObjectDisposedException)
        {
            return;
        }
        ring.Segment.Dispose();
    }

    private static void Take(ref long side)
    {
        var owner = Volatile.Read(ref side);
        if (owner != MessageRing.Closed) Interlocked.CompareExchange(ref side, Stamp.OfProcess, owner);
    }

    private static bool IsClosedOrDead(long other) => other == MessageRing.Closed || !Stamp.IsAlive(other);

    private static bool IsClosedOrGone(long other) => other == MessageRing.Closed || Stamp.IsGone(other);

    private MessageRing Readable() => _incoming ?? throw new InvalidOperationException("This end of the pipe only sends.");

    private static void ThrowIfNotOurs(long owner)
    {
        if (owner == Stamp.OfProcess) return;
        throw new ObjectDisposedException(
            nameof(ProcessPipe),
            owner == MessageRing.Closed ? "This end is closed." : $"This end was given to process {Stamp.ProcessId(owner)}.");
    }

    private delegate ref long Side(MessageRing ring);
}
