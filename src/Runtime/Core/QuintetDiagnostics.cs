namespace Quintet;

/// <summary>
/// What the detectors of all models see in this process, under the ids of the analyzers' rules: what the analyzer says may happen and what
/// a detector saw are one vocabulary.
/// </summary>
/// <remarks>
/// Reports go to <see cref="Reported"/> and to the event source <c>Quintet</c>. A detector that costs something for each look, a stack
/// above all, looks only while one of the two listens.
/// </remarks>
public static class QuintetDiagnostics
{
    /// <summary>
    /// Raised for each report, on the thread that saw it: a handler must be thread-safe and quick. What a handler throws reaches nobody.
    /// </summary>
    public static event Action<QuintetReport>? Reported;

    /// <summary>Whether anybody would hear of a report.</summary>
    internal static bool IsListened => Reported is not null || QuintetEventSource.Log.IsEnabled();

    /// <summary>Tells everybody who listens. False when nobody has a handler: a detector may then write to the console.</summary>
    internal static bool Report(string ruleId, string message, string? stack)
    {
        QuintetEventSource.Log.Reported(ruleId, message, stack ?? "");
        if (Reported is not { } handlers) return false;
        var report = new QuintetReport(ruleId, message, stack);
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(report);
            }
            catch (Exception error)
            {
                // A detector runs in the middle of a scheduler or a finalizer: a broken handler must not break these.
                QuintetEventSource.Log.HandlerFailed(ruleId, error.ToString());
            }
        }

        return true;
    }
}
