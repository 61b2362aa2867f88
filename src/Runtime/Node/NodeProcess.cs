namespace Quintet.Node;

/// <summary>The events of a loop's life. Source: Node's <c>process</c>.</summary>
public sealed class NodeProcess
{
    /// <summary>The loop has nothing left to do; what a listener starts revives it. Gets the exit code.</summary>
    public event Action<int>? BeforeExit;

    /// <summary>The loop ends. What a listener starts does not run any more. Gets the exit code.</summary>
    public event Action<int>? Exit;

    /// <summary>A callback threw and nobody caught it. With a listener the loop goes on, without one it ends.</summary>
    public event Action<Exception>? UncaughtException;

    /// <summary>A promise was rejected and nobody handled it in the same drain. Without a listener it is an uncaught exception.</summary>
    public event Action<Exception, Promise>? UnhandledRejection;

    /// <summary>A rejection that was reported as unhandled has been handled after all.</summary>
    public event Action<Promise>? RejectionHandled;

    /// <summary>What <see cref="NodeLoop.Start"/> returns.</summary>
    public int ExitCode { get; set; }

    /// <summary>Whether the <see cref="Exit"/> listeners run or have run.</summary>
    public bool IsExiting { get; private set; }

    internal void EmitBeforeExit(NodeLoop loop)
    {
        if (BeforeExit is { } listeners) loop.Invoke(static state => ((Action)state!)(), () => listeners(ExitCode));
    }

    internal void EmitExit(NodeLoop loop)
    {
        if (IsExiting) return;
        IsExiting = true;
        if (Exit is { } listeners) loop.Invoke(static state => ((Action)state!)(), () => listeners(ExitCode));
    }

    internal bool EmitUncaught(Exception error)
    {
        var listeners = UncaughtException;
        listeners?.Invoke(error);
        return listeners is not null;
    }

    internal bool EmitUnhandledRejection(Exception error, Promise promise)
    {
        var listeners = UnhandledRejection;
        listeners?.Invoke(error, promise);
        return listeners is not null;
    }

    internal void EmitRejectionHandled(Promise promise) => RejectionHandled?.Invoke(promise);
}
