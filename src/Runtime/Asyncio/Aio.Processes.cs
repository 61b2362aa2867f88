using System.Diagnostics;

namespace Quintet.Asyncio;

public static partial class Aio
{
    /// <summary>Starts a program (<c>create_subprocess_exec</c>). Redirected streams are the base library's pipes.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started.</exception>
    public static async Coroutine<AsyncProcess> StartProcess(
        string program, IEnumerable<string> arguments, bool pipeInput = false, bool pipeOutput = false, bool pipeError = false)
    {
        var loop = EventLoop.Current;
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = pipeInput,
            RedirectStandardOutput = pipeOutput,
            RedirectStandardError = pipeError,
        };
        // Forking a large program takes milliseconds.
        var process = await loop.RunInExecutor(() => Process.Start(start)!);
        return new AsyncProcess(loop, process);
    }
}
