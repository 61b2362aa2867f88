using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>The functions that a private delegate (or lazy) field can hold: followed when it is assigned exactly once.</summary>
internal static class DelegateFields
{
    public static IReadOnlyList<string> TargetsOf(IFieldSymbol field, SourceModels models, CancellationToken cancellation)
    {
        var values = new List<ExpressionSyntax>();
        foreach (var reference in field.DeclaringSyntaxReferences)
            if (reference.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value }) values.Add(value);
        foreach (var reference in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax(cancellation).DescendantNodes())
            {
                if (node is AssignmentExpressionSyntax assignment && NameOf(assignment.Left) == field.Name) values.Add(assignment.Right);
                if (values.Count > 1) return [];
            }
        }

        return values.Count == 1 && KeyOf(values[0], models, cancellation) is { } key ? [key] : [];
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static string? KeyOf(ExpressionSyntax value, SourceModels models, CancellationToken cancellation)
    {
        if (value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments })
            value = arguments[0].Expression;
        if (models.Of(value.SyntaxTree) is not { } model) return null;
        if (value is not AnonymousFunctionExpressionSyntax)
        {
            if (model.GetSymbolInfo(value, cancellation).Symbol is not IMethodSymbol method) return null;
            // Of a member of the base library the place where it is named is the body.
            if (SourceModels.HasSource(method)) return BodyKey.Of(method);
        }

        return model.GetEnclosingSymbol(value.SpanStart, cancellation) switch
        {
            IMethodSymbol { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction) } owner
                when BodyKey.Of(owner) is { } key
                && owner.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && declared.SyntaxTree == value.SyntaxTree =>
                BodyKey.Nested(key, value.SpanStart - declared.Span.Start),
            IFieldSymbol owner
                when BodyKey.Of(owner.ContainingType) is { } key
                    && owner.ContainingType.DeclaringSyntaxReferences.FirstOrDefault() is { } declared =>
                BodyKey.Nested((owner.IsStatic ? BodyKey.StaticInitialiser : BodyKey.InstanceInitialiser) + key,
                    value.SpanStart - declared.Span.Start),
            _ => null,
        };
    }
}
