using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// The functions that a private delegate (or lazy) field, a property that only its type sets or makes, or an event can hold: one is
/// followed, several are possible.
/// </summary>
internal static class DelegateFields
{
    /// <summary>A delegate that is given more often is a slot for anything.</summary>
    private const int Most = 4;

    /// <summary>Stands for a function that is not seen.</summary>
    private const string Unseen = "unseen";

    public static IReadOnlyList<string> TargetsOf(ISymbol holder, SourceModels models, CancellationToken cancellation)
    {
        var values = new List<ExpressionSyntax>();
        // Whoever has the object may listen to its events.
        var isOpen = holder.Kind == SymbolKind.Event;
        foreach (var reference in holder.DeclaringSyntaxReferences)
        {
            var given = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
                PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
                PropertyDeclarationSyntax { ExpressionBody.Expression: { } value } => value,
                _ => null,
            };
            if (given is not null) values.AddRange(Choices(given));
        }

        foreach (var reference in holder.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax(cancellation).DescendantNodes())
            {
                isOpen |= node is ArgumentSyntax { RefOrOutKeyword.RawKind: not 0, Expression: var lent } && NameOf(lent) == holder.Name;
                if (node is not AssignmentExpressionSyntax assignment) continue;
                isOpen |= assignment.Left is TupleExpressionSyntax parts
                    && parts.Arguments.Any(part => NameOf(part.Expression) == holder.Name);
                // `new Button { Clicked = … }` names a member of what is made; on another object of the type it may be anything.
                var isNamed = NameOf(assignment.Left) == holder.Name;
                if (assignment.Parent is InitializerExpressionSyntax) isOpen |= isNamed && IsOf(assignment, holder);
                else if (isNamed || holder.Kind == SymbolKind.Event && IsOfAnother(assignment.Left, holder, models, cancellation))
                {
                    if (!assignment.IsKind(SyntaxKind.SubtractAssignmentExpression)) values.AddRange(Choices(assignment.Right));
                }
                else isOpen |= LastName.Of(assignment.Left) == holder.Name;
                if (values.Count > Most) return [];
            }
        }

        var keys = values.Where(static value => !IsNothing(value))
            .Select(value => KeyOf(value, models, cancellation) ?? Unseen).Concat(isOpen ? [Unseen] : []).Distinct().ToList();
        return keys.TrueForAll(static key => key == Unseen) ? [] : keys;
    }

    /// <summary>
    /// <c>other.Changed += On;</c>, where the other is of the type as well: who passes an event on listens to one of its name.
    /// </summary>
    private static bool IsOfAnother(ExpressionSyntax target, ISymbol holder, SourceModels models, CancellationToken cancellation) =>
        LastName.Of(target) == holder.Name && models.Of(target.SyntaxTree)?.GetSymbolInfo(target, cancellation).Symbol is { } named
        && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, holder);

    /// <summary>What the initialiser makes is of the type, as far as its name tells.</summary>
    private static bool IsOf(AssignmentExpressionSyntax assignment, ISymbol holder) => assignment.Parent?.Parent switch
    {
        ObjectCreationExpressionSyntax { Type: SimpleNameSyntax type } => type.Identifier.ValueText == holder.ContainingType.Name,
        ObjectCreationExpressionSyntax { Type: QualifiedNameSyntax type } => type.Right.Identifier.ValueText == holder.ContainingType.Name,
        _ => true,
    };

    private static bool IsNothing(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var sure } => IsNothing(sure),
        _ => value.RawKind is (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression,
    };

    private static IEnumerable<ExpressionSyntax> Choices(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax inner => Choices(inner.Expression),
        ConditionalExpressionSyntax choice => Choices(choice.WhenTrue).Concat(Choices(choice.WhenFalse)),
        _ => [value],
    };

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
        // What a method gives is not the method.
        if (value is InvocationExpressionSyntax || models.Of(value.SyntaxTree) is not { } model) return null;
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
            { Kind: SymbolKind.Field or SymbolKind.Property } owner
                when BodyKey.Of(owner.ContainingType) is { } key
                    && owner.ContainingType.DeclaringSyntaxReferences.FirstOrDefault() is { } declared =>
                BodyKey.Nested((owner.IsStatic ? BodyKey.StaticInitialiser : BodyKey.InstanceInitialiser) + key,
                    value.SpanStart - declared.Span.Start),
            _ => null,
        };
    }
}
