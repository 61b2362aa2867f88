using Quintet.Multiprocessing.Workers;

/// <summary>What the runtime looks for, by this name and outside any namespace, in an assembly that DOTNET_STARTUP_HOOKS names.</summary>
internal static class StartupHook
{
    public static void Initialize() => WorkerEntry.RunIfWorker();
}
