using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>The blocking calls written in one body, by the catalogue; in doubt a call is left alone.</summary>
internal static class BlockingCalls
{
    public static IEnumerable<ExpressionSyntax> In(SemanticModel model, SyntaxNode function, CancellationToken cancellation) =>
        Functions.Body(function) is not { } body
            ? []
            : Functions.OwnNodes(body).OfType<ExpressionSyntax>().Where(node => Blocks(model, node, body, cancellation));

    private static bool Blocks(SemanticModel model, ExpressionSyntax node, SyntaxNode body, CancellationToken cancellation)
    {
        if (node is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax }
            or MemberBindingExpressionSyntax { Parent: not InvocationExpressionSyntax }))
            return false;
        if (model.GetSymbolInfo(node, cancellation).Symbol is not { } symbol
            || ApiCatalogue.Default.Find(symbol, ApiVerb.Blocks) is not { Brief: false } entry) return false;
        if (entry.When != ApiConditions.None && (entry.When & ApiConditions.Queryable) == 0) return false;
        if (node is InvocationExpressionSyntax call
            && call.ArgumentList.Arguments.Any(argument => IsNoTime(model, argument, cancellation))) return false;
        var receiver = Receiver(node);
        if ((entry.Unless & ApiConditions.InMemory) != 0 && receiver is not null && IsInMemory(model, receiver, cancellation)) return false;
        return (entry.Unless & ApiConditions.Completed) == 0 || receiver is not IdentifierNameSyntax task
            || !IsKnownComplete(task, node, body);
    }

    private static ExpressionSyntax? Receiver(ExpressionSyntax node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult",
            Expression: InvocationExpressionSyntax awaiter } } => Receiver(awaiter),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
        MemberAccessExpressionSyntax access => access.Expression,
        _ => null,
    };

    /// <summary>A time-out of zero only looks; an offset of zero is where something begins.</summary>
    private static bool IsNoTime(SemanticModel model, ArgumentSyntax argument, CancellationToken cancellation) =>
        (model.GetConstantValue(argument.Expression, cancellation) is { HasValue: true, Value: 0 }
            || argument.Expression.ToString().EndsWith("TimeSpan.Zero", StringComparison.Ordinal))
        && model.GetOperation(argument, cancellation) is IArgumentOperation { Parameter: { } parameter }
        && (parameter.Type.Name == "TimeSpan" || parameter.Name.IndexOf("time", StringComparison.OrdinalIgnoreCase) >= 0);

    private static bool IsInMemory(SemanticModel model, ExpressionSyntax receiver, CancellationToken cancellation)
    {
        var symbol = model.GetSymbolInfo(receiver, cancellation).Symbol;
        var types = new List<ITypeSymbol?> { model.GetTypeInfo(receiver, cancellation).Type };
        if (symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
            is VariableDeclaratorSyntax { Initializer.Value: { } value } && value.SyntaxTree == model.SyntaxTree)
        {
            types.Add(model.GetTypeInfo(value, cancellation).Type);
            if (value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments })
            {
                var inner = arguments[0];
                types.Add(model.GetTypeInfo(inner.Expression, cancellation).Type);
                if (inner.Expression is IdentifierNameSyntax source && source.ToString() != receiver.ToString()
                    && IsInMemory(model, source, cancellation)) return true;
            }
        }

        return types.Any(static type => type is not null && ApiCatalogue.Default.Find(type, ApiVerb.InMemory) is not null);
    }

    /// <summary>The body has awaited the task, or asked whether it is complete, before it takes the result.</summary>
    private static bool IsKnownComplete(IdentifierNameSyntax task, ExpressionSyntax node, SyntaxNode body) => Functions.OwnNodes(body)
        .Where(other => other.SpanStart < node.SpanStart && !other.Span.Contains(node.Span))
        .Any(other => other switch
        {
            AwaitExpressionSyntax awaited => Mentions(awaited, task),
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCompleted" or "IsCompletedSuccessfully" or "Status" } asked =>
                Mentions(asked, task),
            // What becomes WaitAsync says nothing about the task to whoever reads it afterwards.
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" },
                ArgumentList.Arguments.Count: 0 } waited => Mentions(waited, task),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitAll" } } waited =>
                Mentions(waited, task),
            _ => false,
        });

    private static bool Mentions(SyntaxNode node, IdentifierNameSyntax name) =>
        node.DescendantNodes().OfType<IdentifierNameSyntax>().Any(other => other.Identifier.ValueText == name.Identifier.ValueText);
}
