namespace Quintet.Tool;

/// <summary>Something the user can act on: shown as one line without a stack trace.</summary>
internal sealed class UserError(string message, int exitCode = ExitCode.Usage) : Exception(message)
{
    public int Code { get; } = exitCode;
}
