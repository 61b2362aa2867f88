// How a process is followed
// -------------------------
// The base library starts it and waits for its end on a thread of its own; the end comes through the loop's inbox. Its pipes are streams of
// the loop, with the limits of all streams.
//
// Source: CPython Lib/asyncio/subprocess.py, base_subprocess.py.

using System.Diagnostics;
using System.Runtime.InteropServices;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>Another program, started by <see cref="Aio.StartProcess"/>. Source: <c>asyncio.subprocess.Process</c>.</summary>
public sealed partial class AsyncProcess
{
    private const int Terminated = 15;
    private const int Killed = 9;
    private readonly Process _process;
    private readonly Future<int> _exited;
    private int _signal;

    internal AsyncProcess(EventLoop loop, Process process, int limit)
    {
        _process = process;
        _exited = loop.CreateFuture<int>();
        Id = process.Id;
        if (process.StartInfo.RedirectStandardInput)
            StandardInput = StreamConnection.Open(loop, process.StandardInput.BaseStream, limit).Writer;
        if (process.StartInfo.RedirectStandardOutput)
            StandardOutput = StreamConnection.Open(loop, process.StandardOutput.BaseStream, limit).Reader;
        if (process.StartInfo.RedirectStandardError)
            StandardError = StreamConnection.Open(loop, process.StandardError.BaseStream, limit).Reader;
        loop.Core.Hold();
        process.Exited += (_, _) => loop.Core.SendAndRelease(static state => ((AsyncProcess)state!).OnExited(), this);
        process.EnableRaisingEvents = true;
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>The exit code; minus the signal that was sent here and ended it; 128 + n for a signal n from elsewhere, as a shell has it.
    /// Null while it runs.</summary>
    public int? ReturnCode => _exited.IsDone ? _exited.Result : null;

    /// <summary>Its standard input, if redirected.</summary>
    public AsyncStreamWriter? StandardInput { get; }

    /// <summary>Its standard output, if redirected.</summary>
    public AsyncStreamReader? StandardOutput { get; }

    /// <summary>Its standard error, if redirected.</summary>
    public AsyncStreamReader? StandardError { get; }

    /// <summary>Waits until it ends. Cancelling the wait leaves it running. With redirected output that nobody reads it may never end: use
    /// <see cref="Communicate"/>.</summary>
    /// <returns>As <see cref="ReturnCode"/>.</returns>
    public async Coroutine<int> Wait() => await Aio.Shield(_exited);

    /// <summary>Writes all of <paramref name="input"/> and closes its standard input, reads all output, and waits until it ends.</summary>
    /// <remarks>That it ends without reading everything is no error.</remarks>
    /// <returns>What it wrote; empty for what is not redirected.</returns>
    public async Coroutine<(byte[] Output, byte[] Error)> Communicate(ReadOnlyMemory<byte> input = default)
    {
        var written = Aio.CreateTask(Feed(input));
        var output = Aio.CreateTask(ReadToEnd(StandardOutput));
        var error = Aio.CreateTask(ReadToEnd(StandardError));
        await Aio.Gather<byte[]>(output, error, written);
        await Wait();
        return (output.Result, error.Result);
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    /// <exception cref="EventLoopException">It has ended.</exception>
    public void Terminate() => Signal(Terminated);

    /// <summary>Ends it (SIGKILL).</summary>
    /// <exception cref="EventLoopException">It has ended.</exception>
    public void Kill() => Signal(Killed);

    /// <summary>Sends a signal by its number. On Windows every signal ends the process.</summary>
    /// <exception cref="EventLoopException">It has ended (Python: <c>ProcessLookupError</c>).</exception>
    public void Signal(int number)
    {
        if (_exited.IsDone) throw new EventLoopException($"process {Id} has ended");
        // It may have ended without the loop knowing yet: its number is still its own until the base library has waited for it.
        if (_process.HasExited) return;
        _signal = number;
        if (OperatingSystem.IsWindows()) _process.Kill();
        else _ = kill(Id, number);
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    private static async Coroutine<byte[]> ReadToEnd(AsyncStreamReader? reader) => reader is null ? [] : await reader.Read();

    private async Coroutine<byte[]> Feed(ReadOnlyMemory<byte> input)
    {
        if (StandardInput is not { } writer) return [];
        try
        {
            writer.Write(input.Span);
            await writer.Drain();
        }
        catch (IOException)
        {
            // It has ended without reading everything, as it may.
        }

        writer.Close();
        return [];
    }

    private void OnExited()
    {
        // The base library gives 128 + n for a process that signal n ended.
        var code = _process.ExitCode;
        _exited.SetResult(_signal != 0 && code == 128 + _signal ? -_signal : code);
    }
}
