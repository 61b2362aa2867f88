using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Work that can be done elsewhere: nothing in it belongs to the thread, and what it needs of its object is read before
/// it leaves.
/// </summary>
internal sealed class Offload
{
    private readonly SyntaxNode _node;
    private readonly IReadOnlyList<(ExpressionSyntax Argument, string Name)> _captured;

    private Offload(SyntaxNode node, string name, IReadOnlyList<(ExpressionSyntax, string)> captured)
    {
        _node = node;
        Name = name;
        _captured = captured;
    }

    /// <summary>What is moved, for the title.</summary>
    public string Name { get; }

    public BlockSyntax? BlockOfCaptures => _captured.Count == 0 ? null : _node.FirstAncestorOrSelf<StatementSyntax>()?.Parent as BlockSyntax;

    public static Offload? Find(SemanticModel model, SyntaxNode node, CancellationToken cancellation)
    {
        if (!AwaitPosition.Allows(model, node, cancellation) || Functions.Around(node) is not { } function) return null;
        if (model.GetEnclosingSymbol(node.SpanStart, cancellation) is not { } owner || owner is { IsStatic: false, ContainingType.IsValueType: true }) return null;
        if (node.DescendantNodes().Any(static inner => inner is AwaitExpressionSyntax or YieldStatementSyntax or BaseExpressionSyntax)) return null;
        var affinity = new ThreadAffinity(new SourceModels(model.Compilation), cancellation);
        return node switch
        {
            InvocationExpressionSyntax call => OfCall(model, call, function, affinity, cancellation),
            ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax => OfLoop(model, (StatementSyntax)node, affinity, cancellation),
            _ => null,
        };
    }

    /// <summary><c>await runner(() => work)</c> in place of the work.</summary>
    public NodeEdit Edit(ExpressionSyntax runner) => new(_node, current =>
    {
        if (current is StatementSyntax loop)
        {
            var body = Block(loop.WithoutTrivia()).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
            return ExpressionStatement(Await(Run(runner, Layout.Spread(body, Layout.NewLine(_node)))))
                .WithTriviaFrom(loop).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
        }

        var call = (InvocationExpressionSyntax)current;
        var original = (InvocationExpressionSyntax)_node;
        var before = new List<string>();
        foreach (var (argument, name) in _captured)
        {
            var index = original.ArgumentList.Arguments.IndexOf(one => one.Expression == argument);
            var now = call.ArgumentList.Arguments[index];
            before.Add($"var {name} = {now.Expression.WithoutTrivia()};");
            call = call.WithArgumentList(call.ArgumentList.ReplaceNode(now.Expression, IdentifierName(name).WithTriviaFrom(now.Expression)));
        }

        return Before.Put(Awaits.Wrap(original, Run(runner, call.WithoutTrivia())), before);
    });

    private static AwaitExpressionSyntax Await(ExpressionSyntax awaitable) =>
        AwaitExpression(Token(TriviaList(), SyntaxKind.AwaitKeyword, TriviaList(Space)), awaitable);

    private static InvocationExpressionSyntax Run(ExpressionSyntax runner, CSharpSyntaxNode body)
    {
        var lambda = ParenthesizedLambdaExpression(ParameterList().WithTrailingTrivia(Space), body)
            .WithArrowToken(Token(TriviaList(), SyntaxKind.EqualsGreaterThanToken, body is BlockSyntax ? TriviaList() : TriviaList(Space)));
        return InvocationExpression(runner, ArgumentList(SingletonSeparatedList(Argument(lambda))));
    }

    private static Offload? OfCall(
        SemanticModel model, InvocationExpressionSyntax call, SyntaxNode function, ThreadAffinity affinity, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || Awaits.Plain(call) != call) return null;
        if (call.Ancestors().TakeWhile(node => node != function).Any(static node => node is ConditionalAccessExpressionSyntax)) return null;
        if (method.ReturnType.IsRefLikeType || ThreadAffinity.IsAffine(method.ReturnType) || TaskWaits.IsTask(method.ReturnType)) return null;
        if (call.Expression is MemberAccessExpressionSyntax access && affinity.Ties(access.Expression)) return null;

