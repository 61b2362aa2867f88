using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

internal sealed partial class CpuWalk
{
    private CpuValue VisitExpression(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation:
                return ValueOf(CpuWrites.VariableOf(operation));
            case IParameterReferenceOperation parameter:
                return ValueOf(parameter.Parameter) | OfParameter(parameter.Parameter) with { Given = true };
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } when _function is null:
                return CpuValue.OfParameter(CpuValue.This, isIndex: false) with { Given = false };
            case IConditionalAccessInstanceOperation:
                return _receiver;
            case IConditionalAccessOperation access:
                return VisitConditionalAccess(access);
            case IMemberReferenceOperation member:
                return VisitMember(member);
            case IArrayElementReferenceOperation element:
                return ElementOf(Visit(element.ArrayReference), element.Indices);
            case IImplicitIndexerReferenceOperation element:
                return ElementOf(Visit(element.Instance), [element.Argument]);
            case IBinaryOperation binary:
                return VisitBinary(binary);
            case ICompoundAssignmentOperation compound:
                return VisitCompound(compound);
            case IIncrementOrDecrementOperation step:
                return VisitStep(step);
            case IAssignmentOperation assignment:
                return VisitAssignment(assignment);
            case IVariableDeclaratorOperation declarator:
                return VisitDeclarator(declarator);
            case IConditionalOperation conditional:
                return VisitConditional(conditional);
            case ITryOperation tried:
                return VisitTry(tried);
            case IIsPatternOperation pattern:
                return VisitPattern(pattern);
            case IInterpolatedStringOperation:
                return Children(operation).AsLoose();
            default:
                return operation.Kind == OperationKind.None ? VisitPointer(operation) : Children(operation);
        }
    }

    private CpuValue OfParameter(IParameterSymbol parameter)
    {
        var isOwn = _function is null
            ? parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction }
            : SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, _function);
        var isWhole = parameter.Type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
        return isOwn && parameter.Ordinal < CpuValue.This ? CpuValue.OfParameter(parameter.Ordinal, isWhole) : default;
    }

    private CpuValue VisitConditionalAccess(IConditionalAccessOperation access)
    {
        var before = _receiver;
        _receiver = Visit(access.Operation);
        var value = Visit(access.WhenNotNull);
        _receiver = before;
        return value;
    }

    private CpuValue VisitMember(IMemberReferenceOperation member)
    {
        if (member is IPropertyReferenceOperation { Arguments: { IsEmpty: false } arguments })
        {
            return ElementOf(Visit(member.Instance), arguments.Select(argument => argument.Value));
        }

        return Visit(member.Instance) | ValueOf(CpuWrites.VariableOf(member));
    }

    private CpuValue ElementOf(CpuValue array, IEnumerable<IOperation> indices)
    {
        var index = default(CpuValue);
        _indexDepth++;
        foreach (var operation in indices) index |= Visit(operation);
        _indexDepth--;
        return new CpuValue(0, array.Element, array.Loose, array.Given) | index.AsElement();
    }

    private CpuValue VisitBinary(IBinaryOperation binary)
    {
        var value = Visit(binary.LeftOperand) | Visit(binary.RightOperand);
        if (binary.Type?.SpecialType == SpecialType.System_String) return value.AsLoose();
        if (!IsArithmetic(binary.OperatorKind, binary.Type, binary.OperatorMethod)) return value;
        var weight = WeightOf(binary.OperatorKind, binary.OperatorMethod);
        if (CpuIteration.IsReal(binary.Type)) ComputeReal(value, weight);
        Compute(binary, value, weight);
        return value;
    }

    private CpuValue VisitCompound(ICompoundAssignmentOperation compound)
    {
        var target = Visit(compound.Target);
        var value = Visit(compound.Value);
        if (IsArithmetic(compound.OperatorKind, compound.Target.Type, compound.OperatorMethod))
        {
            // A sum carries what was added before; only what is added now is computed on. An element is read and written.
            var operands = IsElement(compound.Target) || IsOfObject(compound.Target) ? target | value : value;
            Compute(compound, operands, WeightOf(compound.OperatorKind, compound.OperatorMethod));
        }

        Write(compound.Target, value);
        return target | value;
    }

    private CpuValue VisitStep(IIncrementOrDecrementOperation step)
    {
        var target = Visit(step.Target);
        if (IsElement(step.Target)) Compute(step, target, 1);
        Write(step.Target, default);
        return target;
    }

    private CpuValue VisitAssignment(IAssignmentOperation assignment)
    {
        var value = Visit(assignment.Value);
        if (CpuWrites.VariableOf(assignment.Target) is null)
        {
            var target = Visit(assignment.Target);
            // 'r[y * w + x] = 255 - b[y * w + x]' is no sum of a table: for each element another is made.
            if (Several(target.Data & value.Data & _visible) && IsMade(assignment)) Compute(assignment, value, 1);
        }

        Write(assignment.Target, value);
        return value;
    }

    /// <summary>An element of an array or span is computed.</summary>
    private static bool IsMade(IAssignmentOperation assignment)
    {
        var value = assignment.Value;
        while (value is IConversionOperation or IParenthesizedOperation) value = value.ChildOperations.First();
        return value is IBinaryOperation binary && IsArithmetic(binary)
            && assignment.Target is IArrayElementReferenceOperation or { Kind: OperationKind.None }
                or IPropertyReferenceOperation { Property.ContainingType.Name: "Span" };
    }

    private CpuValue VisitDeclarator(IVariableDeclaratorOperation declarator)
    {
        // 'for (var i = 0, …' of a using or fixed statement has its initializer one level up; then nothing is known.
        var value = Visit(declarator.Initializer?.Value);
        Set(declarator.Symbol, value);
        return value;
    }

    private CpuValue VisitConditional(IConditionalOperation conditional)
    {
        var condition = Visit(conditional.Condition).AsLoose();
        var before = _control;
        _control |= condition;
        var value = Visit(conditional.WhenTrue) | Visit(conditional.WhenFalse);
        _control = before;
        return value | condition;
    }

    private CpuValue VisitPattern(IIsPatternOperation operation)
    {
        var value = Visit(operation.Value);
        foreach (var part in operation.Pattern.DescendantsAndSelf())
        {
            if (part is IDeclarationPatternOperation { DeclaredSymbol: { } declared }) Set(declared, value);
            if (part is IRecursivePatternOperation { DeclaredSymbol: { } named }) Set(named, value);
        }

        return value.AsLoose();
    }

    // Pointers have no operations of their own: 'p[i]' and '*(p + i)' are elements all the same.
    private CpuValue VisitPointer(IOperation operation)
    {
        var isElement = operation.Syntax.IsKind(SyntaxKind.ElementAccessExpression)
            || operation.Syntax.IsKind(SyntaxKind.PointerIndirectionExpression);
        if (!isElement) return Children(operation);
        _indexDepth++;
        var value = Children(operation).AsElement();
        _indexDepth--;
        return value;
    }

    private static bool IsElement(IOperation target) => target switch
    {
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => true,
        IPropertyReferenceOperation { Arguments.IsEmpty: false } => true,
        IMemberReferenceOperation { Instance: { } owner } => IsElement(owner),
        _ => target.Kind == OperationKind.None,
    };

    // 'p.Speed += …' for each p: what the loop walks through is written as its elements are.
    private static bool IsOfObject(IOperation target) =>
        target is IMemberReferenceOperation { Instance: ILocalReferenceOperation { Type.IsReferenceType: true } };

    /// <summary>An operation on numbers that computes something.</summary>
    public static bool IsArithmetic(IBinaryOperation operation) =>
        IsArithmetic(operation.OperatorKind, operation.Type, operation.OperatorMethod);

    /// <summary>Operators that compute. Masking bits off is how flags are compared, and joining strings is no arithmetic.</summary>
    private static bool IsArithmetic(BinaryOperatorKind kind, ITypeSymbol? type, IMethodSymbol? method) => kind switch
    {
        BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide
            or BinaryOperatorKind.Remainder or BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift
            or BinaryOperatorKind.UnsignedRightShift or BinaryOperatorKind.ExclusiveOr => IsNumeric(type, method),
        _ => false,
    };

    // What an operator does that somebody wrote is not known here.
    private static int WeightOf(BinaryOperatorKind kind, IMethodSymbol? method) =>
        method is { ContainingType: { SpecialType: SpecialType.None, ContainingNamespace.Name: not "Numerics" } }
        ? 0
        : kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract ? 1 : 2;

    private static bool IsNumeric(ITypeSymbol? type, IMethodSymbol? method) => type switch
    {
        null => false,
        { SpecialType: >= SpecialType.System_Char and <= SpecialType.System_Double } => true,
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => true,
        { Name: "TimeSpan" or "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" } => false,
        // T where T : INumber<T>.
        ITypeParameterSymbol => method is { ContainingType: { TypeKind: TypeKind.Interface, ContainingNamespace.Name: "Numerics" } },
        _ => method is not null && type.IsValueType,
    };
}
