using System.Diagnostics;

namespace Quintet.Goroutines;

/// <summary>What a scheduler sees at run time of what the analyzers' rules say of source, told under the same ids.</summary>
internal static class GoDetectors
{
    /// <summary>A goroutine waits for a partner that can never come.</summary>
    private const string NoPartner = "QNT1003";

    /// <summary>A call blocks the thread of asynchronous code.</summary>
    private const string BlockingCall = "QNT4001";

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
            BlockingCall, $"{processor.Running!.Describe()} waits with its thread: await instead", new StackTrace(2, true).ToString());
    }

    /// <summary>
    /// The monitor takes the processor of a body that does not come back. To compute is what goroutines are for; a thread that sleeps
    /// meanwhile is the finding. A thread cannot read another's stack in .NET: the goroutine is named instead.
    /// </summary>
    internal static void Retaken(Processor processor, Machine? machine)
    {
        if (!QuintetDiagnostics.IsListened || processor.Running is not { } running || !IsAsynchronous(running)) return;
        if (machine is not { IsThreadWaiting: true }) return;
        QuintetDiagnostics.Report(
            BlockingCall, $"{running.Describe()} blocks its thread for a slice or more: another thread runs the others", stack: null);
    }

    private static bool IsAsynchronous(Goroutine? running) => running is not (null or ActionBody);
}
