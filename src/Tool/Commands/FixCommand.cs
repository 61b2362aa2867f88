using System.CommandLine;

namespace Quintet.Tool.Commands;

/// <summary><c>quintet fix</c>: applies the fixes of the findings.</summary>
internal static class FixCommand
{
    public static Command Create(TextWriter output, TextWriter error) => new("fix", "Applies the fixes of the findings.");
}
