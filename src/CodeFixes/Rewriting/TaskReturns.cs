using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>The returns of a function that becomes async, or that has to return a task without being async.</summary>
internal sealed class TaskReturns(FunctionConversion function, NameSyntax task, CancellationToken cancellation)
{
    private static readonly SyntaxAnnotation LeavesHere = new();
    private static readonly SyntaxAnnotation EndsAnyway = new();

    /// <summary>Whether the returned tasks of a function can be awaited where they are returned.</summary>
    public static bool CanUnwrap(SyntaxNode function, ITypeSymbol type) => Functions.Body(function) switch
    {
        ExpressionSyntax value => !MayBeNull(value, type),
        { } body => Functions.Returns(body).All(statement => statement.Expression is { } value && !MayBeNull(value, type)
            && !statement.Ancestors()
                .TakeWhile(static node => node
                    is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .Any(static node => node is LockStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax)),
        _ => false,
    };

    /// <summary>A task that is not there cannot be awaited.</summary>
    private static bool MayBeNull(ExpressionSyntax value, ITypeSymbol type) => value switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } => true,
        LiteralExpressionSyntax or DefaultExpressionSyntax => !type.IsValueType,
        PostfixUnaryExpressionSyntax suppressed => MayBeNull(suppressed.Operand, type),
        ParenthesizedExpressionSyntax inner => MayBeNull(inner.Expression, type),
        ConditionalExpressionSyntax choice => MayBeNull(choice.WhenTrue, type) || MayBeNull(choice.WhenFalse, type),
        SwitchExpressionSyntax choice => choice.Arms.Any(arm => MayBeNull(arm.Expression, type)),
        ConditionalAccessExpressionSyntax => true,
        _ => false,
    };

    /// <summary>A function that returned tasks and now awaits them.</summary>
    public IEnumerable<NodeEdit> Unwrap()
    {
        var hasValue = function.Symbol.ReturnType is INamedTypeSymbol { Arity: 1 };
        if (Functions.Body(function.Node) is ExpressionSyntax value)
        {
            if (value is not ThrowExpressionSyntax) yield return new NodeEdit(value, current => Awaited(value, (ExpressionSyntax)current));
            yield break;
        }

        var blocks = new HashSet<SyntaxNode>();
        foreach (var statement in Functions.Returns(Functions.Body(function.Node)!))
        {
            if (statement.Expression is not { } returned) continue;
            if (hasValue)
            {
                yield return new NodeEdit(returned, current => Awaited(returned, (ExpressionSyntax)current));
                continue;
            }

            yield return new NodeEdit(statement, current => Leave(statement, (ReturnStatementSyntax)current));
            if (statement.Parent is BlockSyntax block && blocks.Add(block)) yield return new NodeEdit(block, InsertReturns);
        }
    }

    /// <summary>A member that has to return a task but awaits nothing.</summary>
    public IEnumerable<NodeEdit> Wrap()
    {
        if (Functions.Body(function.Node) is not BlockSyntax body) yield break;
        foreach (var statement in Functions.Returns(body))
        {
            var type = statement.Expression is { } value ? function.Model.GetTypeInfo(value, cancellation).Type : null;
            yield return new NodeEdit(statement, current => ((ReturnStatementSyntax)current)
                .WithReturnKeyword(((ReturnStatementSyntax)current).ReturnKeyword.WithTrailingTrivia(Space))
                .WithExpression(Completed(((ReturnStatementSyntax)current).Expression, type)));
        }

        if (function.Symbol.ReturnsVoid && function.Model.AnalyzeControlFlow(body)?.EndPointIsReachable == true)
        {
            var end = ReturnStatement(Completed(null, null));
            end = Layout.IsOneLine(body) && body.Statements.Count > 0
                ? end.WithReturnKeyword(end.ReturnKeyword.WithTrailingTrivia(Space)).WithTrailingTrivia(Space)
                : end.WithAdditionalAnnotations(Formatter.Annotation);
            yield return new NodeEdit(body, current => ((BlockSyntax)current).AddStatements(end));
        }
    }

    /// <summary>The expression body of a member that awaits nothing.</summary>
    public SyntaxNode WrapWhole(SyntaxNode current)
    {
        if (Functions.Body(function.Node) is not ExpressionSyntax original || original is ThrowExpressionSyntax) return current;
        if (!function.Symbol.ReturnsVoid)
        {
            var type = function.Model.GetTypeInfo(original, cancellation).Type;
            var value = (ExpressionSyntax)Functions.Body(current)!;
            return current.ReplaceNode(value, Completed(value, type).WithTriviaFrom(value));
        }

        BlockSyntax Body(ArrowExpressionClauseSyntax arrow) => Layout.Spread(
            Block(Layout.Statement(arrow.ArrowToken, arrow.Expression), ReturnStatement(Completed(null, null))),
            Layout.NewLine(function.Node));
        return current switch
        {
            MethodDeclarationSyntax { ExpressionBody: { } arrow } method => method.WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(Body(arrow).WithTrailingTrivia(method.SemicolonToken.TrailingTrivia)),
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local => local.WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(Body(arrow).WithTrailingTrivia(local.SemicolonToken.TrailingTrivia)),
            _ => current,
        };
    }

    private ExpressionSyntax Completed(ExpressionSyntax? value, ITypeSymbol? type)
    {
        if (value is null) return MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, IdentifierName("CompletedTask"));
        var stated = SymbolEqualityComparer.IncludeNullability.Equals(type, function.Symbol.ReturnType);
        SimpleNameSyntax name = stated
            ? IdentifierName("FromResult")
            : GenericName(Identifier("FromResult"), TypeArgumentList(SingletonSeparatedList(
                ParseTypeName(function.Symbol.ReturnType.ToMinimalDisplayString(function.Model, function.Node.SpanStart)))));
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, name),
            ArgumentList(SingletonSeparatedList(Argument(value.WithoutTrivia()))));
    }

    private ExpressionSyntax Awaited(ExpressionSyntax original, ExpressionSyntax current)
    {
        // The default of a ValueTask<T> is a complete task with the default of T.
        if (original.IsKind(SyntaxKind.DefaultLiteralExpression) && function.Symbol.ReturnType.IsValueType) return current;
        if (IsCompleteValueTask(original) && ((BaseObjectCreationExpressionSyntax)current).ArgumentList is { } created)
            return created.Arguments[0].Expression.WithTriviaFrom(current);
        if (IsTaskMember(original, "FromResult")
            && current is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments })
            return arguments[0].Expression.WithTriviaFrom(current);
        var operand =
            original is ConditionalExpressionSyntax or BinaryExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax
                or WithExpressionSyntax
            ? ParenthesizedExpression(current.WithoutTrivia())
            : current;
        return Awaits.Wrap(original, operand);
    }

    /// <summary><c>new ValueTask&lt;T&gt;(value)</c></summary>
    private bool IsCompleteValueTask(ExpressionSyntax expression) =>
        expression is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 1 }
        && function.Model.GetSymbolInfo(expression, cancellation).Symbol
            is IMethodSymbol { ContainingType: { Name: "ValueTask", Arity: 1 } type, Parameters: { Length: 1 } parameters }
        && SymbolEqualityComparer.Default.Equals(parameters[0].Type, type.TypeArguments[0]);

    private StatementSyntax Leave(ReturnStatementSyntax original, ReturnStatementSyntax current)
    {
        var isLast = original.Parent is BlockSyntax body && body == Functions.Body(function.Node) && body.Statements.Last() == original;
        if (IsTaskMember(original.Expression!, "CompletedTask")
            || original.Expression is LiteralExpressionSyntax or DefaultExpressionSyntax)
        {
            var leave = current.WithExpression(null).WithReturnKeyword(current.ReturnKeyword.WithTrailingTrivia());
            return isLast && !HasComment(original) ? leave.WithAdditionalAnnotations(EndsAnyway) : leave;
        }

        var awaited = ExpressionStatement(Awaited(original.Expression!, current.Expression!.WithoutTrivia()).WithoutTrivia());
        if (isLast) return awaited.WithTriviaFrom(current);
        if (original.Parent is BlockSyntax) return awaited.WithTriviaFrom(current).WithAdditionalAnnotations(LeavesHere);
        return Block(awaited, ReturnStatement()).WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static SyntaxNode InsertReturns(SyntaxNode node)
    {
        var block = (BlockSyntax)node;
        for (var i = block.Statements.Count - 1; i >= 0; i--)
        {
            if (block.Statements[i].HasAnnotation(EndsAnyway)) block = block.WithStatements(block.Statements.RemoveAt(i));
            else if (block.Statements[i].HasAnnotation(LeavesHere))
                block = block.WithStatements(
                    block.Statements.Insert(i + 1, ReturnStatement().WithTriviaFrom(block.Statements[i])
                        .WithAdditionalAnnotations(Formatter.Annotation)));
        }

        return block;
    }

    private static bool HasComment(SyntaxNode node) => node.GetLeadingTrivia().Concat(node.GetTrailingTrivia())
        .Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            || trivia.IsDirective);

    private bool IsTaskMember(ExpressionSyntax expression, string name) =>
        function.Model.GetSymbolInfo(expression, cancellation).Symbol is { } symbol && symbol.Name == name
        && TaskWaits.IsTask(symbol.ContainingType);
}
