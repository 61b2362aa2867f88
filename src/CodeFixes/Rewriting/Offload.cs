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
    private readonly SyntaxNode _last;
    private readonly IReadOnlyList<(ExpressionSyntax Argument, string Name)> _captured;

    private Offload(SyntaxNode node, SyntaxNode last, string name, IReadOnlyList<(ExpressionSyntax, string)> captured)
    {
        _node = node;
        _last = last;
        Name = name;
        _captured = captured;
    }

    /// <summary>What is moved, for the title.</summary>
    public string Name { get; }

    /// <summary>Whether state of the object is read before the work leaves.</summary>
    public bool HasCaptures => _captured.Count > 0;

    /// <summary>Where the reads go: a block of statements, or the function whose whole body is one expression.</summary>
    public SyntaxNode? PlaceOfCaptures => _captured.Count == 0 || Functions.Around(_node) is not { } function ? null
        : Functions.Body(function) is ExpressionSyntax ? function
        : _node.FirstAncestorOrSelf<StatementSyntax>()?.Parent;

    /// <summary>What of the work's state others may change while it runs, in words; null where there is nothing of the kind.</summary>
    public string? SharedReads(SemanticModel model, CancellationToken cancellation)
    {
        IEnumerable<SyntaxNode> work = _node is StatementSyntax { Parent: BlockSyntax block }
            ? block.Statements.Where(one => one.SpanStart >= _node.SpanStart && one.Span.End <= _last.Span.End)
            : [_node];
        return new SharedReads(new SourceModels(model.Compilation), cancellation)
            .NoteOn(work, [.. _captured.Select(static one => one.Argument)]);
    }

    /// <param name="model">Of the file that the work is in.</param>
    /// <param name="node">A call, or a statement.</param>
    /// <param name="last">The last statement when several are moved together; else the node itself.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <param name="taken">Names that other moves of the same plan have given away.</param>
    public static Offload? Find(
        SemanticModel model, SyntaxNode node, SyntaxNode last, CancellationToken cancellation, ISet<(SyntaxNode, string)>? taken = null)
    {
        if (!AwaitPosition.Allows(model, node, cancellation) || Functions.Around(node) is not { } function) return null;
        if (model.GetEnclosingSymbol(node.SpanStart, cancellation) is not { } owner
            || owner is { IsStatic: false, ContainingType.IsValueType: true }) return null;
        if (node.DescendantNodes().Any(inner => inner is AwaitExpressionSyntax ? !AwaitedFirst.Allows(node, inner)
            : inner is YieldStatementSyntax or BaseExpressionSyntax)) return null;
        var affinity = new ThreadAffinity(new SourceModels(model.Compilation), cancellation);
        return node switch
        {
            InvocationExpressionSyntax or ObjectCreationExpressionSyntax =>
                OfCall(model, (ExpressionSyntax)node, function, affinity, taken, cancellation),
            StatementSyntax first when last is StatementSyntax end => OfStatements(model, first, end, affinity),
            _ => null,
        };
    }

    /// <summary><c>await runner(() => work)</c> in place of the work.</summary>
    /// <param name="runner">What takes the work.</param>
    /// <param name="needsResult">It takes only work with a result, and this has none.</param>
    public NodeEdit Edit(ExpressionSyntax runner, bool needsResult)
    {
        if (_node is ExpressionSyntax call)
            return new NodeEdit(call, current => AwaitCall(runner, call, (ExpressionSyntax)current, needsResult));
        if (_node == _last) return new NodeEdit(_node, current => AwaitStatements(runner, [(StatementSyntax)current], needsResult));
        var block = (BlockSyntax)_node.Parent!;
        var (from, count) = (block.Statements.IndexOf((StatementSyntax)_node), block.Statements.IndexOf((StatementSyntax)_last) + 1);
        return new NodeEdit(block, current =>
        {
            var statements = ((BlockSyntax)current).Statements;
            var moved = AwaitStatements(runner, [.. statements.Take(count).Skip(from)], needsResult);
            return ((BlockSyntax)current).WithStatements(List([.. statements.Take(from), moved, .. statements.Skip(count)]));
        });
    }

    private ExpressionStatementSyntax AwaitStatements(ExpressionSyntax runner, List<StatementSyntax> statements, bool needsResult)
    {
        var (first, last) = (statements[0], statements[statements.Count - 1]);
        var (leading, trailing) = (first.GetLeadingTrivia(), last.GetTrailingTrivia());
        statements[0] = first.WithoutLeadingTrivia();
        // What ends the last of several lines speaks of that line.
        var isOfItsEnd = Layout.HasComment(trailing) && first.ToString().IndexOf('\n') >= 0;
        if (statements.Count == 1 && !isOfItsEnd) statements[0] = statements[0].WithoutTrailingTrivia();
        else trailing = TriviaList(Layout.NewLine(_node));
        if (needsResult) statements.Add(ParseStatement("return true;"));
        var body = Layout.Spread(Block(List(statements)), Layout.NewLine(_node));
        return ExpressionStatement(Await(Run(runner, body))).WithLeadingTrivia(leading).WithTrailingTrivia(trailing)
            .WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
    }

    private ExpressionSyntax AwaitCall(
        ExpressionSyntax runner, ExpressionSyntax original, ExpressionSyntax call, bool needsResult)
    {
        var (started, before) = Start(runner, call, needsResult);
        return (ExpressionSyntax)Before.Put(Awaits.Wrap(original, started), before);
    }

    /// <summary><c>runner(() => work)</c>, and what has to be read before.</summary>
    public (ExpressionSyntax Call, IReadOnlyList<string> Before) Start(ExpressionSyntax runner, ExpressionSyntax call, bool needsResult)
    {
        var before = new List<string>();
        foreach (var (argument, name) in _captured)
        {
            var index = ArgumentsOf((ExpressionSyntax)_node)!.Arguments.IndexOf(one => one.Expression == argument);
            var now = ArgumentsOf(call)!.Arguments[index].Expression;
            before.Add($"var {name} = {now.WithoutTrivia()};");
            call = call.ReplaceNode(now, IdentifierName(name).WithTriviaFrom(now));
        }

        CSharpSyntaxNode work = needsResult
            ? (BlockSyntax)ParseStatement($"{{ {call.WithoutTrivia()}; return true; }}")
            : call.WithoutTrivia();
        return (Run(runner, work), before);
    }

    private static AwaitExpressionSyntax Await(ExpressionSyntax awaitable) =>
        Awaits.Keyword(awaitable);

    private static InvocationExpressionSyntax Run(ExpressionSyntax runner, CSharpSyntaxNode body)
    {
        var lambda = ParenthesizedLambdaExpression(ParameterList().WithTrailingTrivia(Space), body)
            .WithArrowToken(Token(TriviaList(), SyntaxKind.EqualsGreaterThanToken,
                body is BlockSyntax { OpenBraceToken.HasLeadingTrivia: true } ? TriviaList() : TriviaList(Space)));
        return InvocationExpression(runner, ArgumentList(SingletonSeparatedList(Argument(lambda))));
    }

    private static Offload? OfCall(
        SemanticModel model, ExpressionSyntax call, SyntaxNode function, ThreadAffinity affinity,
        ISet<(SyntaxNode, string)>? taken, CancellationToken cancellation)
    {
        if (HasVariables(model, call, cancellation) || HeldLocks.Unbalanced(model, call, cancellation)
            || HeldLocks.MayBeMutex(model, call, cancellation)) return null;
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || Awaits.Plain(call) != call) return null;
        if (call.Ancestors().TakeWhile(node => node != function).Any(static node => node is ConditionalAccessExpressionSyntax)) return null;
        var result = model.GetTypeInfo(call, cancellation).Type;
        if (result is null or { IsRefLikeType: true } || ThreadAffinity.IsAffine(result) || TaskWaits.IsTask(result)) return null;
        var callee = (call as InvocationExpressionSyntax)?.Expression;
        if (callee is MemberAccessExpressionSyntax access && affinity.Ties(access.Expression)) return null;

        taken ??= new HashSet<(SyntaxNode, string)>();
        var captured = new List<(ExpressionSyntax, string)>();
        foreach (var argument in ArgumentsOf(call)?.Arguments ?? [])
        {
            // A delegate is run by the work, wherever that is.
            if (argument.Expression is AnonymousFunctionExpressionSyntax)
            {
                if (affinity.Ties(argument.Expression)) return null;
                continue;
            }

            if (argument.RefKindKeyword.RawKind != 0
                || model.GetTypeInfo(argument.Expression, cancellation)
                    is { Type.IsRefLikeType: true } or { ConvertedType.IsRefLikeType: true } && !IsArray(model, argument, cancellation))
                return null;
            if (ThreadAffinity.IsAffine(model.GetTypeInfo(argument.Expression, cancellation).Type)) return null;
            if (!AwaitedFirst.Takes(model, argument, cancellation) && !ReadsOwner(model, argument.Expression, cancellation)) continue;
            var input = FreeName(function, model, call, argument, method, taken);
            taken.Add((function, input));
            captured.Add((argument.Expression, input));
        }

        if (captured.Count > 0
            && !ReadFirst.CanBe([.. captured.Select(static one => one.Item1)], model, call, function, cancellation)) return null;
        if (callee is not null && affinity.Ties(callee is MemberAccessExpressionSyntax { Name: var name } ? name : callee)) return null;
        if (call is ObjectCreationExpressionSyntax && affinity.TiesIn(method)) return null;
        return new Offload(call, call, NameOf(callee, method), captured);
    }

    private static string NameOf(ExpressionSyntax? callee, IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.Constructor => $"new {method.ContainingType.Name}",
        MethodKind.DelegateInvoke when callee is SimpleNameSyntax simple => simple.Identifier.ValueText,
        MethodKind.DelegateInvoke when callee is MemberAccessExpressionSyntax access => access.ToString(),
        _ => method.Name,
    };

    private static ArgumentListSyntax? ArgumentsOf(ExpressionSyntax call) => call switch
    {
        InvocationExpressionSyntax invocation => invocation.ArgumentList,
        ObjectCreationExpressionSyntax creation => creation.ArgumentList,
        _ => null,
    };

    /// <summary>Declares variables that others read, or names some that no lambda may capture.</summary>
    private static bool HasVariables(SemanticModel model, ExpressionSyntax call, CancellationToken cancellation) =>
        call.DescendantNodes().Any(node => node switch
        {
            SingleVariableDesignationSyntax => true,
            IdentifierNameSyntax name => model.GetSymbolInfo(name, cancellation).Symbol
                is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None }
                or IParameterSymbol { Type.IsRefLikeType: true } or ILocalSymbol { Type.IsRefLikeType: true },
            _ => false,
        });

    private static bool IsArray(SemanticModel model, ArgumentSyntax argument, CancellationToken cancellation) =>
        model.GetTypeInfo(argument.Expression, cancellation).Type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String };

    private static Offload? OfStatements(SemanticModel model, StatementSyntax first, StatementSyntax last, ThreadAffinity affinity)
    {
        if (first.Parent is not BlockSyntax block || last.Parent != block) return null;
        var moved = block.Statements.Where(statement => statement.SpanStart >= first.SpanStart && statement.Span.End <= last.Span.End)
            .ToList();
        if (moved.Any(statement => MustStay(statement) || affinity.Ties(statement) || HeldLocks.Unbalanced(model, statement, default)))
            return null;
        if (model.AnalyzeControlFlow(first, last) is not { Succeeded: true, ExitPoints.IsEmpty: true, ReturnStatements.IsEmpty: true })
            return null;
        var data = model.AnalyzeDataFlow(first, last);
        if (data is not { Succeeded: true }) return null;
        // What is declared inside is gone outside; what gets its first value inside is, to the compiler, without one.
        if (data.VariablesDeclared.Any(symbol => data.ReadOutside.Contains(symbol) || data.WrittenOutside.Contains(symbol))) return null;
        if (data.DataFlowsOut.Any(symbol => !data.DefinitelyAssignedOnEntry.Contains(symbol))) return null;
        var outer = data.ReadInside.Concat(data.WrittenInside).Where(symbol => !data.VariablesDeclared.Contains(symbol));
        if (outer.Any(
            static symbol => symbol is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None }
            or IParameterSymbol { Type.IsRefLikeType: true } or ILocalSymbol { Type.IsRefLikeType: true }))
        {
            return null;
        }

        var isLoop = Functions.IsLoop(first);
        return new Offload(first, last, isLoop && first == last ? "the loop" : first == last ? "the statement" : "the statements", []);
    }

    /// <summary>Declarations whose scope is the block, and text that the preprocessor cuts.</summary>
    private static bool MustStay(StatementSyntax statement) =>
        statement is LocalFunctionStatementSyntax or LabeledStatementSyntax
            or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }
        || statement.DescendantTrivia().Any(static trivia => trivia.IsDirective)
        || statement.DescendantNodes().Any(static node => node is AwaitExpressionSyntax or YieldStatementSyntax or BaseExpressionSyntax);

    /// <summary>Reads state of the object, which goes on changing while the work runs elsewhere.</summary>
    private static bool ReadsOwner(SemanticModel model, ExpressionSyntax argument, CancellationToken cancellation) =>
        argument.DescendantNodesAndSelf().Any(node => node is ThisExpressionSyntax
            || node is SimpleNameSyntax name && model.GetSymbolInfo(name, cancellation).Symbol switch
            {
                // What an object of the loop shows is read there, however fixed the place is that holds it.
                IFieldSymbol field when ThreadAffinity.IsAffine(field.Type) => true,
                IPropertySymbol property when ThreadAffinity.IsAffine(property.Type) => true,
                IFieldSymbol { IsReadOnly: true } held => !Unchanging.Is(held.Type)
                    && (name.Parent is MemberAccessExpressionSyntax part && part.Expression == name
                        || name.Parent is ElementAccessExpressionSyntax),
                IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary } =>
                    model.GetSymbolInfo(name, cancellation).Symbol is { IsStatic: false }
                    && (name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name
                        || access.Expression is ThisExpressionSyntax),
                ILocalSymbol local => ThreadAffinity.IsAffine(local.Type),
                IParameterSymbol parameter => ThreadAffinity.IsAffine(parameter.Type),
                _ => false,
            });

    private static string FreeName(
        SyntaxNode function, SemanticModel model, ExpressionSyntax call, ArgumentSyntax argument, IMethodSymbol method,
        ISet<(SyntaxNode, string)> taken)
    {
        var index = ArgumentsOf(call)!.Arguments.IndexOf(argument);
        var wanted = index < method.Parameters.Length && !method.Parameters[index].IsParams ? method.Parameters[index].Name : "input";
        var used = new HashSet<string>(function.DescendantTokens().Select(static token => token.ValueText));
        used.UnionWith(model.LookupSymbols(call.SpanStart).OfType<ILocalSymbol>().Select(static local => local.Name));
        used.UnionWith(taken.Where(one => one.Item1 == function).Select(static one => one.Item2));
        if (!used.Contains(wanted) && !SyntaxFacts.IsKeywordKind(SyntaxFacts.GetKeywordKind(wanted))) return wanted;
        for (var i = 1; ; i++)
            if (!used.Contains(wanted + i)) return wanted + i;
    }
}
