using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Quintet.Asyncio;

/// <summary>Another program, started by <see cref="Aio.StartProcess"/>. Source: <c>asyncio.subprocess.Process</c>.</summary>
public sealed partial class AsyncProcess
{
    private const int Terminated = 15;
    private readonly Process _process;
    private readonly Future<int> _exited;
    private int _signal;

    internal AsyncProcess(EventLoop loop, Process process)
    {
        _process = process;
        _exited = loop.CreateFuture<int>();
        // The base library waits on a thread of its own; the result comes through the inbox.
        loop.Core.Hold();
        process.Exited += (_, _) => loop.Core.SendAndRelease(static state => ((AsyncProcess)state!).OnExited(), this);
        process.EnableRaisingEvents = true;
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>The exit code, or minus the signal that ended it; null while it runs.</summary>
    public int? ReturnCode => _exited.IsDone ? _exited.Result : null;

    /// <summary>Its standard input, if redirected.</summary>
    public Stream? StandardInput => _process.StartInfo.RedirectStandardInput ? _process.StandardInput.BaseStream : null;

    /// <summary>Its standard output, if redirected.</summary>
    public Stream? StandardOutput => _process.StartInfo.RedirectStandardOutput ? _process.StandardOutput.BaseStream : null;

    /// <summary>Its standard error, if redirected.</summary>
    public Stream? StandardError => _process.StartInfo.RedirectStandardError ? _process.StandardError.BaseStream : null;

    /// <summary>Waits until it ends. Cancelling the wait leaves it running.</summary>
    /// <returns>The exit code, or minus the signal that ended it.</returns>
    public async Coroutine<int> Wait() => await Aio.Shield(_exited);

    /// <summary>Writes all of <paramref name="input"/>, reads all output, and waits until it ends.</summary>
    public async Coroutine<(byte[] Output, byte[] Error)> Communicate(ReadOnlyMemory<byte> input = default)
    {
        var output = ReadToEnd(StandardOutput);
        var error = ReadToEnd(StandardError);
        await Aio.Wrap(Feed(input));
        await Aio.Wrap(Task.WhenAll(output, error));
        await Wait();
        return (await output, await error);
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    public void Terminate() => Signal(Terminated);

    /// <summary>Ends it (SIGKILL).</summary>
    public void Kill() => Signal(9);

    /// <summary>Sends a signal. On Windows every signal ends the process.</summary>
    public void Signal(int number)
    {
        if (_process.HasExited) return;
        _signal = number;
        if (OperatingSystem.IsWindows()) _process.Kill();
        else _ = kill(_process.Id, number);
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    private static async Task<byte[]> ReadToEnd(Stream? stream)
    {
        if (stream is null) return [];
        var all = new MemoryStream();
        await stream.CopyToAsync(all).ConfigureAwait(false);
        return all.ToArray();
    }

    private async Task Feed(ReadOnlyMemory<byte> input)
    {
        if (StandardInput is not { } stream) return;
        try
        {
            await stream.WriteAsync(input).ConfigureAwait(false);
            stream.Close();
        }
        catch (IOException)
        {
            // It has ended without reading everything, as it may.
        }
    }

    private void OnExited()
    {
        // The base library gives 128 + n for a process that signal n ended.
        var code = _process.ExitCode;
        _exited.SetResult(_signal != 0 && code == 128 + _signal ? -_signal : code);
    }
}
