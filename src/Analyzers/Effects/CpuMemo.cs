using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>Recognises a recursion that remembers what it computed, or marks where it was: its work is the size of the table.</summary>
internal sealed class CpuMemo(IMethodSymbol method, IReadOnlyDictionary<ISymbol, IOperation> locals)
{
    private readonly HashSet<ISymbol> _written = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _tested = new(SymbolEqualityComparer.Default);

    public bool IsKept(IReadOnlyList<IOperation> operations)
    {
        foreach (var operation in operations)
        {
            switch (operation)
            {
                // A look-up by a parameter: TryGetValue(n, …), ContainsKey(n), visited.Add((x, y)).
                case IInvocationOperation
                {
                    TargetMethod.Name: "TryGetValue" or "ContainsKey" or "Contains" or "Add" or "TryAdd" or "GetOrAdd",
                    Instance: not null,
                } call when call.Type?.SpecialType == SpecialType.System_Boolean || call.TargetMethod.Name == "GetOrAdd":
                    if (call.Arguments.Any(argument => ReadsParameter(argument.Value))) return true;
                    break;
                case IAssignmentOperation assignment when TableOf(assignment.Target) is { } table:
                    _written.Add(table);
                    break;
                case IConditionalOperation conditional:
                    Test(conditional.Condition);
                    break;
                case ICoalesceOperation coalesce:
                    Test(coalesce.Value);
                    break;
            }
        }

        return _written.Overlaps(_tested);
    }

    private void Test(IOperation condition)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (TableOf(part) is { } table) _tested.Add(table);
            if (part is ILocalReferenceOperation local && locals.TryGetValue(local.Local, out var value) && TableOf(value) is { } source)
                _tested.Add(source);
        }
    }

    /// <summary>The array or dictionary whose element at the place that the parameters name is meant.</summary>
    private ISymbol? TableOf(IOperation operation)
    {
        while (operation is IConversionOperation conversion) operation = conversion.Operand;
        var (owner, indices) = operation switch
        {
            IArrayElementReferenceOperation element => (element.ArrayReference, element.Indices),
            IPropertyReferenceOperation { Arguments.IsEmpty: false } element =>
                (element.Instance, element.Arguments.Select(argument => argument.Value)),
            _ => (null, []),
        };
        if (owner is IArrayElementReferenceOperation && TableOf(owner) is { } jagged) return indices.All(ReadsParameter) ? jagged : null;
        return CpuWrites.VariableOf(owner) is { } table && indices.All(ReadsParameter) ? table : null;
    }

    private bool ReadsParameter(IOperation operation) => operation.DescendantsAndSelf().Any(part =>
        part is IParameterReferenceOperation { Parameter: var parameter }
        && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, method));
}
