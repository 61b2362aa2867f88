using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Quintet.BuildTasks.Caching;

namespace Quintet.BuildTasks;

// Why a process of its own
// ------------------------
// To read two hundred references for the first time takes ten seconds of processor time in a build's process, and four of them are spent
// on neither reading nor telling: the runtime counts calls in code that it compiled in a hurry, compiles it again, and collects garbage
// every few megabytes. How it does that is settled when a process starts, and a build's process is not ours. So where there is much to
// read, this assembly is started as a program that compiles once and collects seldom. It is given the references and fills the cache; what
// the build does not find there afterwards it reads itself, as it does where there is no such host, no cache, or nothing but a few files.

/// <summary>Reads references in a process that is set up for it.</summary>
/// <param name="host">The <c>dotnet</c> that runs programs.</param>
/// <param name="folder">The cache that both processes use.</param>
internal sealed class ReaderProcess(string host, string folder)
{
    /// <summary>The oldest framework with all that the assembly needs; a host that has only newer ones takes those.</summary>
    private const string Framework =
        """{ "runtimeOptions": { "rollForward": "Major", "framework": { "name": "Microsoft.NETCore.App", "version": "8.0.0" } } }""";

    private const string ConfigurationFile = "reader.runtimeconfig.json";

    private static readonly (string Name, string Value)[] Settings =
    [
        ("DOTNET_TieredCompilation", "0"), ("DOTNET_gcConcurrent", "0"), ("DOTNET_gcServer", "0"),
        // In hexadecimal: 64 MB between two collections, and tables of large assemblies are no reason for one of everything.
        ("DOTNET_GCgen0size", "4000000"), ("DOTNET_GCLOHThreshold", "1000000"),
    ];

    private static readonly TimeSpan LongestRead = TimeSpan.FromMinutes(5);

    private readonly object _gate = new();
    private Process? _process;
    private bool _isTried;
    private bool _isCancelled;

    /// <summary>What is less is read sooner than a process is up to speed.</summary>
    public long LeastBytes { get; init; } = 16_000_000;

    /// <summary>
    /// Fills the cache once, as far as possible, with what references do, of which so many bytes are not known yet; false when nobody did.
    /// </summary>
    public bool Read(IEnumerable<string> references, long bytes)
    {
        if (_isTried || bytes < LeastBytes) return false;
        if (typeof(ReaderProcess).Assembly.Location is not { Length: > 0 } program || program.IndexOf('"') >= 0) return false;
        _isTried = true;
        try
        {
            var configuration = Path.Combine(folder, "reader", ConfigurationFile);
            if (!File.Exists(configuration)) EffectCache.Replace(configuration, Encoding.ASCII.GetBytes(Framework));
            return Run(program, Path.GetDirectoryName(configuration)!, references);
        }
        catch (Exception bad) when (EffectCache.IsOfFiles(bad) || bad is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Ends a read that is under way: nobody waits for the build any more.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _isCancelled = true;
            Kill();
        }
    }

    private bool Run(string program, string directory, IEnumerable<string> references)
    {
        var start = new ProcessStartInfo(host, $"exec --runtimeconfig {ConfigurationFile} \"{program}\"")
        {
            WorkingDirectory = directory, UseShellExecute = false, CreateNoWindow = true,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        lock (_gate)
        {
            if (_isCancelled || !process.Start()) return false;
            _process = process;
        }

        try
        {
            // A host that cannot run it says why, and nobody is interested.
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var input = EffectText.Of(references.Prepend(folder).Select(Path.GetFullPath));
            using (var stream = process.StandardInput.BaseStream) stream.Write(input, 0, input.Length);
            process.WaitForExit((int)LongestRead.TotalMilliseconds);
            return true;
        }
        finally
        {
            lock (_gate)
            {
                Kill();
                _process = null;
            }
        }
    }

    private void Kill()
    {
        try
        {
            if (_process is { HasExited: false } process) process.Kill();
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception)
        {
            // It came to its end by itself.
        }
    }
}
