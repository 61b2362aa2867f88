namespace Quintet.Loops;

/// <summary>What the detectors of all loops of the process see.</summary>
public static class LoopDetectors
{
    [ThreadStatic]
    private static int _allowed;

    /// <summary>
    /// Raised for each report, on the thread that saw it: a handler must be thread-safe and quick. <see cref="QuintetDiagnostics"/> tells
    /// the same of all models. Without a handler of either a report goes to the error stream.
    /// </summary>
    public static event Action<LoopReport>? Reported;

    internal static bool IsBlockingAllowed => _allowed > 0;

    /// <summary>Lets the code of this thread wait until the result is disposed of, whatever the loop's policy says.</summary>
    public static BlockingScope AllowBlocking()
    {
        _allowed++;
        return new BlockingScope();
    }

    internal static void EndAllowed() => _allowed--;

    internal static void Raise(LoopReport report)
    {
        var told = QuintetDiagnostics.Report(report.RuleId, report.Message, report.Stack);
        if (Reported is { } handlers) handlers(report);
        else if (!told) Console.Error.WriteLine($"{report.RuleId}: {report.Message}");
    }
}
