namespace Quintet.CatalogueScan;

/// <summary>Where a thread stops: waits of the runtime, and system calls that touch files, the network or other processes.</summary>
internal static class BlockingSeeds
{
    /// <summary>Methods of the runtime, all overloads.</summary>
    private static readonly Dictionary<string, string> Waits = new(StringComparer.Ordinal)
    {
        ["System.Threading.Thread.Sleep"] = "sleep",
        ["System.Threading.Thread.Join"] = "wait",
        ["System.Threading.WaitHandle.WaitOne"] = "wait",
        ["System.Threading.WaitHandle.WaitOneNoCheck"] = "wait",
        ["System.Threading.WaitHandle.WaitMultiple"] = "wait",
        ["System.Threading.WaitHandle.SignalAndWait"] = "wait",
        ["System.Threading.Monitor.Wait"] = "wait",
        ["System.Threading.ManualResetEventSlim.Wait"] = "wait",
        ["System.Threading.SemaphoreSlim.Wait"] = "wait",
        ["System.Threading.CountdownEvent.Wait"] = "wait",
        ["System.Threading.SpinWait.SpinUntil"] = "wait",
        ["System.Threading.Tasks.Task.InternalWait"] = "task",
        ["System.Threading.Tasks.Task.InternalWaitCore"] = "task",
        ["System.Threading.Tasks.Task.Wait"] = "task",
    };

    /// <summary>Entry points of the native shim, by the name that the framework gives them on Unix.</summary>
    private static readonly Dictionary<string, string> SystemCalls = new(StringComparer.Ordinal)
    {
        ["Read"] = "file", ["Write"] = "file", ["PRead"] = "file", ["PWrite"] = "file", ["PReadV"] = "file", ["PWriteV"] = "file",
        ["Open"] = "file", ["FSync"] = "file", ["FTruncate"] = "file", ["FAllocate"] = "file", ["CopyFile"] = "file", ["MSync"] = "file",
        ["Stat"] = "metadata", ["LStat"] = "metadata", ["FStat"] = "metadata", ["Access"] = "metadata", ["ChMod"] = "metadata",
        ["Unlink"] = "metadata", ["Rename"] = "metadata", ["Link"] = "metadata", ["SymLink"] = "metadata", ["ReadLink"] = "metadata",
        ["MkDir"] = "metadata", ["MkdTemp"] = "metadata", ["MksTemps"] = "metadata", ["RmDir"] = "metadata",
        ["OpenDir"] = "metadata", ["ReadDir"] = "metadata", ["UTimensat"] = "metadata",
        ["GetSpaceInfoForMountPoint"] = "metadata", ["GetAllMountPoints"] = "metadata",
        ["Connect"] = "network", ["Connectx"] = "network", ["Accept"] = "network", ["Receive"] = "network", ["ReceiveMessage"] = "network",
        ["Send"] = "network", ["SendMessage"] = "network", ["SendFile"] = "network", ["Poll"] = "network", ["Select"] = "network",
        ["GetHostEntryForName"] = "network", ["GetNameInfo"] = "network", ["GetHostName"] = "metadata",
        ["ForkAndExecProcess"] = "process", ["WaitPidExitedNoHang"] = "process", ["WaitIdAnyExitedNoHangNoWait"] = "process",
        ["Kill"] = "process", ["ReadStdin"] = "console",
    };

    /// <summary>Back off for a moment while another thread is inside; not what anybody would call a wait. Paths end here.</summary>
    private static readonly HashSet<string> BackOffs = ["System.Threading.SpinWait", "System.Threading.SpinLock", "System.Threading.Lock"];

    public static bool IsBackOff(ScannedMethod method) => BackOffs.Contains(method.Type) && method.Name != "SpinUntil";

    /// <summary>The seeds among the methods that were read, each with its kind.</summary>
    public static Dictionary<string, string> In(CallGraph graph)
    {
        var seeds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var method in graph.Methods.Values)
        {
            if (method.Type == "Interop.Sys" && SystemCalls.TryGetValue(method.Name, out var kind)
                || Waits.TryGetValue($"{method.Type}.{method.Name}", out kind)) seeds.Add(method.Id, kind);
        }

        return seeds;
    }
}
