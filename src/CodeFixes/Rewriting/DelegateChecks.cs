using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// A lambda or method group that becomes asynchronous picks another overload of the call that it is given to. That is
/// right only where the receiver then waits for the task: it takes a task-returning delegate and still gives what it gave.
/// </summary>
internal sealed class DelegateChecks
{
    private readonly List<(DocumentId Document, SyntaxAnnotation Mark)> _functions = [];
    private readonly List<(DocumentId Document, SyntaxAnnotation Mark, string Type)> _calls = [];

    /// <summary>
    /// Whether the receiver takes an asynchronous delegate too and still gives what it gave; bound once more after the rewrite.
    /// </summary>
    public static bool CanBecomeAsync(SemanticModel model, ExpressionSyntax function, CancellationToken cancellation)
    {
        var converted = model.GetTypeInfo(function, cancellation).ConvertedType;
        if (ReturnsTask(converted)) return true;
        // A delegate of any shape is taken as it comes, unless another overload is made for those that return tasks.
        if (IsAnyDelegate(converted))
        {
            return CallAround(function) is not { } taker || function is not LambdaExpressionSyntax
                || TakesAsync(model, taker, function, Functions.Symbol(model, function, cancellation), cancellation);
        }

        return CallAround(function) is { } call && !IsCallbackOfNode(model, call, cancellation)
            && model.GetMemberGroup(call.Expression, cancellation).OfType<IMethodSymbol>().Any(static overload =>
                overload.Parameters.Any(static parameter => IsAnyDelegate(parameter.Type) || ReturnsTask(parameter.Type)))
            && TakesAsync(model, call, function, (converted as INamedTypeSymbol)?.DelegateInvokeMethod, cancellation);
    }

    /// <summary>
    /// What an asynchronous callback of Node's loop throws is a rejection, and no longer an uncaught exception; a promise waits for the one
    /// that its callback gives.
    /// </summary>
    private static bool IsCallbackOfNode(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation) =>
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { Name: "NodeLoop" or "Promise" } type }
        && type.ContainingNamespace?.ToDisplayString() == LoopHome.Node;

    /// <summary>Binds the call with an asynchronous lambda of the same parameters and result; in doubt the rewrite decides.</summary>
    private static bool TakesAsync(
        SemanticModel model, InvocationExpressionSyntax call, ExpressionSyntax function, IMethodSymbol? shape,
        CancellationToken cancellation)
    {
        if (shape is null || shape.Parameters.Any(static parameter => parameter.RefKind != RefKind.None)) return true;
        var index = call.ArgumentList.Arguments.IndexOf((ArgumentSyntax)function.Parent!);
        if (call.ArgumentList.Arguments[index].NameColon is not null) return true;
        var result = shape.ReturnsVoid
            ? ""
            : $" return default({shape.ReturnType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})!;";
        var isTyped = function is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: > 0 } written }
            && written[0].Type is not null;
        var names = string.Join(", ", shape.Parameters.Select((parameter, place) => isTyped
            ? $"{parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)} p{place}"
            : $"p{place}"));
        var stand = SyntaxFactory.ParseExpression(
            $"async ({names}) => {{ await global::System.Threading.Tasks.Task.Yield();{result} }}");
        // Behind a ?. a call cannot be bound alone: bound is what it would be without the question.
        var plain = (InvocationExpressionSyntax)Awaits.Plain(call);
        var asked = plain.ReplaceNode(plain.ArgumentList.Arguments[index].Expression, stand);
        if (model.GetSpeculativeSymbolInfo(call.SpanStart, asked, SpeculativeBindingOption.BindAsExpression).Symbol
            is not IMethodSymbol taken || index >= taken.Parameters.Length) return true;
        // Some overloads are there only to say that an asynchronous delegate is a mistake.
        if (taken.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute")) return false;
        return (IsAnyDelegate(taken.Parameters[index].Type) || ReturnsTask(taken.Parameters[index].Type))
            && model.GetTypeInfo(call, cancellation).Type is { } type
            && (IsDropped(model, call, function, cancellation) || taken.ReturnType.ToDisplayString() == type.ToDisplayString());
    }

    /// <summary>A delegate of any shape, given to a call that nobody asks for what it gives: an endpoint that is mapped.</summary>
    private static bool IsDropped(
        SemanticModel model, InvocationExpressionSyntax call, ExpressionSyntax function, CancellationToken cancellation) =>
        call.Parent is ExpressionStatementSyntax && IsAnyDelegate(model.GetTypeInfo(function, cancellation).ConvertedType)
        && !TaskWaits.IsTaskLike(model.GetTypeInfo(call, cancellation).Type);

    public NodeEdit Watch(DocumentId document, ExpressionSyntax function)
    {
        var mark = new SyntaxAnnotation();
        _functions.Add((document, mark));
        return new NodeEdit(function, current => current.WithAdditionalAnnotations(mark));
    }

    public NodeEdit? WatchCall(DocumentId document, SemanticModel model, ExpressionSyntax function, CancellationToken cancellation)
    {
        if (CallAround(function) is not { } call || model.GetTypeInfo(call, cancellation).Type is not { } type
            || IsDropped(model, call, function, cancellation)) return null;
        var mark = new SyntaxAnnotation();
        _calls.Add((document, mark, type.ToDisplayString()));
        return new NodeEdit(call, current => current.WithAdditionalAnnotations(mark));
    }

    /// <summary>Whether all watched delegates return tasks now, and the calls around them give what they gave before.</summary>
    public async Task<bool> HoldAsync(Solution changed, CancellationToken cancellation)
    {
        foreach (var (document, mark) in _functions)
        {
            var (model, node) = await FindAsync(changed, document, mark, cancellation).ConfigureAwait(false);
            var converted = node is null ? null : model!.GetTypeInfo(node, cancellation).ConvertedType;
            if (!IsAnyDelegate(converted) && !ReturnsTask(converted)) return false;
        }

        foreach (var (document, mark, type) in _calls)
        {
            var (model, node) = await FindAsync(changed, document, mark, cancellation).ConfigureAwait(false);
            if (node is null || model!.GetTypeInfo(node, cancellation).Type?.ToDisplayString() != type) return false;
        }

        return true;
    }

    private static async Task<(SemanticModel? Model, SyntaxNode? Node)> FindAsync(
        Solution solution, DocumentId id, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        var document = solution.GetDocument(id)!;
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false), root!.GetAnnotatedNodes(mark).FirstOrDefault());
    }

    private static InvocationExpressionSyntax? CallAround(ExpressionSyntax function) =>
        function.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } ? call : null;

    private static bool IsAnyDelegate(ITypeSymbol? type) => type is { Name: "Delegate", ContainingNamespace.Name: "System" };

    private static bool ReturnsTask(ITypeSymbol? type) =>
        type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var result } && TaskWaits.IsTaskLike(result);
}
