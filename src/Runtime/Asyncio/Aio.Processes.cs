using System.Diagnostics;

namespace Quintet.Asyncio;

public static partial class Aio
{
    /// <summary>Starts a program (<c>create_subprocess_exec</c>). What is redirected are streams of the loop.</summary>
    /// <param name="program">The program, by its path or its name.</param>
    /// <param name="arguments">Its arguments; nothing in them is special.</param>
    /// <param name="pipeInput">Whether <see cref="AsyncProcess.StandardInput"/> is written here; otherwise the program has ours.</param>
    /// <param name="pipeOutput">Whether <see cref="AsyncProcess.StandardOutput"/> is read here.</param>
    /// <param name="pipeError">Whether <see cref="AsyncProcess.StandardError"/> is read here.</param>
    /// <param name="options">Folder, environment and the limit of the readers; null for ours and 64 KiB.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started: there is no such program, or we may not.</exception>
    /// <exception cref="CancelledError">The start was cancelled: a program that runs already is killed.</exception>
    public static Coroutine<AsyncProcess> StartProcess(
        string program,
        IEnumerable<string> arguments,
        bool pipeInput = false,
        bool pipeOutput = false,
        bool pipeError = false,
        AsyncProcessOptions? options = null) =>
        Start(new ProcessStartInfo(program, arguments), pipeInput, pipeOutput, pipeError, options ?? new AsyncProcessOptions());

    /// <summary>Has a command line run by the system's shell (<c>create_subprocess_shell</c>).</summary>
    /// <remarks>The shell takes the line apart: never put what strangers say into it.</remarks>
    /// <exception cref="System.ComponentModel.Win32Exception">The shell could not be started. An unknown command is an exit
    /// code.</exception>
    public static Coroutine<AsyncProcess> StartShell(
        string command,
        bool pipeInput = false,
        bool pipeOutput = false,
        bool pipeError = false,
        AsyncProcessOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        string[] shell = OperatingSystem.IsWindows() ? ["cmd.exe", "/c"] : ["/bin/sh", "-c"];
        return StartProcess(shell[0], [shell[1], command], pipeInput, pipeOutput, pipeError, options);
    }

    private static async Coroutine<AsyncProcess> Start(
        ProcessStartInfo start, bool pipeInput, bool pipeOutput, bool pipeError, AsyncProcessOptions options)
    {
        var loop = EventLoop.Current;
        start.UseShellExecute = false;
        start.RedirectStandardInput = pipeInput;
        start.RedirectStandardOutput = pipeOutput;
        start.RedirectStandardError = pipeError;
        if (options.WorkingDirectory is { } folder) start.WorkingDirectory = folder;
        if (options.Environment is { } environment)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment) start.Environment[name] = value;
        }

        // Forking a large program takes milliseconds.
        var starting = new ProcessStart(start);
        try
        {
            return new AsyncProcess(loop, await loop.RunInExecutor(starting.Begin), options.Limit);
        }
        catch
        {
            starting.Abandon();
            throw;
        }
    }
}
