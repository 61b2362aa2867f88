namespace Quintet.Analyzers.Catalogue;

/// <summary>What is called logging: it writes on purpose, from everywhere (RULES: logging is not blocking).</summary>
internal static class LogNames
{
    /// <summary>Words that begin like logging and mean a session.</summary>
    private static readonly string[] SignIn = ["LogIn", "LogOn", "LogOut", "LogOff"];

    /// <summary>
    /// A team's own logger: it writes to its file on purpose, from everywhere, and nobody makes every caller asynchronous for it.
    /// </summary>
    public static bool IsLogger(string type) =>
        type is "Log" or "Logs" or "Logging" or "Trace" || type.EndsWith("Logger", StringComparison.Ordinal)
        || type.EndsWith("LogWriter", StringComparison.Ordinal);

    /// <summary>A member that is called logging: its file is a log, and whatever else it does, a request or a wait, is not.</summary>
    public static bool IsLogging(string member)
    {
        if (member == "WriteLog") return true;
        return member.StartsWith("Log", StringComparison.Ordinal) && (member.Length == 3 || char.IsUpper(member[3])
            && !Array.Exists(SignIn, word => member.StartsWith(word, StringComparison.Ordinal)));
    }
}
