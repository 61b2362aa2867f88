using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Gives a call that is awaited the token in scope, where it takes one and was given none.</summary>
internal static class TokenArgument
{
    /// <summary>What adds the token to the arguments of a call; null where there is none, or nobody to take it.</summary>
    /// <param name="model">Of the file that the call is in.</param>
    /// <param name="call">The call as it is written.</param>
    /// <param name="elsewhere">The same place in the other projects that compile the file: the token has to be taken there, too.</param>
    /// <param name="byOverload">Another overload may take it; else only the called method itself.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static Func<ArgumentListSyntax, ArgumentListSyntax>? For(
        SemanticModel model, InvocationExpressionSyntax call, IReadOnlyList<(SemanticModel Model, SyntaxNode Node)> elsewhere,
        bool byOverload, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || StartsWork(method)
            || call.ArgumentList.Arguments
                .Any(argument => CancellationThreading.IsToken(model.GetTypeInfo(argument.Expression, cancellation).ConvertedType)))
            return null;
        var takers = byOverload
            ? method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Append(method)
            : [method];
        var names = takers.SelectMany(static one => one.Parameters).Where(static one => CancellationThreading.IsToken(one.Type))
            .Select(static one => one.Name).Distinct().ToList();
        if (names.Count == 0 || CancellationThreading.InScope(model, call, cancellation) is not { } token) return null;
        return names.Prepend(null).Select(name => Appended(token, name)).FirstOrDefault(form =>
        {
            var asked = ((InvocationExpressionSyntax)Awaits.Plain(call)).WithArgumentList(form(call.ArgumentList));
            return Bound(model, call.SpanStart, asked) is { } taker && IsSame(method, taker, byOverload)
                && elsewhere.All(other => Bound(other.Model, other.Node.SpanStart, asked) is not null);
        });
    }

    /// <summary>What adds a token behind the arguments, by the name of its parameter where that is stated.</summary>
    public static Func<ArgumentListSyntax, ArgumentListSyntax> Appended(string token, string? name) => list => Append(list, name is null
        ? Argument(IdentifierName(token))
        : Argument(NameColon(name).WithTrailingTrivia(Space), default, IdentifierName(token)));

    public static ArgumentListSyntax Append(ArgumentListSyntax list, ArgumentSyntax argument)
    {
        if (list.Arguments.Count == 0) return list.AddArguments(argument);
        var separators = list.Arguments.GetSeparators().Concat([Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)]);
        return list.WithArguments(SeparatedList(list.Arguments.Concat([argument]), separators));
    }

    /// <summary>Given a token, the work would perhaps not even begin; that is more than not to wait for its end.</summary>
    private static bool StartsWork(IMethodSymbol method) => method.ContainingType is { Name: "Task" or "TaskFactory" or "TaskExtensions",
        ContainingNamespace.Name: "Tasks" } && method.Name != "Delay";

    private static IMethodSymbol? Bound(SemanticModel model, int position, ExpressionSyntax asked) =>
        model.GetSpeculativeSymbolInfo(position, asked, SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;

    /// <summary>The called method, or an overload that differs by the token alone.</summary>
    private static bool IsSame(IMethodSymbol method, IMethodSymbol taker, bool byOverload)
    {
        if (SymbolEqualityComparer.Default.Equals(method, taker)) return true;
        if (!byOverload || !SymbolEqualityComparer.Default.Equals(method.ReturnType, taker.ReturnType)
            || !SymbolEqualityComparer.Default.Equals(method.ContainingType, taker.ContainingType)) return false;
        var (own, others) = (Others(method), Others(taker));
        return own.Count == others.Count && own.Zip(others, static (one, other) => one.Name == other.Name
            && SymbolEqualityComparer.Default.Equals(one.Type, other.Type)).All(static same => same);
    }

    private static List<IParameterSymbol> Others(IMethodSymbol method) =>
        [.. method.Parameters.Where(static one => !CancellationThreading.IsToken(one.Type))];
}
