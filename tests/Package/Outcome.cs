using System.Diagnostics;

namespace Quintet.Tests.Package;

/// <summary>What a process said and how it ended.</summary>
internal sealed record Outcome(string Command, int ExitCode, string Output, string Errors)
{
    public Outcome Succeeded()
    {
        Assert.True(ExitCode == 0, ToString());
        return this;
    }

    public override string ToString() => $"{Command}\nexit code {ExitCode}\n{Output}\n{Errors}";
}