        var captured = new List<(ExpressionSyntax, string)>();
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.RefKindKeyword.RawKind != 0 || model.GetTypeInfo(argument.Expression, cancellation) is { Type.IsRefLikeType: true } or { ConvertedType.IsRefLikeType: true } && !IsArray(model, argument, cancellation)) return null;
            if (ThreadAffinity.IsAffine(model.GetTypeInfo(argument.Expression, cancellation).Type)) return null;
            if (!ReadsOwner(model, argument.Expression, cancellation)) continue;
            captured.Add((argument.Expression, FreeName(function, model, call, argument, method, captured.Count)));
        }

        if (captured.Count > 0 && !CanCapture(call, function)) return null;
        if (affinity.Ties(call.Expression is MemberAccessExpressionSyntax { Name: var name } ? name : call.Expression)) return null;
        return new Offload(call, method.Name, captured);
    }

    private static bool IsArray(SemanticModel model, ArgumentSyntax argument, CancellationToken cancellation) =>
        model.GetTypeInfo(argument.Expression, cancellation).Type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String };

    private static Offload? OfLoop(SemanticModel model, StatementSyntax loop, ThreadAffinity affinity, CancellationToken cancellation)
    {
        if (loop.Parent is not BlockSyntax || affinity.Ties(loop)) return null;
        if (model.AnalyzeControlFlow(loop) is not { Succeeded: true, ExitPoints.IsEmpty: true, ReturnStatements.IsEmpty: true }) return null;
        var data = model.AnalyzeDataFlow(loop);
        if (data is not { Succeeded: true }) return null;
        var outer = data.ReadInside.Concat(data.WrittenInside).Where(symbol => !data.VariablesDeclared.Contains(symbol));
        if (outer.Any(static symbol => symbol is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None }
            or IParameterSymbol { Type.IsRefLikeType: true } or ILocalSymbol { Type.IsRefLikeType: true }))
        {
            return null;
        }

        return new Offload(loop, "the loop", []);
    }

    /// <summary>Reads state of the object, which goes on changing while the work runs elsewhere.</summary>
    private static bool ReadsOwner(SemanticModel model, ExpressionSyntax argument, CancellationToken cancellation) =>
        argument.DescendantNodesAndSelf().Any(node => node is ThisExpressionSyntax
            || node is SimpleNameSyntax name && model.GetSymbolInfo(name, cancellation).Symbol switch
            {
                IFieldSymbol { IsReadOnly: true } => false,
                IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary } =>
                    model.GetSymbolInfo(name, cancellation).Symbol is { IsStatic: false } && (name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name || access.Expression is ThisExpressionSyntax),
                ILocalSymbol local => ThreadAffinity.IsAffine(local.Type),
                IParameterSymbol parameter => ThreadAffinity.IsAffine(parameter.Type),
                _ => false,
            });

    /// <summary>A statement of its own in a block, or the whole of a handler, where the reads can be put in front.</summary>
    private static bool CanCapture(InvocationExpressionSyntax call, SyntaxNode function)
    {
        for (SyntaxNode node = call; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case ConditionalExpressionSyntax conditional when conditional.Condition != node:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } logical when logical.Right == node:
                case SwitchExpressionArmSyntax:
                    return false;
                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method }:
                    return method == function && method.ReturnType is PredefinedTypeSyntax && !Functions.IsAsync(method);
                case ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax:
                    return parent.Parent is BlockSyntax;
                case StatementSyntax:
                    return false;
            }
        }

        return false;
    }

    private static string FreeName(
        SyntaxNode function, SemanticModel model, InvocationExpressionSyntax call, ArgumentSyntax argument, IMethodSymbol method, int number)
    {
        var index = call.ArgumentList.Arguments.IndexOf(argument);
        var wanted = index < method.Parameters.Length && !method.Parameters[index].IsParams ? method.Parameters[index].Name : "input";
        var used = new HashSet<string>(function.DescendantTokens().Select(static token => token.ValueText));
        used.UnionWith(model.LookupSymbols(call.SpanStart).OfType<ILocalSymbol>().Select(static local => local.Name));
        if (!used.Contains(wanted) && !SyntaxFacts.IsKeywordKind(SyntaxFacts.GetKeywordKind(wanted))) return wanted;
        for (var i = number + 1; ; i++)
            if (!used.Contains(wanted + i)) return wanted + i;
    }
}
