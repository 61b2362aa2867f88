using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What the language calls on its own: copies and comparisons of records, conversions of elements, awaiters.
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

    /// <summary><c>(price, count) == (other, 1)</c> compares the elements one by one, each with the operator of its type.</summary>
    private void CallOperators(ITupleBinaryOperation pairs, ITypeSymbol? compared)
    {
        if (compared is not INamedTypeSymbol { IsTupleType: true } tuple) return;
        var name = pairs.OperatorKind == BinaryOperatorKind.Equals
            ? WellKnownMemberNames.EqualityOperatorName
            : WellKnownMemberNames.InequalityOperatorName;
        foreach (var element in tuple.TupleElements)
        {
            CallOperators(pairs, element.Type);
            foreach (var method in element.Type.GetMembers(name).OfType<IMethodSymbol>())
                if (!method.IsImplicitlyDeclared && SourceModels.HasSource(method.OriginalDefinition)
                    && method.Parameters.All(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, element.Type)))
                    Call(pairs, method, null, NoArguments);
        }
    }

    /// <summary><c>await job;</c> asks the job for its awaiter, and that for its result, which somebody may have written.</summary>
    private void CallAwaiter(IAwaitOperation await)
    {
        if (await.Operation.Type is not { TypeKind: not TypeKind.Error } awaited || TypeShape.IsTask(awaited)
            || awaited.Name is "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" or "YieldAwaitable"
            || await.Syntax is not AwaitExpressionSyntax syntax || member.Models.Of(syntax.SyntaxTree) is not { } model) return;
        var info = model.GetAwaitExpressionInfo(syntax);
        foreach (var called in new[] { info.GetAwaiterMethod, info.IsCompletedProperty?.GetMethod, info.GetResultMethod })
            if (called is not null && SourceModels.HasSource(called.OriginalDefinition)) Call(await.Operation, called, null, NoArguments);
    }

    /// <summary>The await calls it, and not somebody who awaits what it gives.</summary>
    private static bool TakesResult(IOperation site, IMethodSymbol? target) =>
        target is { Name: "GetResult", Parameters.IsEmpty: true } && site.Parent is IAwaitOperation
        && !(site is IInvocationOperation { TargetMethod: var named } && SymbolEqualityComparer.Default.Equals(named, target));

    /// <summary>What ends a walk: the enumerator's own <c>Dispose</c>, also where only its contract is named.</summary>
    private static IMethodSymbol? DisposalOf(ITypeSymbol enumerator, ForEachStatementInfo walk) =>
        walk.DisposeMethod is { ContainingType.TypeKind: TypeKind.Interface } contract
            ? enumerator.TypeKind is TypeKind.Class or TypeKind.Struct
                ? enumerator.FindImplementationForInterfaceMember(contract) as IMethodSymbol
                : null
            : walk.DisposeMethod;

    /// <summary><c>foreach (decimal total in amounts)</c>: each element is converted.</summary>
    private void VisitElementConversion(IForEachLoopOperation each, ForEachStatementInfo walk)
    {
        if (walk.ElementConversion.MethodSymbol is { } conversion && SourceModels.HasSource(conversion.OriginalDefinition))
            Call(each.LoopControlVariable, conversion, null, NoArguments);
    }
}
