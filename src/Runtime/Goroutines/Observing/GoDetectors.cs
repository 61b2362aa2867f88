using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>What a scheduler sees at run time of what the analyzers' rules say of source, told under the same ids.</summary>
internal static class GoDetectors
{
    /// <summary>A goroutine waits for a partner that can never come.</summary>
    private const string NoPartner = "QNT1003";

    /// <summary>An asynchronous goroutine waits with its thread for another one.</summary>
    private const string BlockingWait = "QNT1011";

    /// <summary>Nobody can go on. The places at which they wait stand for a stack.</summary>
    internal static void AllAsleep(string message, IReadOnlyList<ParkedGoroutine> parked)
    {
        if (!QuintetDiagnostics.IsListened) return;
        QuintetDiagnostics.Report(NoPartner, message, string.Join(Environment.NewLine, parked));
    }

    /// <summary>A goroutine was collected while it waited. Where it was started stands for a stack.</summary>
    internal static void Leaked(string goroutine, string file, int line) =>
        QuintetDiagnostics.Report(NoPartner, $"{goroutine} was collected while it waited for ever", $"   started in {file}:line {line}");

    /// <summary>An asynchronous body is about to wait inside this library with its thread, although it could await.</summary>
    internal static void Waits(Processor processor)
    {
        if (!QuintetDiagnostics.IsListened || !IsAsynchronous(processor.Running)) return;
        QuintetDiagnostics.Report(
            BlockingWait, $"{processor.Running!.Describe()} waits with its thread: await instead", new StackTrace(2, true).ToString());
    }

    private static bool IsAsynchronous(Goroutine? running) => running is not (null or ActionBody);
}
