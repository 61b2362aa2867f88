using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing.Workers;

/// <summary>A started worker as its parent has it: the process, the socket, the common board.</summary>
internal sealed partial class WorkerConnection : IDisposable
{
    /// <summary>The number of the task of a process that is there for one.</summary>
    internal const long OnlyTask = 1;

    private const int Interrupted = 4;

    private readonly Process _process;
    private readonly Lock _controlGate = new();

    private WorkerConnection(Process process, LocalSocket socket, WorkerBoard board, FrameReader frames)
    {
        (_process, Socket, Board, Frames) = (process, socket, board, frames);
        ProcessId = process.Id;
    }

    internal int ProcessId { get; }

    internal LocalSocket Socket { get; }

    internal WorkerBoard Board { get; }

    internal FrameReader Frames { get; }

    /// <summary>Starts a process and waits until it has proved to be the worker that was started.</summary>
    /// <exception cref="WorkerStartException">It has not within the time allowed.</exception>
    internal static WorkerConnection Start(ProcessPoolOptions options, CancellationToken cancellation)
    {
        if (WorkerEntry.IsStrayWorker)
        {
            throw new WorkerStartException(
                "This process was started as a worker, but its start-up hook has not run, so it came to user code. It may not "
                + "start workers.");
        }
        var info = WorkerProgram.StartInfo(options);
        var board = WorkerBoard.Create();
        Process? process = null;
        try
        {
            using var listener = new WorkerListener();
            process = Process.Start(info) ?? throw new WorkerStartException("The process did not start.");

            // While the process comes to life: to ask for cultures may have to load them.
            var invitation = new WorkerInvitation(
                Convert.ToHexString(Chance.Bytes(32)), listener.SocketPath, Environment.ProcessId, board.Address,
                options.TaskTimeout != Timeout.InfiniteTimeSpan, WorkerCulture.OfThisThread());
            Tell(process, invitation.Line);
            var socket = listener.Accept(process, options.StartTimeout, cancellation);
            return new WorkerConnection(process, socket, board, Greeted(socket, invitation.Token, options.StartTimeout));
        }
        catch (Exception exception)
        {
            board.Dispose();
            if (process is null) throw exception as WorkerStartException ?? new WorkerStartException(exception.Message, exception);
            throw Failed(process, exception);
        }
    }

    /// <summary>Asks the worker to cancel a task. What it does not hear any more it does not need to.</summary>
    internal void Cancel(long task)
    {
        try
        {
            lock (_controlGate) Tell(_process, task.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has ended.
        }
    }

    /// <summary>Asks the process to end, as far as the system knows how to ask.</summary>
    internal void Terminate()
    {
        const int terminate = 15;
        if (OperatingSystem.IsWindows()) Kill();
        else Signal(ProcessId, terminate);
    }

    internal void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Waits for the end of the process, and helps if it does not come. Returns the exit code.</summary>
    internal int End(TimeSpan patience)
    {
        if (!_process.WaitForExit(patience))
        {
            Kill();
            _process.WaitForExit();
        }
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Socket.Dispose();
        Board.Dispose();
        _process.Dispose();
    }

    /// <summary>Reads the token, which comes first and must be the one that was given.</summary>
    /// <exception cref="WorkerStartException">Nothing came in time, or something else.</exception>
    internal static FrameReader Greeted(LocalSocket socket, string token, TimeSpan timeout)
    {
        socket.ReceiveTimeout = timeout;
        var frames = new FrameReader(socket);
        FrameHeader header;
        ReadOnlyMemory<byte> body;
        while (!frames.TryNext(out header, out body))
            if (!frames.Fill()) throw new WorkerStartException("The worker closed its connection before it had said who it is.");
        if (header.Kind != FrameKind.Hello || !CryptographicOperations.FixedTimeEquals(body.Span, Encoding.ASCII.GetBytes(token)))
            throw new WorkerStartException("Somebody else than the worker answered.");
        socket.ReceiveTimeout = TimeSpan.Zero;
        return frames;
    }

    /// <summary>
    /// Writes a line to the process. On Unix past the base library's pipe, which would load the sockets' assembly and start its engine
    /// for it: a line is shorter than what a pipe takes at once.
    /// </summary>
    /// <exception cref="IOException">The process reads no more.</exception>
    private static void Tell(Process process, string line)
    {
        var bytes = Encoding.ASCII.GetBytes(line + "\n");
        if (OperatingSystem.IsWindows() || process.StandardInput.BaseStream is not PipeStream pipe)
        {
            process.StandardInput.BaseStream.Write(bytes);
            process.StandardInput.BaseStream.Flush();
            return;
        }

        for (var sent = 0; sent < bytes.Length;)
        {
            var taken = Write(pipe.SafePipeHandle, bytes.AsSpan(sent), (nuint)(bytes.Length - sent));
            if (taken < 0 && Marshal.GetLastPInvokeError() == Interrupted) continue;
            if (taken <= 0) throw new IOException($"The worker cannot be told anything ({Marshal.GetLastPInvokeError()}).");
            sent += (int)taken;
        }
    }

    private static WorkerStartException Failed(Process process, Exception exception)
    {
        using (process)
        {
            if (!process.HasExited && !process.WaitForExit(TimeSpan.FromMilliseconds(200))) process.Kill();
            process.WaitForExit();
            return process.ExitCode switch
            {
                WorkerEntry.NoHook => new WorkerStartException(
                    "The start-up hook did not run in the worker process (DOTNET_STARTUP_HOOKS is ignored when StartupHookSupport is off). "
                    + "The process was ended before Main.", exception),
                _ when exception is WorkerStartException start => start,
                var code => new WorkerStartException(
                    $"Worker process {process.Id} {WorkerCrashedException.Describe(code)} before it was ready: {exception.Message}",
                    exception),
            };
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafePipeHandle pipe, ReadOnlySpan<byte> bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
