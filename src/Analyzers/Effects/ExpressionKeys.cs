using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// Names for expressions whose value stays the same until somebody assigns them: locals, parameters, fields, plain properties.
/// </summary>
internal static class ExpressionKeys
{
    /// <summary>The key of an expression, or null when two evaluations may differ.</summary>
    public static string? Of(IOperation? operation)
    {
        switch (Strip(operation))
        {
            case ILocalReferenceOperation local: return Of(local.Local);
            case IParameterReferenceOperation parameter: return Of(parameter.Parameter);
            case IDeclarationExpressionOperation { Expression: ILocalReferenceOperation local }: return Of(local.Local);
            case IFieldReferenceOperation field: return Member(field.Instance, field.Field);
            case IPropertyReferenceOperation { Arguments.IsEmpty: true } property: return Member(property.Instance, property.Property);
            case IPropertyReferenceOperation { Arguments.Length: 1 } indexer: return Element(indexer.Instance, indexer.Arguments[0].Value);
            case IArrayElementReferenceOperation { Indices.Length: 1 } element: return Element(element.ArrayReference, element.Indices[0]);
            default: return null;
        }
    }

    public static string Of(ILocalSymbol local) =>
        $"l:{local.Name}@{(local.Locations.IsDefaultOrEmpty ? 0 : local.Locations[0].SourceSpan.Start)
            .ToString(CultureInfo.InvariantCulture)}";

    public static string Of(IParameterSymbol parameter) =>
        $"p:{parameter.Name}@{(parameter.Locations.IsDefaultOrEmpty ? parameter.Ordinal : parameter.Locations[0].SourceSpan.Start)
            .ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The task or stream behind conversions, ConfigureAwait, AsTask and GetAwaiter.</summary>
    public static IOperation? Strip(IOperation? operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion: operation = conversion.Operand; break;
                case IParenthesizedOperation parenthesized: operation = parenthesized.Operand; break;
                case ITranslatedQueryOperation query: operation = query.Operation; break;
                case IArgumentOperation argument: operation = argument.Value; break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "GetAwaiter" or "Preserve" } call:
                    operation = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
                    break;
                case IConditionalAccessInstanceOperation instance: operation = ReceiverOf(instance); break;
                default: return operation;
            }
        }
    }

    private static IOperation? ReceiverOf(IConditionalAccessInstanceOperation instance)
    {
        IOperation inner = instance;
        for (var current = instance.Parent; current is not null; (inner, current) = (current, current.Parent))
            if (current is IConditionalAccessOperation access && access.WhenNotNull == inner) return access.Operation;
        return null;
    }

    private static string? Member(IOperation? instance, ISymbol member)
    {
        if (instance is null) return member.ContainingType is { } type ? $"{type.Name}.{member.Name}" : null;
        if (instance is IInstanceReferenceOperation) return $"this.{member.Name}";
        return Of(instance) is { } key ? $"{key}.{member.Name}" : null;
    }

    private static string? Element(IOperation? collection, IOperation index) =>
        Of(collection) is { } key
            ? $"{key}[{(index.ConstantValue is { HasValue: true, Value: { } value } ? value : Of(index) ?? "?")}]"
            : null;
}
