using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What the language calls on its own: copies and comparisons of records, conversions of elements.
internal sealed partial class BodyReader
{
    /// <summary><c>order with { Paid = true }</c>: a copy constructor that somebody wrote runs first.</summary>
    private void VisitCopy(IWithOperation copy)
    {
        VisitChildren(copy);
        // A structure is copied as it is.
        if (copy.Operand.Type is not INamedTypeSymbol { IsRecord: true, TypeKind: TypeKind.Class } record) return;
        foreach (var constructor in record.InstanceConstructors)
        {
            if (constructor is { IsImplicitlyDeclared: false, Parameters.Length: 1 }
                && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, record))
                Call(copy, constructor, copy.Operand, NoArguments);
        }
    }

    /// <summary>The operator that the compiler gives a record asks the <c>Equals</c> of the record.</summary>
    private void CallOperator(IBinaryOperation operation, IMethodSymbol method)
    {
        if (!method.IsImplicitlyDeclared || method.ContainingType is not { IsRecord: true } record)
        {
            Call(operation, method, null, NoArguments);
            return;
        }

        foreach (var candidate in record.GetMembers("Equals").OfType<IMethodSymbol>())
        {
            if (candidate is { IsImplicitlyDeclared: false, Parameters.Length: 1 }
                && SymbolEqualityComparer.Default.Equals(candidate.Parameters[0].Type.OriginalDefinition, record.OriginalDefinition))
                Call(operation, candidate, operation.LeftOperand, NoArguments);
        }
    }

    /// <summary><c>foreach (decimal total in amounts)</c>: each element is converted.</summary>
    private void VisitElementConversion(IForEachLoopOperation each, ForEachStatementInfo walk)
    {
        if (walk.ElementConversion.MethodSymbol is { } conversion && SourceModels.HasSource(conversion.OriginalDefinition))
            Call(each.LoopControlVariable, conversion, null, NoArguments);
    }
}
