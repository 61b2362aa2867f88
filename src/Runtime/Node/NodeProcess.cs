using System.Runtime.InteropServices;

namespace Quintet.Node;

/// <summary>The events of a loop's life. Source: Node's <c>process</c>.</summary>
/// <remarks>Belongs to the loop's thread.</remarks>
public sealed class NodeProcess
{
    private readonly NodeLoop _loop;

    internal NodeProcess(NodeLoop loop) => _loop = loop;

    private int Number => _loop.Core.Metrics.Number;

    /// <summary>The loop has nothing left to do; what a listener starts revives it. Gets the exit code. Not raised when the loop ends by
    /// <see cref="NodeLoop.Exit"/> or an exception.</summary>
    public event Action<int>? BeforeExit;

    /// <summary>The loop ends. What a listener starts does not run any more; the <see cref="ExitCode"/> that it sets counts. Gets the exit
    /// code.</summary>
    public event Action<int>? Exit;

    /// <summary>A callback threw and nobody caught it. With a listener the loop goes on, without one it ends. A listener that throws ends
    /// it with exit code 7.</summary>
    public event Action<Exception>? UncaughtException;

    /// <summary>Sees each uncaught exception before <see cref="UncaughtException"/>, and changes nothing.</summary>
    public event Action<Exception, UncaughtOrigin>? UncaughtExceptionMonitor;

    /// <summary>A promise was rejected and nobody handled it in the same drain. Without a listener it is an uncaught exception, unless
    /// <see cref="NodeLoopOptions.Rejections"/> says otherwise.</summary>
    public event Action<Exception, Promise>? UnhandledRejection;

    /// <summary>A rejection that was reported as unhandled has been handled after all.</summary>
    public event Action<Promise>? RejectionHandled;

    /// <summary>Something should not be so. Without a listener a warning is a line on the error stream.</summary>
    public event Action<NodeWarning>? Warning;

    /// <summary>What <see cref="NodeLoop.Start"/> returns.</summary>
    public int ExitCode { get; set; }

    /// <summary>The standard output; in a worker, its parent's, or <see cref="Worker.Output"/>.</summary>
    public Writable<byte[]> Output => field ??= Into(WriteOutput ??= ToConsole(Console.OpenStandardOutput));

    /// <summary>The standard error output; in a worker, its parent's, or <see cref="Worker.Error"/>.</summary>
    public Writable<byte[]> Error => field ??= Into(WriteError ??= ToConsole(Console.OpenStandardError));

    internal Action<byte[]>? WriteOutput { get; set; }

    internal Action<byte[]>? WriteError { get; set; }

    /// <summary>Whether the <see cref="Exit"/> listeners run or have run.</summary>
    public bool IsExiting { get; internal set; }

    /// <summary>Raises <see cref="Warning"/> in a tick.</summary>
    public void EmitWarning(NodeWarning warning)
    {
        ArgumentNullException.ThrowIfNull(warning);
        NodeEventSource.Log.Warning(Number, warning.Name, warning.Message);
        _loop.NextTick(() =>
        {
            if (Warning is { } listeners) listeners(warning);
            else Console.Error.WriteLine($"{warning.Name}: {warning.Message}");
        });
    }

    /// <summary>Raises <see cref="Warning"/> in a tick.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="name">Its kind.</param>
    public void EmitWarning(string message, string name = "Warning") => EmitWarning(new NodeWarning(name, message));

    /// <summary>Calls <paramref name="listener"/> in a poll phase when the process gets a signal, in place of what the signal does
    /// otherwise. Does not hold the loop.</summary>
    /// <returns>What takes the listener back.</returns>
    /// <exception cref="PlatformNotSupportedException">The platform has no such signal.</exception>
    public IDisposable OnSignal(PosixSignal signal, Action listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            _loop.Send(listener);
        });
    }

    private static Action<byte[]> ToConsole(Func<Stream> open)
    {
        var stream = open();
        return chunk =>
        {
            stream.Write(chunk);
            stream.Flush();
        };
    }

    // Written at once, as Node writes to files and terminals: what was printed is not lost when the process ends.
    private static Writable<byte[]> Into(Action<byte[]> write) => new((chunk, done) =>
    {
        write(chunk);
        done(null);
    });

    internal void EmitBeforeExit(NodeLoop loop)
    {
        if (BeforeExit is { } listeners) loop.Invoke(static state => ((Action)state!)(), () => Tell(listeners, ExitCode));
    }

    internal void EmitExit(NodeLoop loop)
    {
        if (IsExiting) return;
        IsExiting = true;
        if (Exit is { } listeners) loop.Invoke(static state => ((Action)state!)(), () => Tell(listeners, ExitCode));
    }

    /// <summary>Calls listeners until one of them exits: in Node that one does not come back.</summary>
    private void Tell<T>(Action<T> listeners, T argument)
    {
        var exits = _loop.ExitCalls;
        foreach (var listener in Delegate.EnumerateInvocationList(listeners))
        {
            listener(argument);
            if (_loop.ExitCalls != exits) return;
        }
    }

    internal bool EmitUncaught(Exception error, UncaughtOrigin origin)
    {
        if (NodeEventSource.Log.IsEnabled()) NodeEventSource.Log.Uncaught(Number, error.ToString());
        UncaughtExceptionMonitor?.Invoke(error, origin);
        var listeners = UncaughtException;
        if (listeners is not null) Tell(listeners, error);
        return listeners is not null;
    }

    internal bool EmitUnhandledRejection(Exception error, Promise promise)
    {
        if (NodeEventSource.Log.IsEnabled()) NodeEventSource.Log.UnhandledRejection(Number, error.ToString());
        var listeners = UnhandledRejection;
        listeners?.Invoke(error, promise);
        return listeners is not null;
    }

    internal void EmitRejectionHandled(Promise promise)
    {
        if (RejectionHandled is { } listeners) listeners(promise);
        else EmitWarning("Promise rejection was handled asynchronously", "PromiseRejectionHandledWarning");
    }
}
