// How the core works
// ------------------
// What both event loops share: the clock, the inbox with its wake-up, the poller, the work pool, the watch over slow callbacks. The loops
// differ in what they do in a turn and in which order; when nothing is left to do, both come to Sleep.
//
// A thread that posts wakes the poller only if the loop sleeps and nobody has woken it yet; the inbox decides that.
//
// While work is in flight that lately came back sooner than a sleep and a wake-up take, the loop looks at its inbox for some microseconds
// before it sleeps.
//
// Invariants:
//   I1  At most one wake-up is written for each sleep.
//   I2  A letter that was pushed before Sleep returns is found by the drain that follows it.
//   I3  Serial grows with each callback, and only on the loop's thread.
//
// Locking: none. Post and Release are for any thread, the rest for the loop's.
// Source: libuv uv_async_send and uv__io_poll; CPython BaseSelectorEventLoop._write_to_self.

using System.Net.Sockets;

namespace Quintet.Loops;

/// <summary>The machinery under a loop.</summary>
internal sealed class LoopCore : IDisposable
{
    /// <summary>In nanoseconds; about what a sleep and a wake-up cost.</summary>
    private const long MostLooking = 10_000;

    /// <summary>Milliseconds of real time in which nothing comes from outside until virtual time goes on for those who may wait for
    /// it.</summary>
    private const int LongestSilence = 1000;

    private readonly VirtualClock? _virtual;
    private readonly int _poolSize;
    private readonly string _name;
    private WorkPool? _pool;
    private int _worth;
    private int _holds;
    private long _serial;
    private long _drain;
    private long _drains;
    private volatile object? _running;

    internal LoopCore(ILoopHost host, LoopMeter meter, int poolSize, bool virtualTime, BlockingPolicy policy)
    {
        _name = meter.Model;
        _poolSize = poolSize;
        _virtual = virtualTime ? new VirtualClock() : null;
        Clock = _virtual ?? new LoopClock();
        Metrics = new LoopMetrics(Clock, meter);
        Context = new LoopSynchronizationContext(host, policy);
        Host = host;
    }

    internal ILoopHost Host { get; }

    internal LoopClock Clock { get; }

    internal LoopMetrics Metrics { get; }

    internal Inbox Inbox { get; } = new();

    internal Poller Poller { get; } = Poller.Create();

    /// <summary>Sockets that are to be closed in a later turn, or, if there is none, with the loop. The loop's thread only.</summary>
    internal HashSet<Socket> Leaving { get; } = [];

    /// <summary>How long a handshake of TLS may take.</summary>
    internal static readonly TimeSpan DefaultTlsHandshake = TimeSpan.FromSeconds(60);

    /// <summary>How long a closed connection with TLS waits for the other end.</summary>
    internal static readonly TimeSpan DefaultTlsShutdown = TimeSpan.FromSeconds(30);

    internal TimeSpan TlsHandshake { get; init; } = DefaultTlsHandshake;

    internal TimeSpan TlsShutdown { get; init; } = DefaultTlsShutdown;

    /// <summary>Whether a connection that is broken off because the other end does not close it says so to its user.</summary>
    internal bool TellsLateShutdown { get; init; }

    internal SynchronizationContext Context { get; }

    internal WorkPool Pool => _pool ??= new WorkPool(_poolSize, _name + " worker");

    /// <summary>The managed id of the thread that runs the loop, or 0.</summary>
    internal int OwnerThread { get; set; }

    internal bool IsOwnThread => OwnerThread == Environment.CurrentManagedThreadId;

    /// <summary>Whether the loop waits in its poller, where it may block.</summary>
    internal bool IsPolling { get; private set; }

    /// <summary>What is in flight outside (work in the pool, foreign tasks) and will come back through the inbox.</summary>
    internal int Holds => Volatile.Read(ref _holds);

    /// <summary>How many of them wait in turn for the loop, and so hold no virtual time. The loop's thread only.</summary>
    internal int HoldsForLoop { get; set; }

    /// <summary>
    /// How many timers ordinary code has set by the loop's clock. Each may be what something in flight waits for; nobody can tell. The
    /// loop's thread only.
    /// </summary>
    internal int TimersForOthers { get; set; }

