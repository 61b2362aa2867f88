// How a channel works
// -------------------
// A channel is a ring of at most Capacity values and two queues of parked goroutines. A value never waits while somebody wants it: a
// sender hands it straight to the oldest parked receiver; a receiver takes the oldest value and moves the oldest parked sender's value
// to the end of the ring. Capacity 0 is not a special case: the ring is then both empty and full, and only the hand-off remains.
//
// Invariants, true whenever the lock is taken (AssertInvariants checks them in debug builds). Cases of a select that has been won
// elsewhere do not count as waiting; they leave the queue when their select goes on.
//   I0  0 <= _count <= _capacity.
//   I1  _count > 0          =>  nobody waits to receive.
//   I2  _count < _capacity  =>  nobody waits to send.
//   I3  _closed             =>  nobody waits.
//
// Locking: a spin lock guards every field; nothing under it blocks, allocates in the ordinary case, or calls out. A waiter is made
// runnable after the lock is left, because it may run at once and come back to this channel. Select takes the locks of several channels
// in the order of their ids. MayReceive and MaySend read without the lock: they may be stale, and every answer that matters is
// taken again under it before anybody parks.
//
// Cancellation: a receive or send that can be cancelled is a select with one case. Whoever claims the select decides the outcome, so a
// value is delivered or the operation is cancelled, never both.
//
// Rejected: a lock-free ring in front of the lock. It loses the first-in-first-out hand-off to parked receivers, which the specification
// promises, and an uncontended spin lock costs one compare-and-swap.
//
// Source: The Go Programming Language Specification, "Channel types", "Send statements", "Receive operator", "Close"; runtime/chan.go.

using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>Carries values of type <typeparamref name="T"/> from one goroutine to another, first in, first out.</summary>
/// <typeparam name="T">What the channel carries.</typeparam>
/// <remarks>Safe for use by any number of goroutines and threads at once, of any scheduler and of none.</remarks>
[DebuggerDisplay("{ToString(),nq}, Count = {Count}")]
public sealed partial class Chan<T> : ParkingPlace, ISendChan<T>, IReceiveChan<T>
{
    private const int LargestCapacity = 0x7FFF_FFC7;

    private readonly T[] _buffer;
    private readonly int _capacity;
    private IAlarmed? _clock;
    private int _head;
    private int _count;
    private bool _closed;
    private WaitQueue _receivers;
    private WaitQueue _senders;

