using System.Runtime.InteropServices;

namespace Quintet.Asyncio;

/// <summary>Runs main coroutines one after another on a loop of its own, and tidies up when disposed of.</summary>
/// <remarks>
/// Disposal cancels what is left, waits for it, and closes the loop. While a main coroutine runs, Ctrl-C cancels it. Async-local values
/// that one main coroutine sets are there for the next. Source: <c>asyncio.Runner</c>.
/// </remarks>
public sealed class Runner : IDisposable
{
    private readonly EventLoopOptions _options;
    private readonly LoopContext _context = LoopContext.Copy();
    private EventLoop? _loop;
    private bool _closed;
    private Interrupts? _interrupts;

    /// <summary>A runner of a loop with asyncio's defaults.</summary>
    public Runner() : this(new EventLoopOptions()) { }

    /// <summary>A runner of a loop that behaves as <paramref name="options"/> say.</summary>
    public Runner(EventLoopOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>The loop; made when first asked for.</summary>
    /// <exception cref="EventLoopException">The runner is closed.</exception>
    public EventLoop Loop
    {
        get
        {
            if (_closed) throw new EventLoopException("Runner is closed");
            return _loop ??= new EventLoop(_options);
        }
    }

    /// <summary>Runs <paramref name="main"/> to its end.</summary>
    /// <exception cref="EventLoopException">A loop runs on this thread already, or the runner is closed.</exception>
    /// <exception cref="KeyboardInterruptException">Ctrl-C cancelled it.</exception>
    public void Run(Coroutine main)
    {
        CheckNoLoop("Runner.run() cannot be called from a running event loop");
        RunTask(Loop.CreateTask(main, context: _context));
    }

    /// <summary>Runs <paramref name="main"/> to its end, for its result.</summary>
    /// <exception cref="EventLoopException">A loop runs on this thread already, or the runner is closed.</exception>
    /// <exception cref="KeyboardInterruptException">Ctrl-C cancelled it.</exception>
    public T Run<T>(Coroutine<T> main)
    {
        CheckNoLoop("Runner.run() cannot be called from a running event loop");
        var task = Loop.CreateTask(main, context: _context);
        RunTask(task);
        return task.Result;
    }

    /// <summary>Cancels the tasks that are left, waits for them, ends the async iterators that were watched, waits for the work of the
    /// pool (at most five minutes), and closes the loop.</summary>
    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        if (_loop is not { } loop) return;
        try
        {
            CancelLeftovers(loop);
            loop.RunUntilComplete(loop.ShutDownIterators());
            loop.RunUntilComplete(loop.ShutDownPool());
        }
        finally
        {
            loop.Dispose();
        }
    }

    internal static void CheckNoLoop(string message)
    {
        if (EventLoop.CurrentOrNull is not null) throw new EventLoopException(message);
    }

    private static void CancelLeftovers(EventLoop loop)
    {
        var left = loop.AllTasks();
        if (left.Count == 0) return;
        foreach (var task in left) task.Cancel();
        loop.RunUntilComplete(Aio.WaitForAll(loop, left));
        foreach (var task in left)
        {
            if (task.Error is not { } error) continue;
            // Told here, it is not told of again as one that nobody asked for.
            task.Retrieve();
            loop.CallExceptionHandler(new("unhandled exception during asyncio.run() shutdown", error, task.Name) { Task = task });
        }
    }

    /// <summary>Ctrl-C, as the signal's handler brings it; false when no main coroutine runs that it could be for.</summary>
    internal bool Interrupt() => _interrupts?.Take() ?? false;

    private void RunTask(LoopTask main)
    {
        var interrupts = _interrupts = new Interrupts(Loop, main);
        using var registration = _options.HandleInterrupt
            ? PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = interrupts.Take())
            : null;
        try
        {
            Loop.RunUntilComplete((Future)main);
        }
        catch (Exception error)
            when (interrupts.End() > 0 && (interrupts.Untold || (error is CancelledError && main.Uncancel() == 0)))
        {
            throw new KeyboardInterruptException();
        }
        finally
        {
            interrupts.End();
        }

        if (interrupts.Untold) throw new KeyboardInterruptException();
    }
}
