using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>A time-out of zero: who is given it only looks.</summary>
internal static class NoTime
{
    /// <summary>Zero as a number or as a time.</summary>
    public static bool Is(IOperation value)
    {
        if (value is IConversionOperation conversion) value = conversion.Operand;
        return value.ConstantValue is { HasValue: true, Value: 0 or 0L }
            || value is IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } }
            || value is IDefaultValueOperation { Type.Name: "TimeSpan" }
            || value is IObjectCreationOperation { Type.Name: "TimeSpan", Arguments: var given }
                && given.All(static part => part.Value.ConstantValue is { HasValue: true, Value: 0 or 0L })
            || value is IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan" }, Arguments: { Length: > 0 } parts }
                && parts[0].Value.ConstantValue is { HasValue: true, Value: 0 or 0L or 0.0 };
    }
}
