// How a select works
// ------------------
// First look: all cases are asked without locks whether they could proceed, one of those that could is chosen at random, and tried under
// its own lock. Only when none can, the locks of all places are taken in the order of their ids, the cases are asked again, and the
// waiter is queued at every place. Whoever comes to one of the places takes the case off and claims the select with one
// compare-and-swap; the first wins, hands over the value, and makes the waiter runnable, which then removes the other cases.
//
// Invariants:
//   S1  _claim is Open exactly from before the first case is queued until somebody has won.
//   S2  A case is in a queue only while its select is parked or has just been decided (its Linked says so).
//   S3  _claim is not set back before every case has been unlinked: a late claimant would take part in the next round.
//
// Locking: places in the order of their ids, each once, however many cases it has. Nothing of a select may be touched after the last lock
// has been left by a parking select: it may run elsewhere, and again.
//
// Source: The Go Programming Language Specification, "Select statements"; runtime/select.go.

namespace Quintet.Goroutines;

/// <summary>Waits for the first of several channel operations: Go's <c>select</c>.</summary>
/// <remarks>
/// Add cases once, then await as often as wanted; a round allocates nothing. Among cases that are ready one is chosen at random, each
/// with the same chance. One goroutine at a time may use it. Without a case it waits for ever, as in Go.
/// <code>
/// var select = new Select();
/// var work = select.Receive(jobs);
/// var stop = select.Receive(done);
/// while (await select != stop.Index) Handle(work.Value);
/// </code>
/// </remarks>
public sealed partial class Select
{
    private const int Idle = -1;
    private const int Open = -2;

    private SelectCase[] _cases = new SelectCase[4];
    private SelectCase[]? _inLockOrder;
    private int _count;
    private int _default = -1;
    private bool _hasClock;
    private int _chosen;
    private int _claim = Idle;
    private uint _random = (uint)Random.Shared.Next() | 1;

    internal Goroutine? Waiter { get; private set; }

    internal bool IsOpen => Volatile.Read(ref _claim) == Open;

    /// <summary>Adds a receive.</summary>
    /// <typeparam name="T">What the channel carries.</typeparam>
    /// <param name="channel">From where; null disables the case.</param>
    /// <returns>The case, which tells what was received.</returns>
    public ReceiveCase<T> Receive<T>(IReceiveChan<T>? channel) => Add(new ReceiveCase<T>(this, _count, channel));

    /// <summary>Adds a send.</summary>
    /// <typeparam name="T">What the channel carries.</typeparam>
    /// <param name="channel">Where to; null disables the case.</param>
    /// <param name="value">What is sent; can be changed between rounds.</param>
    /// <returns>The case.</returns>
    public SendCase<T> Send<T>(ISendChan<T>? channel, T value) => Add(new SendCase<T>(this, _count, channel, value));

    /// <summary>Adds a time-out: the case is chosen when nothing else was for so long. It starts anew in each round.</summary>
    /// <param name="delay">How long, by the scheduler's clock; zero or less: not at all.</param>
    /// <returns>The index of the case.</returns>
    public int After(TimeSpan delay) => Add(new TimeoutCase(this, _count, delay)).Index;

    /// <summary>Adds the end of a context.</summary>
    /// <param name="context">The context.</param>
    /// <returns>The index of the case.</returns>
    public int Done(GoContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Receive(context.Done).Index;
    }

    /// <summary>Adds a default: chosen when no other case is ready, so that the select never waits.</summary>
    /// <returns>The index of the case.</returns>
    /// <exception cref="InvalidOperationException">There is a default already.</exception>
    public int Default()
    {
        if (_default >= 0) throw new InvalidOperationException("A select has one default at most.");
        return _default = Add(new DefaultCase(this, _count)).Index;
    }

    /// <summary>Makes one round: waits until a case can proceed, and makes its operation.</summary>
    /// <returns>The awaiter, for the compiler. The await returns the index of the chosen case.</returns>
    public SelectAwaiter GetAwaiter() => new(this);

    /// <summary>Makes one round and blocks the calling code meanwhile. A goroutine's thread hands its processor over.</summary>
    /// <returns>The index of the chosen case.</returns>
    /// <exception cref="ChanClosedException">The chosen case sends to a closed channel.</exception>
    public int Wait()
    {
        if (CheckFree() && TryChoose()) return Conclude();
        var waiter = ThreadWaiter.ForThisThread();
        if (!ChooseOrPark(waiter)) waiter.Block();
        return Conclude();
    }

    internal bool TryClaim(int index) => Interlocked.CompareExchange(ref _claim, index, Open) == Open;

    internal void CasesChanged()
    {
        if (Waiter is not null) throw new InvalidOperationException("A select is changed between two rounds, not while it waits.");
        _inLockOrder = null;
    }

    /// <summary>Always true, or it throws: before anything has been queued.</summary>
    internal bool CheckFree() =>
        Waiter is null ? true : throw new InvalidOperationException("A select is used by one goroutine at a time.");

    /// <summary>The first look: true when a case was chosen and its operation made.</summary>
    internal bool TryChoose()
    {
        if (_default >= 0) BeforeLook();
        var pick = PickReady(out var ready);
        if (ready > 0)
        {
            var chosen = _cases[pick];
            var place = chosen.Place!;
            place.Enter();
            var done = chosen.TryProceed(out var wake);
            place.Leave();
            if (wake is not null) GoScheduler.Ready(wake);
            if (done)
            {
                _chosen = pick;
                return true;
            }

            // What was there has gone. The full look is exact; a default must not miss a case that was ready all the time.
            if (_default < 0) return false;
            return TryChooseLocked() || ChooseDefault();
        }

        return ChooseDefault();
    }

