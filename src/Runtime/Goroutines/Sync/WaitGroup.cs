// How a wait group works
// ----------------------
// A counter and a queue of waiters under one lock. Whoever brings the counter to zero releases every waiter in the same step.
//
// Invariants: W1 the counter is never negative. W2 somebody waits  =>  the counter is positive.
//
// Because of W2 two kinds of Go's misuse cannot be observed here and have no message: a wait that is still returning while the group is
// used again does no harm.
//
// Source: package sync, WaitGroup; "sync: negative WaitGroup counter".

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Waits for a number of goroutines to finish (Go's <c>sync.WaitGroup</c>).</summary>
/// <remarks>Safe for use by any number of goroutines and threads at once.</remarks>
[DebuggerDisplay("Count = {Count}")]
public sealed class WaitGroup : Waitable
{
    private int _count;
    private WaitQueue _waiting;

    /// <summary>How many have not finished.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds to the counter. At zero everybody who waits goes on.</summary>
    /// <param name="delta">How many more, or fewer, to wait for.</param>
    /// <exception cref="GoRuntimeException">sync: negative WaitGroup counter.</exception>
    public void Add(int delta)
    {
        WaitNode? woken = null;
        Enter();
        var count = _count + delta;
        if (count >= 0) _count = count;
        if (count == 0) woken = _waiting.DequeueAll();
        Debug.Assert(_count > 0 || _waiting.IsEmpty, "W2: somebody waits for nobody.");
        Leave();
        if (count < 0) throw new GoRuntimeException("sync: negative WaitGroup counter");
        Wakes.All(woken);
    }

    /// <summary>One has finished.</summary>
    /// <exception cref="GoRuntimeException">sync: negative WaitGroup counter.</exception>
    public void Done() => Add(-1);

    /// <summary>Starts a goroutine and counts it until its body has ended, however it ends.</summary>
    /// <param name="body">What it does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    public void Go(Func<GoTask> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(body);
        Add(1);
        Goroutines.Go.Run(Counted(body), file, line);
    }

    /// <summary>Waits until the counter is zero.</summary>
    /// <returns>What to await.</returns>
    public WaitOperation WaitAsync() => new(this);

    /// <summary>Waits until the counter is zero and blocks the calling code meanwhile.</summary>
    public void Wait() => Block(0);

    internal override bool TryNow(int kind) => Count == 0;

    internal override bool TryOrPark(Goroutine waiter, int kind)
    {
        Enter();
        var done = _count == 0;
        if (!done)
        {
            BeforeParking(waiter);
            _waiting.Enqueue(waiter);
        }

        Leave();
        return done;
    }

    internal override void List(ParkedReport report) =>
        List(in _waiting, $"WaitGroup #{Id} (count {_count})", report);

    private async GoTask Counted(Func<GoTask> body)
    {
        try
        {
            await body();
        }
        finally
        {
            Done();
        }
    }
}
