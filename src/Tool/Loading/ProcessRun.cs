using System.Diagnostics;
using System.Text;

namespace Quintet.Tool.Loading;

/// <summary>A child process run to its end, with what it wrote.</summary>
internal sealed record ProcessRun(int ExitCode, IReadOnlyList<string> Output)
{
    public static async Task<ProcessRun> StartAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = new Process { StartInfo = start };
        var lines = new List<string>();
        void Take(string? line)
        {
            if (line is null) return;
            lock (lines) lines.Add(line);
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (lines) return new ProcessRun(process.ExitCode, lines.ToArray());
    }
}
