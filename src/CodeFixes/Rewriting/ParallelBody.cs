using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>A function that runs beside itself, for each element or in each of several tasks, and the lock that it stands in.</summary>
internal sealed class ParallelBody
{
    private ParallelBody(
        SemanticModel model, LockStatementSyntax held, SyntaxNode function, InvocationExpressionSyntax call, ParallelKind kind)
    {
        Kind = kind;
        Model = model;
        Held = held;
        Function = function;
        Call = call;
        Models = new SourceModels(model.Compilation);
    }

    public SemanticModel Model { get; }

    public SourceModels Models { get; }

    public LockStatementSyntax Held { get; }

    public ParallelKind Kind { get; }

    /// <summary>A lambda, or a local function that nothing else calls.</summary>
    public SyntaxNode Function { get; }

    /// <summary>The call that runs it for every element, and comes back when all are done; with tasks the call that starts one.</summary>
    public InvocationExpressionSyntax Call { get; }

    /// <summary>The elements: one round's own.</summary>
    public IReadOnlyList<IParameterSymbol> Elements(CancellationToken cancellation) =>
        Functions.Symbol(Model, Function, cancellation) is { } function ? [.. function.Parameters] : [];

    public static async Task<ParallelBody?> OfAsync(Site site, CancellationToken cancellation)
    {
        if (site.Node is not LockStatementSyntax held || Functions.Around(held) is not { } function
            || function is not (AnonymousFunctionExpressionSyntax { Block: not null } or LocalFunctionStatementSyntax { Body: not null }))
            return null;
        if (held.Ancestors().TakeWhile(node => node != function).Any(static node => node is LockStatementSyntax)) return null;
        if (MentionOf(function) is not { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }) return null;
        if (await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model) return null;
        return model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && KindOf(method) is { } kind
            ? new ParallelBody(model, held, function, call, kind)
            : null;
    }

    private static ParallelKind? KindOf(IMethodSymbol method) => (method.ContainingType.Name, method.Name) switch
    {
        ("Parallel", "For" or "ForEach") when method.ContainingNamespace.Name == "Tasks" => ParallelKind.Loop,
        ("ParallelEnumerable", "ForAll") when method.ContainingNamespace.Name == "Linq" => ParallelKind.Query,
        ("Task", "Run") or ("TaskFactory", "StartNew") when method.ContainingNamespace.Name == "Tasks" => ParallelKind.Tasks,
        _ => null,
    };

    /// <summary>Where a function is given away: a lambda where it stands, a local function where it alone is named.</summary>
    private static ExpressionSyntax? MentionOf(SyntaxNode function)
    {
        if (function is not LocalFunctionStatementSyntax local) return function as ExpressionSyntax;
        var mentions = local.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault()?.DescendantNodes()
            .OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == local.Identifier.ValueText
                && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name)).ToList();
        return mentions is { Count: 1 } ? mentions[0] : null;
    }

    /// <summary>The statement around an addition: <c>n++</c>, <c>n += x</c>, <c>n -= x</c>; null for anything else.</summary>
    public static (ExpressionSyntax Target, ExpressionSyntax? Added, bool Negative)? AdditionOf(StatementSyntax statement) =>
        statement is not ExpressionStatementSyntax { Expression: var expression } ? null : expression switch
        {
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression } up => (up.Operand, null, false),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostDecrementExpression } down => (down.Operand, null, true),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression } up => (up.Operand, null, false),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreDecrementExpression } down => (down.Operand, null, true),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } add => (add.Left, add.Right, false),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SubtractAssignmentExpression } subtract =>
                (subtract.Left, subtract.Right, true),
            _ => null,
        };

    /// <summary>Every mention of a local in its member, or of a field in all parts of its type.</summary>
    public IReadOnlyList<SimpleNameSyntax> MentionsOf(ISymbol variable, CancellationToken cancellation)
    {
        var scopes =
            (variable is IFieldSymbol ? variable.ContainingType : variable.ContainingSymbol).DeclaringSyntaxReferences.Select(
                reference => reference.GetSyntax(cancellation));
        return [.. scopes.SelectMany(static scope => scope.DescendantNodes()).OfType<SimpleNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Name && Models.Of(name.SyntaxTree) is { } model
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, variable))];
    }

    /// <summary>The expression of which a name is the last part.</summary>
    public static ExpressionSyntax Whole(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
}
