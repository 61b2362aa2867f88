using System.Runtime.InteropServices;

namespace Quintet.Asyncio;

public sealed partial class EventLoop
{
    private readonly Dictionary<PosixSignal, PosixSignalRegistration> _signals = [];

    /// <summary>
    /// Calls <paramref name="handler"/> on the loop when the process gets <paramref name="signal"/>, instead of what the signal does by
    /// default. A second handler of a signal replaces the first.
    /// </summary>
    /// <param name="signal">The signal. On Unix its number may be cast, for example 10 for SIGUSR1 on Linux.</param>
    /// <param name="handler">Runs as a callback of the loop, with the caller's async-local values.</param>
    /// <exception cref="EventLoopException">The loop is closed, or runs on another thread.</exception>
    /// <exception cref="PlatformNotSupportedException">The platform has no such signal.</exception>
    /// <exception cref="IOException">The signal cannot be caught (SIGKILL, SIGSTOP).</exception>
    /// <remarks>Handlers end with the loop. Source: <c>loop.add_signal_handler</c>; every thread's loop may have handlers here.</remarks>
    public void AddSignalHandler(PosixSignal signal, Action handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        CheckOpen();
        CheckThread();
        var values = Loops.AmbientContext.Capture();
        var registration = PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            // On a thread of the base library; a loop that closes at this moment has no use for it.
            Core.Send(ContextCall.Run, new ContextCall(handler, values));
        });
        if (_signals.Remove(signal, out var former)) former.Dispose();
        _signals.Add(signal, registration);
    }

    /// <summary>Gives a signal back what it does by default.</summary>
    /// <returns>Whether it had a handler.</returns>
    /// <exception cref="EventLoopException">The loop runs on another thread.</exception>
    public bool RemoveSignalHandler(PosixSignal signal)
    {
        CheckThread();
        if (!_signals.Remove(signal, out var registration)) return false;
        registration.Dispose();
        return true;
    }

    private void RemoveSignalHandlers()
    {
        foreach (var registration in _signals.Values) registration.Dispose();
        _signals.Clear();
    }
}
