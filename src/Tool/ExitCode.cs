namespace Quintet.Tool;

/// <summary>What the process says when it ends; the highest that applies wins.</summary>
internal static class ExitCode
{
    /// <summary>Nothing at or above <c>--fail-on</c>, and everything was analysed.</summary>
    public const int Clean = 0;

    /// <summary>At least one finding at or above <c>--fail-on</c>.</summary>
    public const int Findings = 1;

    /// <summary>The command line or its path makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Some project could not be restored, loaded or compiled, or is not written in C#; the rest was analysed.</summary>
    public const int Incomplete = 3;

    /// <summary>Quintet itself failed: an analyzer threw, or the tool did.</summary>
    public const int InternalError = 4;

    /// <summary>The user pressed Ctrl-C (128 + SIGINT).</summary>
    public const int Cancelled = 130;

    /// <summary>For <c>--help</c>: one line.</summary>
    public const string Summary =
        "Exit codes: 0 clean, 1 findings at or above --fail-on, 2 bad usage or path, 3 part of the solution could not be analysed " +
        "(findings of the rest are reported), 4 internal error, 130 cancelled.";
}