    /// <summary>Makes a channel (Go's <c>make(chan T, capacity)</c>).</summary>
    /// <param name="capacity">How many values may wait in the channel; 0 for a channel whose senders wait for their receivers.</param>
    /// <exception cref="ArgumentOutOfRangeException">makechan: size out of range.</exception>
    public Chan(int capacity = 0)
    {
        if (capacity is < 0 or > LargestCapacity)
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "makechan: size out of range");
        _capacity = capacity;
        _buffer = capacity == 0 ? [] : new T[capacity];
    }

    /// <summary>
    /// Go's nil channel: sends and receives on it wait for ever, a select never chooses it, and it cannot be closed.
    /// </summary>
    public static Chan<T> Nil { get; } = new();

    /// <summary>How many values wait in the buffer (Go's <c>len</c>).</summary>
    public int Count => _clock is null ? Volatile.Read(ref _count) : 0;

    /// <summary>How many values the buffer can hold (Go's <c>cap</c>).</summary>
    public int Capacity => _clock is null ? _capacity : 0;

    Chan<T> ISendChan<T>.Channel => this;

    Chan<T> IReceiveChan<T>.Channel => this;

    /// <summary>The channel of a timer: it looks unbuffered, and keeps its timer alive.</summary>
    internal static Chan<T> ForClock(IAlarmed clock) => new(1) { _clock = clock };

    /// <summary>Sends a value (Go's <c>c &lt;- value</c>): waits until a receiver takes it or the buffer has room for it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>What to await. The send is made by the await, not by the call.</returns>
    /// <exception cref="ChanClosedException">The channel is closed, or is closed while the send waits; thrown by the await.</exception>
    public SendOperation<T> SendAsync(T value) => new(this, value);

    /// <summary>Sends a value unless the token is cancelled first; never both, never neither.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cancellation">Ends the wait. A token that is cancelled already wins over a send that would be possible.</param>
    /// <returns>What to await. The send is made by the await, not by the call.</returns>
    /// <exception cref="ChanClosedException">The channel is closed, or is closed while the send waits; thrown by the await.</exception>
    /// <exception cref="OperationCanceledException">The value was not sent.</exception>
    public async GoTask SendAsync(T value, CancellationToken cancellation)
    {
        var operation = new Select();
        operation.Send(this, value);
        await operation.CancelledBy(cancellation);
    }

    /// <summary>
    /// Sends a value and blocks the calling code until it is taken. A goroutine's thread hands its processor over meanwhile.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ChanClosedException">The channel is closed, or is closed while the send waits.</exception>
    public void Send(T value)
    {
        if (TrySend(value)) return;
        var waiter = ThreadWaiter.ForThisThread();
        if (!SendOrPark(waiter, value)) waiter.Block();
        if (!waiter.Ok) throw ChanClosedException.Send();
    }

    /// <summary>Sends a value if that is possible without waiting (Go's <c>select</c> with a <c>default</c>).</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether it was sent.</returns>
    /// <exception cref="ChanClosedException">The channel is closed.</exception>
    public bool TrySend(T value) => MaySend && TrySendNow(value);

    /// <summary>Receives a value (Go's <c>&lt;-c</c>): waits until there is one or the channel is closed.</summary>
    /// <returns>What to await. The receive is made by the await, not by the call.</returns>
    public ReceiveOperation<T> ReceiveAsync() => new(this);

    /// <summary>Receives a value unless the token is cancelled first; a cancelled receive takes no value.</summary>
    /// <param name="cancellation">Ends the wait. A token that is cancelled already wins over a value that is there.</param>
    /// <returns>What to await. The receive is made by the await, not by the call.</returns>
    /// <exception cref="OperationCanceledException">Nothing was received.</exception>
    public async GoTask<Received<T>> ReceiveAsync(CancellationToken cancellation)
    {
        var operation = new Select();
        var received = operation.Receive(this);
        await operation.CancelledBy(cancellation);
        return new Received<T>(received.Value, received.Ok);
    }

    /// <summary>
    /// Receives a value and blocks the calling code until there is one. A goroutine's thread hands its processor over meanwhile.
    /// </summary>
    /// <returns>The value, or the end.</returns>
    public Received<T> Receive()
    {
        if (TryReceive(out var received)) return received;
        var waiter = ThreadWaiter.ForThisThread();
        if (!ReceiveOrPark(waiter)) waiter.Block();
        return new Received<T>(Slot<T>.Take(waiter), waiter.Ok);
    }

    /// <summary>Receives if that is possible without waiting (Go's <c>select</c> with a <c>default</c>).</summary>
    /// <param name="received">The value, or the end of a closed channel.</param>
    /// <returns>False when a receive would have to wait.</returns>
    public bool TryReceive(out Received<T> received)
    {
        received = default;
        _clock?.SomebodyLooks();
        if (!MayReceive) return false;
        Enter();
        var done = TryReceiveLocked(out var value, out var ok, out var wake);
        Leave();
        if (wake is not null) GoScheduler.Ready(wake);
        if (done) received = new Received<T>(value, ok);
        return done;
    }

    /// <summary>
    /// Says that no more values will be sent. Values in the buffer can still be received, then every receive ends at once with the
    /// default value and <c>Ok</c> false. Waiting senders get an exception.
    /// </summary>
    /// <exception cref="ChanClosedException">The channel is closed already, or is the nil channel.</exception>
    public void Close()
    {
        if (this == Nil) throw ChanClosedException.CloseOfNil();
        Enter();
        if (_closed)
        {
            Leave();
            throw ChanClosedException.Close();
        }

        AssertInvariants();
        Volatile.Write(ref _closed, true);

        // The waiters are collected under the lock and woken after it, the last one first, as closechan does: since each one made ready
        // takes the place of the one before it as the next to run, the one that has waited longest runs first.
        Goroutine? first = null;
        while (_receivers.Dequeue() is { } receiver) Collect(GiveTo(receiver, default!, ok: false));
        while (_senders.Dequeue() is { } sender)
        {
            TakeFrom(sender, out _, out var wake);
            sender.Ok = false;
            Collect(wake);
        }

        Leave();
        for (var next = first; next is not null;)
        {
            var wake = next;
            next = (Goroutine?)wake.Next;
            wake.Next = null;
            GoScheduler.Ready(wake);
        }

        void Collect(Goroutine woken)
        {
            woken.Next = first;
            first = woken;
        }
    }

    /// <summary>Enumerates what is received, until the channel is closed and drained: Go's <c>for v := range c</c>.</summary>
    /// <returns>The enumerator, for <c>await foreach</c>.</returns>
    public ChanEnumerator<T> GetAsyncEnumerator() => new(this);

    async IAsyncEnumerator<T> IAsyncEnumerable<T>.GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (value, ok) = cancellationToken.CanBeCanceled ? await ReceiveAsync(cancellationToken) : await ReceiveAsync();
            if (!ok) yield break;
            yield return value;
        }
    }

    /// <summary>The channel for reports: its type, number and capacity.</summary>
    /// <returns>One line.</returns>
    public override string ToString() =>
        this == Nil ? $"Chan<{typeof(T).Name}> (nil)" : $"Chan<{typeof(T).Name}> #{Id} (capacity {_capacity})";
}
