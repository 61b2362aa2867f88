using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>The values of expressions that are constant in fact: also variables that are written once.</summary>
internal sealed class CpuNumbers(CpuWrites writes)
{
    private readonly Dictionary<ISymbol, double> _means = new(SymbolEqualityComparer.Default);

    /// <summary>Inside a loop with a constant count its counter stands for its mean: half of a triangle is right on average.</summary>
    public void Enter(CpuRange range)
    {
        if (range is { Counter: { } counter, Mean: { } mean }) _means[counter] = mean;
    }

    public void Leave(CpuRange range)
    {
        if (range.Counter is { } counter) _means.Remove(counter);
    }

    public double? Of(IOperation? operation)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (operation is null) return null;
        if (operation.ConstantValue is { HasValue: true, Value: { } value }) return Number(value);
        return operation switch
        {
            IConversionOperation conversion => Of(conversion.Operand),
            IParenthesizedOperation inner => Of(inner.Operand),
            ILocalReferenceOperation { Local: var local } => _means.TryGetValue(local, out var mean) ? mean : Of(writes.OnlyValueOf(local)),
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } access => Number(FieldValue(field, access)),
            IBinaryOperation binary => Combine(binary.OperatorKind, Of(binary.LeftOperand), Of(binary.RightOperand)),
            IPropertyReferenceOperation { Property.Name: "Length", Instance: { } collection } => CountOf(collection),
            _ => null,
        };
    }

    /// <summary>The number of elements of a collection that is created with a constant size and never replaced.</summary>
    public long? CountOf(IOperation collection) => collection switch
    {
        IConversionOperation conversion => CountOf(conversion.Operand),
        IArrayCreationOperation { DimensionSizes.Length: 1 } array => ToCount(Of(array.DimensionSizes[0])),
        ILiteralOperation { ConstantValue.Value: string text } => text.Length,
        ILocalReferenceOperation { Local: var local } when writes.OnlyValueOf(local) is { } value and not ILocalReferenceOperation =>
            IsFixedSize(local.Type) ? CountOf(value) : null,
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } access when IsFixedSize(field.Type) =>
            LengthOf(Initializer(field, access)),
        { ConstantValue: { HasValue: true, Value: string constant } } => constant.Length,
        _ => LengthOf(collection.Syntax),
    };

    // A list that starts with three elements may grow; an array does not.
    private static bool IsFixedSize(ITypeSymbol type) => type.TypeKind == TypeKind.Array || type.SpecialType == SpecialType.System_String;

    private static long? ToCount(double? size) => (long?)size;

    private static long? LengthOf(SyntaxNode? syntax) => syntax switch
    {
        InitializerExpressionSyntax list => list.Expressions.Count,
        ImplicitArrayCreationExpressionSyntax implicitArray => implicitArray.Initializer.Expressions.Count,
        ArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions.Count,
        ArrayCreationExpressionSyntax { Type.RankSpecifiers: var ranks } when ranks[0].Sizes.Count == 1 =>
            ranks[0].Sizes[0] is LiteralExpressionSyntax { Token.Value: int size } ? size : null,
        CollectionExpressionSyntax collection when collection.Elements.All(e => e is ExpressionElementSyntax) => collection.Elements.Count,
        _ => null,
    };

    private static object? FieldValue(IFieldSymbol field, IOperation access)
    {
        var initializer = Initializer(field, access);
        if (initializer is null) return null;
        if (initializer is LiteralExpressionSyntax literal) return literal.Token.Value;
        // Another file's model would have to be asked of the compilation: a literal is the case that matters.
        return access.SemanticModel is { } model && model.SyntaxTree == initializer.SyntaxTree
            ? model.GetConstantValue(initializer).Value
            : null;
    }

    /// <summary>What a read-only field is declared with, unless a constructor replaces it.</summary>
    private static ExpressionSyntax? Initializer(IFieldSymbol field, IOperation access)
    {
        if (field.DeclaringSyntaxReferences.Length != 1) return null;
        if (field.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value }) return null;
        foreach (var constructor in field.ContainingType.Constructors)
        {
            foreach (var declaration in constructor.DeclaringSyntaxReferences)
            {
                if (declaration.GetSyntax() is ConstructorDeclarationSyntax body && Assigns(body, field.Name)) return null;
            }
        }

        return value;
    }

    private static bool Assigns(ConstructorDeclarationSyntax constructor, string field) =>
        constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText == field,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member => member.Name.Identifier.ValueText == field,
            _ => false,
        });

    private static double? Combine(BinaryOperatorKind kind, double? left, double? right) => kind switch
    {
        BinaryOperatorKind.Add => left + right,
        BinaryOperatorKind.Subtract => left - right,
        BinaryOperatorKind.Multiply => left * right,
        BinaryOperatorKind.Divide when right is not 0 => left / right,
        _ => null,
    };

    private static double? Number(object? value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or char =>
            value is char letter ? letter : Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };
}
