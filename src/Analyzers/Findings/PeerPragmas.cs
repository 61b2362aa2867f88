using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// A pragma around a place that switches off what the compiler or another package says of the same thing there: its author has decided.
/// </summary>
internal static class PeerPragmas
{
    private static readonly HashSet<string> Lost = new(StringComparer.Ordinal) { "CS4014", "4014", "VSTHRD110", "MA0134" };

    private static readonly HashSet<string> Blocking = new(StringComparer.Ordinal)
    {
        "VSTHRD002", "VSTHRD102", "VSTHRD103", "CA1849", "MA0042", "MA0045", "AsyncFixer02", "S4462", "S6966",
    };

    /// <summary>A task that nobody awaits is meant; so it is where all warnings are switched off.</summary>
    public static bool AllowLost(SyntaxNode place) => IsOff(place, static pragma => pragma.ErrorCodes.Count == 0 || Names(pragma, Lost));

    /// <summary>A call that blocks is meant.</summary>
    public static bool AllowBlocking(SyntaxNode place) => place.SyntaxTree.GetRoot() is { ContainsDirectives: true }
        && IsOff(place, static pragma => Names(pragma, Blocking)
            || pragma.ErrorCodes.Count == 0 && pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.RestoreKeyword));

    private static bool Names(PragmaWarningDirectiveTriviaSyntax pragma, HashSet<string> ids) =>
        pragma.ErrorCodes.Any(code => ids.Contains(code.ToString()));

    private static bool IsOff(SyntaxNode place, Func<PragmaWarningDirectiveTriviaSyntax, bool> concerns)
    {
        var isOff = false;
        foreach (var directive in Directives.Before(place))
        {
            if (directive is PragmaWarningDirectiveTriviaSyntax pragma && concerns(pragma))
                isOff = pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword);
        }

        return isOff;
    }
}
