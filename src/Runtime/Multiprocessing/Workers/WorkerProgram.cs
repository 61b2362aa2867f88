using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Quintet.Multiprocessing.Workers;

/// <summary>How this program is started once more: as its own executable, or by the host that runs it (dotnet, a test host).</summary>
internal static class WorkerProgram
{
    internal static ProcessStartInfo StartInfo(ProcessPoolOptions options)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath ?? throw new WorkerStartException("The path of this program is unknown."))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        foreach (var argument in HostArguments()) info.ArgumentList.Add(argument);

        // A worker is one of several processes on the machine, and short-lived: one heap, no collector thread beside it, and no
        // instrumented code that would pay off later.
        info.Environment["DOTNET_gcServer"] = "0";
        info.Environment["DOTNET_gcConcurrent"] = "0";
        info.Environment["DOTNET_TieredPGO"] = "0";

        // The runtime's diagnostic pipes are files in the temporary directory that a process leaves when it is killed, and ours may be.
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        if (options.WorkerMemoryLimit is { } limit)
            info.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("x", CultureInfo.InvariantCulture);
        foreach (var (name, value) in options.WorkerEnvironment) info.Environment[name] = value;
        info.Environment[WorkerEntry.Mark] = "1";
        if (RuntimeFeature.IsDynamicCodeSupported) AddHook(info);
        return info;
    }

    private static void AddHook(ProcessStartInfo info)
    {
        if (AppContext.TryGetSwitch("System.StartupHookProvider.IsSupported", out var supported) && !supported)
        {
            throw new WorkerStartException(
                "Start-up hooks are switched off in this program (StartupHookSupport, a default of trimming), and without Native AOT "
                + "nothing else "
                + "can make a worker of it before Main. Set <StartupHookSupport>true</StartupHookSupport>.");
        }
        var before = info.Environment.TryGetValue(WorkerEntry.StartupHooks, out var hooks) ? hooks : null;
        info.Environment[WorkerEntry.HooksBefore] = before ?? "";
        var ours = HookName();
        info.Environment[WorkerEntry.StartupHooks] = string.IsNullOrEmpty(before) ? ours : before + Path.PathSeparator + ours;
    }

    /// <summary>
    /// The file, which the runtime takes as it is; the name, which it first looks through for what a name may not have, where there is no
    /// file or its path would be cut in two.
    /// </summary>
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty path is expected.")]
    private static string HookName()
    {
        var assembly = typeof(WorkerProgram).Assembly;
        return assembly.Location is { Length: > 0 } path && !path.Contains(Path.PathSeparator) ? path : assembly.GetName().Name!;
    }

    /// <summary>Nothing for a program that is its own executable; what the host needs to find the program otherwise.</summary>
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(
        "SingleFile", "IL3000", Justification = "A single file is its own executable and needs no arguments.")]
    private static IEnumerable<string> HostArguments()
    {
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath);
        if (!string.Equals(host, "dotnet", StringComparison.OrdinalIgnoreCase)) yield break;
        var entry = Assembly.GetEntryAssembly()?.Location;
        if (string.IsNullOrEmpty(entry)) throw new WorkerStartException("The program that dotnet runs here is unknown.");
        yield return "exec";

        // A test host's own settings are not those of the tests that it runs: take what this process was really started with.
        if (AppContext.GetData("APP_CONTEXT_DEPS_FILES") is string dependencies
            && dependencies.Split(';').FirstOrDefault(static file => file.Length > 0) is { } file && File.Exists(file))
        {
            yield return "--depsfile";
            yield return file;
            var settings = file[..^".deps.json".Length] + ".runtimeconfig.json";
            if (File.Exists(settings))
            {
                yield return "--runtimeconfig";
                yield return settings;
            }
        }
        yield return entry;
    }
}
