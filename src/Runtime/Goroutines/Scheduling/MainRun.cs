using System.Runtime.ExceptionServices;

namespace Quintet.Goroutines;

/// <summary>A thread that waits for a main goroutine; whoever finds the scheduler in a deadlock tells it.</summary>
internal sealed class MainRun(GoScheduler scheduler, bool endsScheduler = false)
{
    private readonly object _gate = new();
    private bool _done;

    internal GoScheduler Scheduler { get; } = scheduler;

    /// <summary>Whether the scheduler counts it among those that a deadlock would concern.</summary>
    internal bool IsCounted { get; set; }

    internal bool IsDone => Volatile.Read(ref _done);

    internal ExceptionDispatchInfo? Error { get; private set; }

    /// <summary>The main goroutine called Go.Exit: as in Go, the others go on, and only a deadlock ends the run.</summary>
    internal bool MainExited { get; private set; }

    internal void Exited() => MainExited = true;

    /// <summary>What Go says when nobody can go on.</summary>
    internal string DeadlockText =>
        MainExited ? "no goroutines (main called runtime.Goexit) - deadlock!" : "all goroutines are asleep - deadlock!";

    internal void Complete(ExceptionDispatchInfo? error)
    {
        lock (_gate)
        {
            if (_done) return;
            _done = true;
            Error = error;
            if (IsCounted) Scheduler.MainEnded(); // before this thread finds nothing to do: what is left asleep then is no deadlock
            Monitor.Pulse(_gate);
        }

        // As in Go: nobody gets another turn after main.
        if (endsScheduler) Scheduler.Dispose();
    }

    internal void Wait()
    {
        lock (_gate)
        {
            while (!_done) Monitor.Wait(_gate);
        }
    }
}
