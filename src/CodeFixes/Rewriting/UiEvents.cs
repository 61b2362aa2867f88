using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Events whose handlers may be <c>async void</c>: a user interface raises them, goes on when they return, and is still there when the
/// rest of them runs. Whoever raises any other event goes on to what the handler should have done by then, or ends the process.
/// </summary>
internal static class UiEvents
{
    private static readonly Regex LastName = new(
        "^(Exit|ApplicationExit|ThreadExit|SessionEnd(ing|ed)|Shutdown(Started|Finished|Requested)|FormClos(ing|ed))$",
        RegexOptions.CultureInvariant);

    private static readonly Regex LastHandler = new(
        "((Form|Window|View).*Clos(ing|ed)|^On_?Clos(ing|ed)|Exit|SessionEnd(ing|ed)|Shutdown(Started|Requested))$",
        RegexOptions.CultureInvariant);

    /// <summary>Whether a lambda or the name of a method is given to such an event.</summary>
    public static bool Take(SemanticModel model, ExpressionSyntax handler, CancellationToken cancellation)
    {
        if (EventOf(model, handler, cancellation) is { } raised && IsLast(raised)) return false;
        return model.GetOperation(handler, cancellation) is { } function && (Contexts(model, function) & RunContext.EventLoop) != 0;
    }

    /// <summary>Whether the mention of a handler gives it to somebody who is known to wait for its end.</summary>
    public static bool Refuse(SemanticModel model, ExpressionSyntax mention, CancellationToken cancellation)
    {
        if (IsGiven(mention, SyntaxKind.SubtractAssignmentExpression)) return false;
        if (IsGiven(mention, SyntaxKind.AddAssignmentExpression)) return !Take(model, mention, cancellation);
        if (model.GetOperation(mention, cancellation) is not { } function) return false;
        var contexts = Contexts(model, function);
        return contexts != RunContext.Unknown && (contexts & RunContext.EventLoop) == 0;
    }

    /// <summary>Whether a handler that only mark-up or a designer names says by its own name that nothing comes after it.</summary>
    public static bool NamesTheLast(IMethodSymbol handler) => LastHandler.IsMatch(handler.Name);

    private static bool IsLast(IEventSymbol raised) => LastName.IsMatch(raised.Name)
        || raised.Name is "Closing" or "Closed" && raised.ContainingType.Name is "Window" or "WindowBase" or "TopLevel" or "Form";

    private static RunContext Contexts(SemanticModel model, IOperation function) =>
        Entries.Of(model.Compilation).OfDelegate(function);

    private static IEventSymbol? EventOf(SemanticModel model, ExpressionSyntax handler, CancellationToken cancellation) =>
        Around(handler) is AssignmentExpressionSyntax subscription
            ? model.GetSymbolInfo(subscription.Left, cancellation).Symbol as IEventSymbol
            : null;

    private static bool IsGiven(ExpressionSyntax handler, SyntaxKind kind) =>
        Around(handler) is AssignmentExpressionSyntax assignment && assignment.IsKind(kind);

    /// <summary>Who takes a handler, through the delegate that may be made of it.</summary>
    private static SyntaxNode? Around(ExpressionSyntax handler)
    {
        var around = handler.Parent;
        while (around is ParenthesizedExpressionSyntax or CastExpressionSyntax or ArgumentSyntax or ArgumentListSyntax
            or BaseObjectCreationExpressionSyntax) around = around.Parent;
        return around;
    }
}