    /// <summary>The full look: true when a case was chosen, false when the waiter is queued at every place.</summary>
    internal bool ChooseOrPark(Goroutine waiter)
    {
        var order = _inLockOrder ??= LockOrder();
        if (_hasClock) BeforeParking();
        Lock(order);
        if (ProceedUnderLocks(out var wake))
        {
            Unlock(order);
            if (_hasClock) AfterParking();
            if (wake is not null) GoScheduler.Ready(wake);
            return true;
        }

        Waiter = waiter;
        Volatile.Write(ref _claim, Open);
        if (order.Length == 0)
        {
            NowherePlace.Park(waiter, "select without an open case");
            return false;
        }

        // From anywhere in the order: two cases on one channel have the same chance.
        var start = (int)NextRandom((uint)order.Length);
        for (var n = 0; n < order.Length; n++) order[(start + n) % order.Length].Enqueue(waiter);
        Unlock(order);
        return false;
    }

    /// <summary>Ends a round: the index of the chosen case, or its failure.</summary>
    internal int Conclude()
    {
        if (Waiter is not null)
        {
            _chosen = _claim;
            foreach (var item in _inLockOrder!) Unlink(item);
            Waiter = null;
            Volatile.Write(ref _claim, Idle);
            if (_hasClock) AfterParking();
        }

        _cases[_chosen].Conclude();
        return _chosen;
    }

    private void BeforeLook()
    {
        foreach (var item in _cases.AsSpan(0, _count)) item.BeforeLook();
    }

    private void BeforeParking()
    {
        foreach (var item in _cases.AsSpan(0, _count)) item.BeforeParking();
    }

    private void AfterParking()
    {
        foreach (var item in _cases.AsSpan(0, _count)) item.AfterParking();
    }

    private void Unlink(SelectCase item)
    {
        Core.Probe.Point();
        if (item.Index == _chosen || !Volatile.Read(ref item.Linked)) return;
        var place = item.Place!;
        place.Enter();
        item.Dequeue();
        place.Leave();
    }

    private bool TryChooseLocked()
    {
        var order = _inLockOrder ??= LockOrder();
        Lock(order);
        var done = ProceedUnderLocks(out var wake);
        Unlock(order);
        if (wake is not null) GoScheduler.Ready(wake);
        return done;
    }

    private bool ProceedUnderLocks(out Goroutine? wake)
    {
        wake = null;
        var pick = PickReady(out var ready);
        for (var n = 0; ready > 0 && n < _count; n++)
        {
            var item = _cases[pick];
            if (item.Place is not null && item.MayProceed && item.TryProceed(out wake))
            {
                _chosen = pick;
                return true;
            }

            if (++pick == _count) pick = 0;
        }

        return false;
    }

    private bool ChooseDefault()
    {
        _chosen = _default;
        return _default >= 0;
    }

    /// <summary>One of the cases that look ready, each with the same chance.</summary>
    private int PickReady(out int ready)
    {
        var pick = 0;
        ready = 0;
        for (var n = 0; n < _count; n++)
        {
            var item = _cases[n];
            if (item.Place is null || !item.MayProceed) continue;
            if (++ready == 1 || NextRandom((uint)ready) == 0) pick = n;
        }

        return pick;
    }

    private uint NextRandom(uint below)
    {
        if (Processor.Current?.Driver is { } driver) return driver.Next(below);
        var random = _random;
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        _random = random;
        return (uint)(((ulong)random * below) >> 32);
    }

    private TCase Add<TCase>(TCase added)
        where TCase : SelectCase
    {
        CasesChanged();
        _hasClock |= added is TimeoutCase;
        if (_count == _cases.Length) Array.Resize(ref _cases, _count * 2);
        _cases[_count++] = added;
        return added;
    }

    private SelectCase[] LockOrder()
    {
        var order = _cases.AsSpan(0, _count).ToArray().Where(item => item.Place is not null).ToArray();
        Array.Sort(order, static (left, right) => left.Place!.Id.CompareTo(right.Place!.Id));
        return order;
    }

    private static void Lock(SelectCase[] order)
    {
        ParkingPlace? previous = null;
        foreach (var item in order)
        {
            if (item.Place != previous) item.Place!.Enter();
            previous = item.Place;
        }
    }

    private static void Unlock(SelectCase[] order)
    {
        // A place is read before the one in front of it is left: after the last one has been left, the next round may change the cases.
        var place = order.Length == 0 ? null : order[0].Place;
        for (var n = 0; n < order.Length; n++)
        {
            var next = n + 1 < order.Length ? order[n + 1].Place : null;
            if (next != place) place!.Leave();
            place = next;
        }
    }

    private sealed class DefaultCase(Select owner, int index) : SelectCase(owner, index)
    {
        internal override bool MayProceed => false;

        internal override bool TryProceed(out Goroutine? wake)
        {
            wake = null;
            return false;
        }

        internal override void Enqueue(Goroutine waiter)
        {
        }

        internal override void Dequeue()
        {
        }
    }
}