    /// <summary>The number of the last callback begun, and what it runs: how the watchdog sees one that does not end.</summary>
    internal long Serial => Volatile.Read(ref _serial);

    internal object? Running => _running;

    /// <summary>The number of the drain of ticks and microtasks that goes on, or 0.</summary>
    internal long Drain => Volatile.Read(ref _drain);

    internal void BeginDrain() => Volatile.Write(ref _drain, ++_drains);

    internal void EndDrain() => Volatile.Write(ref _drain, 0);

    internal void Begin(object? what)
    {
        _serial++;
        // A store that the collector is told of costs more than the look.
        if (_running != what) _running = what;
    }

    internal void End() => _running = null;

    internal void Hold() => Interlocked.Increment(ref _holds);

    internal void Release() => Interlocked.Decrement(ref _holds);

    /// <summary>Hands a call to the loop from any thread.</summary>
    internal void Send(SendOrPostCallback callback, object? state)
    {
        if (Inbox.Push(callback, state, releases: false)) Poller.Wake();
    }

    /// <summary>Hands over what was in flight. It counts as such until the loop takes it, so that the loop never sees nothing left
    /// to wait for, nor waits for what has come.</summary>
    internal void SendAndRelease(SendOrPostCallback callback, object? state)
    {
        if (Inbox.Push(callback, state, releases: true)) Poller.Wake();
    }

    /// <summary>Gives what is ready to its targets, without waiting.</summary>
    internal void Look()
    {
        Poller.Wait(0);
        Poller.Tell(Host);
    }

    /// <summary>Waits for the inbox, a socket, or <paramref name="nanoseconds"/> (-1: without end).</summary>
    internal void Sleep(long nanoseconds)
    {
        if (_virtual is not null && nanoseconds >= 0 && Holds <= HoldsForLoop)
        {
            SkipTime(nanoseconds);
            return;
        }

        var began = Clock.Now;
        var mayLook = _worth > 0 && _virtual is null && nanoseconds is < 0 or > MostLooking;
        if (mayLook && Holds > 0 && LookForLetters(began)) return;
        var milliseconds = _virtual is null ? Milliseconds(nanoseconds) : MayWaitForTime(nanoseconds) ? LongestSilence : -1;
        var silent = milliseconds == LongestSilence && _virtual is not null;
        if (!Inbox.TryFallAsleep()) milliseconds = 0;
        IsPolling = true;
        try
        {
            Poller.Wait(milliseconds);
        }
        finally
        {
            IsPolling = false;
            Inbox.WakeUp();
        }

        var slept = Clock.Now - began;
        if (slept < 5 * MostLooking && !Inbox.IsEmpty) _worth = 8;
        Metrics.AddIdle(slept);
        if (Poller.Tell(Host) == 0 && silent && milliseconds > 0 && Inbox.IsEmpty) _virtual!.Advance(nanoseconds);
    }

    /// <summary>Whether all that is in flight may wait for the loop's own timers, and none may come from outside.</summary>
    private bool MayWaitForTime(long nanoseconds) => nanoseconds >= 0 && Holds <= HoldsForLoop + TimersForOthers;

    public void Dispose()
    {
        _pool?.Dispose();
        foreach (var socket in Leaving) socket.Dispose();
        Poller.Dispose();
    }

    /// <summary>Rounded up: a timer never runs early, and a turn is not spun away on the rest of a millisecond.</summary>
    private static int Milliseconds(long nanoseconds) => nanoseconds < 0
        ? -1
        : (int)Math.Min((nanoseconds + 999_999) / 1_000_000, 86_400_000);

    /// <summary>Looks at the inbox for a moment. Sockets wait for that long.</summary>
    private bool LookForLetters(long began)
    {
        while (Inbox.IsEmpty)
        {
            Thread.SpinWait(4);
            if (Clock.Now - began < MostLooking) continue;
            _worth--;
            return false;
        }

        _worth = 8;
        return true;
    }

    private void SkipTime(long nanoseconds)
    {
        // What two ends on this machine have sent each other is there within a millisecond of real time.
        if (Poller.Count > 0)
        {
            Poller.Wait(1);
            if (Poller.Tell(Host) > 0) return;
        }

        if (Inbox.IsEmpty) _virtual!.Advance(nanoseconds);
    }
}
