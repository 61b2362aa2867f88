using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// What tells or keeps what went wrong, by its names: it happens only after something has, as if on a path that throws.
/// </summary>
internal static class FailureReports
{
    private static readonly HashSet<string> Failures = new(StringComparer.OrdinalIgnoreCase)
        { "Corrupt", "Corrupted", "Crash", "Error", "Errors", "Exception", "Exceptions", "Failure" };

    private static readonly HashSet<string> Verbs = new(StringComparer.OrdinalIgnoreCase)
        { "Append", "Dump", "Handle", "Process", "Record", "Report", "Save", "Send", "Show", "Store", "Track", "Write" };

    private static readonly HashSet<string> Keepers = new(StringComparer.OrdinalIgnoreCase)
        { "Dump", "Dumper", "Handler", "Report", "Reporter", "Reports", "Writer" };

    public static bool IsWrittenBy(IMethodSymbol member)
    {
        var words = WordsOfFailure(member.Name);
        if (words.Count > 1 && Verbs.Contains(words[0]) && words.Skip(1).Any(Failures.Contains)) return true;
        words = WordsOfFailure(member.ContainingType.Name);
        return words.Count > 1 && words.Any(Failures.Contains) && Keepers.Contains(words[words.Count - 1]);
    }

    /// <summary><c>File.WriteAllText(errorLogPath, message)</c>, or anything that a dialog about a crash does.</summary>
    public static bool IsWrittenHere(IMethodSymbol? body, ISymbol target, ImmutableArray<IArgumentOperation> arguments) =>
        body?.ContainingType is { } type && PascalWords.Of(type.Name).Contains("Crash")
        || target.ContainingType?.Name == "File" && Writes(target.Name) && arguments.Any(static argument => argument.Syntax
            .DescendantNodes().OfType<IdentifierNameSyntax>().Any(static name => IsFailure(name.Identifier.ValueText)));

    private static bool Writes(string name) =>
        name.StartsWith("Write", StringComparison.Ordinal) || name.StartsWith("Append", StringComparison.Ordinal);

    private static bool IsFailure(string name) => name is "ex" or "exc" || WordsOfFailure(name).Any(Failures.Contains);

    /// <summary>The words of a name that has one of a failure in it; of the others, which nearly all are, none.</summary>
    private static List<string> WordsOfFailure(string name) =>
        Failures.Any(failure => name.IndexOf(failure, StringComparison.OrdinalIgnoreCase) >= 0) ? PascalWords.Of(name) : [];
}
