using Quintet.Loops;

namespace Quintet.Asyncio;

public sealed partial class EventLoop
{
    private Action<EventLoop, LoopExceptionContext>? _exceptionHandler;
    private bool _debug;

    /// <summary>Debug mode: never awaited coroutines and the duration of slow callbacks are reported.</summary>
    public bool Debug
    {
        get => _debug;
        set
        {
            if (_debug == value) return;
            _debug = value;
            Interlocked.Add(ref CoroutineCore.DebugLoops, value ? 1 : -1);
        }
    }

    /// <summary>
    /// In debug mode, callbacks that took longer are reported when they end; the watchdog uses the value at the start of a run.
    /// </summary>
    public TimeSpan SlowCallbackDuration { get; set; }

    /// <summary>Called for each callback that was slow, in debug mode; without it, they go to the error stream.</summary>
    public Action<string>? Log { get; set; }

    /// <summary>What <see cref="SetExceptionHandler"/> has set; null is the default.</summary>
    public Action<EventLoop, LoopExceptionContext>? ExceptionHandler => _exceptionHandler;

    /// <summary>Replaces what is done with exceptions that nobody takes; null restores the default.</summary>
    public void SetExceptionHandler(Action<EventLoop, LoopExceptionContext>? handler) => _exceptionHandler = handler;

    /// <summary>Writes to the error stream what the context says.</summary>
    public static void DefaultExceptionHandler(LoopExceptionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var source = context.Source is null ? "" : $" ({context.Source})";
        Console.Error.WriteLine($"{context.Message}{source}{(context.Exception is null ? "" : Environment.NewLine + context.Exception)}");
    }

    /// <summary>Gives the context to the exception handler, which sees the async-local values of the task that it tells of. A handler that
    /// throws is reported, and nothing else happens.</summary>
    public void CallExceptionHandler(LoopExceptionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var log = AsyncioEventSource.Log;
        if (log.IsEnabled()) log.Unhandled(Core.Metrics.Number, context.Message, context.Exception?.ToString() ?? "");
        var outer = AmbientContext.Capture();
        if ((context.Task ?? context.Future as LoopTask) is { } task) AmbientContext.Enter(task.Values);
        try
        {
            if (_exceptionHandler is { } handler) handler(this, context);
            else DefaultExceptionHandler(context);
        }
        catch (Exception error) when (error is not KeyboardInterruptException)
        {
            DefaultExceptionHandler(new("Unhandled error in exception handler", error, context.Message));
        }
        finally
        {
            AmbientContext.Enter(outer);
        }
    }

    bool ILoopHost.IsInCoroutine => Core.Running is LoopTask;

    string ILoopHost.DescribeRunning() => Describe(Core.Running);

    internal void ReportFromAnywhere(LoopExceptionContext context)
    {
        // From the finalizer's thread, maybe after the loop has gone.
        if (IsClosed) CallExceptionHandler(context);
        else Core.Send(static state => ((Action)state!)(), () => CallExceptionHandler(context));
    }

    internal void ReportNeverAwaited(string method, string stack)
    {
        var message = $"coroutine '{method}' was never awaited";
        LoopDetectors.Raise(new("QNT4006", message, method, TimeSpan.Zero, stack));
    }

    private static string Describe(object? what) => what switch
    {
        LoopTask task => task.DescribeAwaits(),
        ContextCall call => CallbackName.Of(call.Target),
        DoneCallback callback => CallbackName.Of(callback.Action),
        TimerHandle { State: ContextCall call } => CallbackName.Of(call.Target),
        TimerHandle { State: Delegate target } => CallbackName.Of(target),
        TimerHandle timer => CallbackName.Of(timer.Callback),
        Delegate callback => CallbackName.Of(callback),
        SocketTransport { User: AsyncTransport transport } => transport.Protocol.GetType().Name,
        null => "nothing",
        _ => what.GetType().Name,
    };

    private void OnCallbackFailed(Exception error)
    {
        // The handler sees the values of the callback, as they were when it failed.
        if (error is KeyboardInterruptException) LeaveWith(error);
        else CallExceptionHandler(new($"Exception in callback {Describe(Core.Running)}", error, null));
        AmbientContext.Enter(AmbientContext.Empty);
        Ambient = AmbientContext.Empty;
    }

    private void RunTimed(SendOrPostCallback? callback, object? state)
    {
        var started = Core.Clock.Now;
        var what = state ?? callback;
        var name = what is TimerHandle ? Describe(what) : null;
        if (callback is null) ((LoopTask)state!).Step();
        else Run(callback, state);
        var took = new TimeSpan((Core.Clock.Now - started) / TimeSpan.NanosecondsPerTick);
        if (took < SlowCallbackDuration) return;
        var message = FormattableString.Invariant($"Executing <{name ?? Describe(what)}> took {took.TotalSeconds:0.000} seconds");
        if (Log is { } log) log(message);
        else Console.Error.WriteLine(message);
    }
}
