using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

public sealed partial class Chan<T>
{
    /// <summary>Whether a receive would go on; without the lock, so only a reason to try or not to.</summary>
    internal bool MayReceive => Volatile.Read(ref _count) > 0 || !_senders.IsEmpty || Volatile.Read(ref _closed);

    /// <summary>Whether a send would go on (or throw); without the lock.</summary>
    internal bool MaySend => Volatile.Read(ref _count) < _capacity || !_receivers.IsEmpty || Volatile.Read(ref _closed);

    /// <summary>Receives into the goroutine's slot, if that is possible without waiting.</summary>
    internal bool TryReceiveInto(Goroutine goroutine)
    {
        Enter();
        var done = TryReceiveLocked(out var value, out var ok, out var wake);
        Leave();
        if (!done) return false;
        Slot<T>.Put(goroutine, value);
        goroutine.Ok = ok;
        if (wake is not null) GoScheduler.Ready(wake);
        return true;
    }

    /// <summary>Receives into the goroutine's slot (true), or parks it until a sender or a close has done so.</summary>
    internal bool ReceiveOrPark(Goroutine goroutine)
    {
        Enter();
        if (!TryReceiveLocked(out var value, out var ok, out var wake))
        {
            if (this != Nil)
            {
                BeforeParking(goroutine);
                _receivers.Enqueue(goroutine);
                _clock?.SomebodyWaits();
            }

            Leave();
            if (this == Nil) NowherePlace.Park(goroutine, "receive from a nil channel");
            return false;
        }

        Leave();
        Slot<T>.Put(goroutine, value);
        goroutine.Ok = ok;
        if (wake is not null) GoScheduler.Ready(wake);
        return true;
    }

    /// <summary>Sends, if that is possible without waiting.</summary>
    internal bool TrySendNow(T value)
    {
        Enter();
        var outcome = TrySendLocked(value, out var wake);
        Leave();
        if (outcome == SendOutcome.Closed) throw ChanClosedException.Send();
        if (wake is not null) GoScheduler.Ready(wake);
        return outcome == SendOutcome.Sent;
    }

    /// <summary>Sends (true), or parks the goroutine with the value until a receiver or a close has taken it off.</summary>
    internal bool SendOrPark(Goroutine goroutine, T value)
    {
        Enter();
        var outcome = TrySendLocked(value, out var wake);
        if (outcome == SendOutcome.MustWait)
        {
            if (this != Nil)
            {
                Slot<T>.Put(goroutine, value);
                BeforeParking(goroutine);
                _senders.Enqueue(goroutine);
            }

            Leave();
            if (this == Nil) NowherePlace.Park(goroutine, "send to a nil channel");
            return false;
        }

        Leave();
        goroutine.Ok = outcome == SendOutcome.Sent;
        if (wake is not null) GoScheduler.Ready(wake);
        return true;
    }

    /// <summary>
    /// Receives what is there, or the end. The caller holds the lock, and wakes <paramref name="wake"/> after it has left it.
    /// </summary>
    internal bool TryReceiveLocked(out T value, out bool ok, out Goroutine? wake)
    {
        AssertInvariants();
        wake = null;
        ok = true;
        if (_count > 0)
        {
            ref var oldest = ref _buffer[_head];
            value = oldest;
            if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) oldest = default!;
            var refilled = !_senders.IsEmpty && _senders.Dequeue() is { } parked && TakeFrom(parked, out oldest, out wake);
            if (++_head == _capacity) _head = 0;
            if (!refilled) Volatile.Write(ref _count, _count - 1);
            return true;
        }

        if (!_senders.IsEmpty && _senders.Dequeue() is { } sender) return TakeFrom(sender, out value, out wake);
        value = default!;
        ok = false;
        return _closed;
    }

    /// <summary>Hands the value to the oldest receiver, or to the buffer. The caller holds the lock.</summary>
    internal SendOutcome TrySendLocked(T value, out Goroutine? wake)
    {
        AssertInvariants();
        wake = null;
        if (_closed) return SendOutcome.Closed;
        if (!_receivers.IsEmpty && _receivers.Dequeue() is { } receiver)
        {
            wake = GiveTo(receiver, value, ok: true);
            return SendOutcome.Sent;
        }

        if (_count == _capacity) return SendOutcome.MustWait;
        var tail = _head + _count;
        if (tail >= _capacity) tail -= _capacity;
        _buffer[tail] = value;
        Volatile.Write(ref _count, _count + 1);
        return SendOutcome.Sent;
    }

    internal bool HasReceivers => !_receivers.IsEmpty;

    /// <summary>Somebody is about to look who would not wait: a timer's channel is brought up to date. Called without the lock.</summary>
    internal void BeforeLook() => _clock?.SomebodyLooks();

    internal void ParkReceiver(SelectCase node)
    {
        _receivers.Enqueue(node);
        _clock?.SomebodyWaits();
    }

    internal void ParkSender(SelectCase node) => _senders.Enqueue(node);

    internal void UnparkReceiver(SelectCase node) => _receivers.Remove(node);

    internal void UnparkSender(SelectCase node) => _senders.Remove(node);

    internal void Register(Goroutine waiter) => BeforeParking(waiter);

    internal override void List(ParkedReport report)
    {
        List(in _receivers, $"receive from {this}", report);
        List(in _senders, $"send to {this}", report);
    }

    private static bool TakeFrom(WaitNode sender, out T value, out Goroutine wake)
    {
        sender.Ok = true;
        if ((sender.Bits & NodeBits.SelectCase) == 0)
        {
            wake = Unsafe.As<Goroutine>(sender);
            value = Slot<T>.Take(wake);
            return true;
        }

        var selected = (SendCase<T>)sender;
        value = selected.Value;
        wake = selected.Owner.Waiter!;
        return true;
    }

    private static Goroutine GiveTo(WaitNode receiver, T value, bool ok)
    {
        receiver.Ok = ok;
        if ((receiver.Bits & NodeBits.SelectCase) == 0)
        {
            var goroutine = Unsafe.As<Goroutine>(receiver);
            Slot<T>.Put(goroutine, value);
            return goroutine;
        }

        var selected = (ReceiveCase<T>)receiver;
        selected.Value = value;
        return selected.Owner.Waiter!;
    }

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(IsHeld, "Invariants hold only under the lock.");
        Debug.Assert(_count >= 0 && _count <= _capacity, "I0: the buffer holds between 0 and Capacity values.");
        Debug.Assert(_count == 0 || OnlySelects(_receivers), "I1: a goroutine waits to receive beside a value.");
        Debug.Assert(_count == _capacity || OnlySelects(_senders), "I2: a goroutine waits to send beside a free place.");
        Debug.Assert(!_closed || (_receivers.IsEmpty && OnlySelects(_senders)), "I3: somebody waits on a closed channel.");
    }

    /// <summary>A case that lost its select elsewhere stays in the queue until its select removes it; it wants nothing any more.</summary>
    private static bool OnlySelects(in WaitQueue queue)
    {
        for (var node = queue.First; node is not null; node = node.Next)
        {
            if ((node.Bits & NodeBits.SelectCase) == 0 || ((SelectCase)node).Owner.IsOpen) return false;
        }

        return true;
    }
}
