using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// A signal, private to its type, that only handlers of the toolkit's events set: they run on the event loop, so a body on the same loop
/// finds it set or never goes on. Which of the two nobody can say from here.
/// </summary>
internal sealed class LoopSignals(Facts facts, CancellationToken cancellation)
{
    /// <summary>Whether a path ends in a wait for such a signal.</summary>
    public bool IsBehind(Reach reach)
    {
        var last = reach.Links.Last();
        if (reach.Cause.Name is not ("WaitHandle.WaitOne" or "ManualResetEventSlim.Wait")) return false;
        var site = last.Place(cancellation).FirstAncestorOrSelf<InvocationExpressionSyntax>();
        if (site is not { Expression: MemberAccessExpressionSyntax { Expression: var receiver } }) return false;
        var signal = facts.Models.Of(last.Body.Tree)?.GetSymbolInfo(receiver, cancellation).Symbol;
        if (signal is not (IFieldSymbol or IPropertySymbol) || signal.DeclaredAccessibility != Accessibility.Private) return false;
        var uses = signal.ContainingType.DeclaringSyntaxReferences
            .SelectMany(part => part.GetSyntax(cancellation).DescendantNodes().OfType<IdentifierNameSyntax>())
            .Where(mention => mention.Identifier.ValueText == signal.Name).ToList();
        // Who is given the signal, or sets it by another way, may do so anywhere.
        return uses.Exists(static use => MemberOf(use) == "Set") && uses.TrueForAll(use => MemberOf(use) switch
        {
            "Set" => IsInHandler(use),
            "Reset" or "Wait" or "WaitOne" or "Dispose" or "Close" or "IsSet" => true,
            _ => false,
        });
    }

    private static string? MemberOf(IdentifierNameSyntax signal)
    {
        ExpressionSyntax whole = signal.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : signal;
        return whole.Parent is MemberAccessExpressionSyntax access && access.Expression == whole ? access.Name.Identifier.ValueText : null;
    }

    /// <summary><c>void Window_Loaded(object sender, RoutedEventArgs e)</c>, and no function inside of it that may run elsewhere.</summary>
    private bool IsInHandler(SyntaxNode setter) =>
        setter.Ancestors().FirstOrDefault(static outer =>
            outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax)
        is MethodDeclarationSyntax method
        && facts.Models.Of(method.SyntaxTree)?.GetDeclaredSymbol(method, cancellation) is { Parameters: { Length: 2 } parameters }
        && parameters[1].Type.ContainingNamespace?.ToDisplayString() is { } space
        && (space.StartsWith("System.Windows", StringComparison.Ordinal) || space.StartsWith("Avalonia", StringComparison.Ordinal)
            || space.StartsWith("Microsoft.UI", StringComparison.Ordinal) || parameters[1].Type.TypeKind == TypeKind.Error
            || space == "System" && parameters[1].Type.Name == "EventArgs" && PascalWords.Of(method.Identifier.ValueText).Any(static word =>
                word is "Load" or "Loaded" or "Shown" or "Opened" or "Activated" or "Click"));
}
