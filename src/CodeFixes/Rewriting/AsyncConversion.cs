using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Turns the declaration of one function into that of an async one; its calls are the cascade's business.</summary>
internal sealed class AsyncConversion(FunctionConversion function, CancellationToken cancellation)
{
    private readonly HashSet<string> _imports = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Imports => _imports;

    public IEnumerable<NodeEdit> Edits()
    {
        var returns = new TaskReturns(function, Rewriting.Imports.Owner(
            function.Model, function.Node.SpanStart, Rewriting.Imports.Tasks, "Task", _imports), cancellation);
        var edits = new List<NodeEdit>();
        if (Functions.Body(function.Node) is not null)
        {
            if (function.Kind == ConversionKind.Body) edits.AddRange(returns.Unwrap());
            if (function is { Kind: ConversionKind.Signature, Awaited: false }) edits.AddRange(returns.Wrap());
        }

        var guard = function.Kind == ConversionKind.Handler ? new HandlerGuard(function.Model, function.Node, _imports) : null;
        edits.Add(new NodeEdit(function.Node, current => Convert(current, returns, guard)));
        return edits;
    }

    private NameSyntax TaskName() =>
        Rewriting.Imports.TypeName(function.Model, function.Node.SpanStart, Rewriting.Imports.Tasks, "Task", _imports);

    private SyntaxNode Convert(SyntaxNode current, TaskReturns returns, HandlerGuard? guard)
    {
        current = guard?.Around(current) ?? current;
        var isAsync = function.Kind != ConversionKind.Signature || function.Awaited;
        var changesType = function.Kind == ConversionKind.Signature;
        if (!isAsync && Functions.Body(function.Node) is not null) current = returns.WrapWhole(current);
        switch (current)
        {
            case MethodDeclarationSyntax method:
                if (changesType) method = method.WithReturnType(TaskOf(method.ReturnType));
                if (function.NewName is { } name) method = method.WithIdentifier(Identifier(name).WithTriviaFrom(method.Identifier));
                return isAsync ? WithAsync(method) : method;
            case LocalFunctionStatementSyntax local:
                if (changesType) local = local.WithReturnType(TaskOf(local.ReturnType));
                if (function.NewName is { } localName) local = local.WithIdentifier(Identifier(localName).WithTriviaFrom(local.Identifier));
                return isAsync ? WithAsync(local) : local;
            case ParenthesizedLambdaExpressionSyntax { ReturnType: { } type } typed when function.Kind == ConversionKind.Lambda:
                return WithAsync(typed.WithReturnType(TaskOf(type)));
            case AnonymousFunctionExpressionSyntax lambda:
                return WithAsync(lambda);
            default:
                return current;
        }
    }

    private TypeSyntax TaskOf(TypeSyntax type)
    {
        if (type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }) return TaskName().WithTriviaFrom(type);
        var arguments = TypeArgumentList(SingletonSeparatedList(type.WithoutTrivia()));
        var generic = GenericName(Identifier("Task"), arguments);
        NameSyntax whole = TaskName() is QualifiedNameSyntax qualified ? qualified.WithRight(generic) : generic;
        return whole.WithTriviaFrom(type);
    }

    private static MethodDeclarationSyntax WithAsync(MethodDeclarationSyntax method)
    {
        if (method.Modifiers.Count > 0) return method.WithModifiers(Append(method.Modifiers));
        var keyword = Token(method.ReturnType.GetLeadingTrivia(), SyntaxKind.AsyncKeyword, TriviaList(Space));
        return method.WithReturnType(method.ReturnType.WithoutLeadingTrivia()).WithModifiers(TokenList(keyword));
    }

    private static LocalFunctionStatementSyntax WithAsync(LocalFunctionStatementSyntax local)
    {
        if (local.Modifiers.Count > 0) return local.WithModifiers(Append(local.Modifiers));
        var keyword = Token(local.ReturnType.GetLeadingTrivia(), SyntaxKind.AsyncKeyword, TriviaList(Space));
        return local.WithReturnType(local.ReturnType.WithoutLeadingTrivia()).WithModifiers(TokenList(keyword));
    }

    private static AnonymousFunctionExpressionSyntax WithAsync(AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.Modifiers.Count > 0) return lambda.WithModifiers(Append(lambda.Modifiers));
        // Attributes stand before the modifiers, and the trivia of the lambda is theirs.
        if (lambda is LambdaExpressionSyntax { AttributeLists.Count: > 0 }) return lambda.WithModifiers(Append(lambda.Modifiers));
        var keyword = Token(lambda.GetLeadingTrivia(), SyntaxKind.AsyncKeyword, TriviaList(Space));
        return lambda.WithoutLeadingTrivia().WithModifiers(TokenList(keyword));
    }

    /// <summary>Behind the others, but <c>partial</c> is always the last.</summary>
    private static SyntaxTokenList Append(SyntaxTokenList modifiers)
    {
        var keyword = Token(TriviaList(), SyntaxKind.AsyncKeyword, TriviaList(Space));
        var partial = modifiers.IndexOf(SyntaxKind.PartialKeyword);
        return partial < 0 ? modifiers.Add(keyword) : modifiers.Insert(partial, keyword);
    }
}
