using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>What locals are given, as far as the source shows it, and what is done to a place.</summary>
internal sealed class LocalValues(SourceModels models, CancellationToken cancellation)
{
    private readonly HashSet<ILocalSymbol> _asked = new(SymbolEqualityComparer.Default);

    public IOperation? OperationOf(SyntaxNode code)
    {
        while (code is ParenthesizedExpressionSyntax inner) code = inner.Expression;
        return models.Of(code.SyntaxTree)?.GetOperation(code, cancellation);
    }

    /// <summary>Every expression whose value a local may have, or come from; null where that is not to be seen.</summary>
    public IReadOnlyList<ExpressionSyntax>? Of(ILocalSymbol local)
    {
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration) return null;
        var values = new List<ExpressionSyntax>();
        switch (declaration)
        {
            case VariableDeclaratorSyntax { Initializer: { } initializer }:
                values.Add(initializer.Value);
                break;
            case VariableDeclaratorSyntax:
                break;
            case ForEachStatementSyntax loop:
                values.Add(loop.Expression);
                break;
            default:
                return null;
        }

        if (Functions.Around(declaration) is not { } function || models.Of(declaration.SyntaxTree) is not { } model) return null;
        foreach (var name in function.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name))
        {
            if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, local)) continue;
            if (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name) values.Add(assignment.Right);
            else if (name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax) return null;
        }

        return values;
    }

    /// <summary>Whether a condition holds for every value of a local.</summary>
    public bool Hold(ILocalSymbol local, Func<IOperation, bool> condition)
    {
        // A local that is given something made from itself is judged by its other values.
        if (!_asked.Add(local)) return true;
        var holds = Of(local) is { } values && values.All(value => OperationOf(value) is { } operation && condition(operation));
        _asked.Remove(local);
        return holds;
    }

    /// <summary>
    /// A collection made anew from another one, of values that never change: what others do to the other one is not seen in it.
    /// </summary>
    public bool IsCopy(ExpressionSyntax value)
    {
        if (OperationOf(value) is not { } operation) return false;
        var made = Strip(operation);
        var copies = made switch
        {
            IInvocationOperation { TargetMethod: { Name: "ToArray" or "ToList" or "ToHashSet" or "ToDictionary" } method } =>
                IsFramework(method),
            IObjectCreationOperation { Constructor: { } constructor, Arguments.Length: > 0 } => IsFramework(constructor),
            _ => false,
        };
        return copies && made.Type switch
        {
            IArrayTypeSymbol array => Unchanging.Is(array.ElementType),
            INamedTypeSymbol collection => collection.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic"
                && collection.TypeArguments.All(Unchanging.Is),
            _ => false,
        };
    }

    private static bool IsFramework(IMethodSymbol method) => method.ContainingType.ContainingNamespace?.ToDisplayString()
        is "System.Linq" or "System.Collections.Generic" or "System.Collections.Concurrent" or "System";

    /// <summary>
    /// Whether a local or parameter is captured and changes while code runs, so that a lock may be what keeps others from seeing it
    /// half done: written in a lambda, or written at all when the code is one and the variable is not its own.
    /// </summary>
    public bool ChangesElsewhere(ISymbol variable, SyntaxNode code)
    {
        if (variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration
            || models.Of(code.SyntaxTree) is not { } model) return true;
        var owner = Functions.OwnerOf(declaration);
        // The parameters of a type are its state.
        if (owner is null && declaration is ParameterSyntax) owner = declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (owner is null) return true;
        var isForeign = Functions.Around(code) != owner;
        return owner.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Name && IsWrite(name) && (isForeign || Functions.Around(name) != owner))
            .Any(name => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, variable));
    }

    /// <summary>Whether a parameter is ever given another value than it came with.</summary>
    public bool IsEverWritten(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration
        || Functions.OwnerOf(declaration) is not { } owner
        || owner.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText == parameter.Name && IsWrite(name));

    private static bool IsWrite(ExpressionSyntax name) => name.Parent switch
    {
        // A part of a tuple, or of another value, is a part of the variable.
        MemberAccessExpressionSyntax part when part.Expression == name => IsWrite(part),
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        PrefixUnaryExpressionSyntax prefix =>
            prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
        ArgumentSyntax argument =>
            argument.RefKindKeyword.RawKind != 0 || argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax },
        RefExpressionSyntax => true,
        _ => false,
    };

    public static IOperation Strip(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion) value = conversion.Operand;
        return value;
    }

    public static bool IsWritten(IOperation place) => place.Parent switch
    {
        ICoalesceAssignmentOperation assignment => assignment.Target == place,
        IAssignmentOperation assignment => assignment.Target == place,
        IIncrementOrDecrementOperation => true,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple => deconstruction.Target == tuple,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        _ => false,
    };

    public static bool IsDeclaredIn(ISymbol variable, SyntaxNode code) =>
        variable.DeclaringSyntaxReferences.FirstOrDefault() is { } place && place.SyntaxTree == code.SyntaxTree
        && code.Span.Contains(place.Span);

    public static bool IsAutomatic(IPropertySymbol property, CancellationToken cancellation) =>
        property.DeclaringSyntaxReferences.All(reference => reference.GetSyntax(cancellation) switch
        {
            PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } =>
                accessors.Accessors.All(static accessor => accessor.Body is null && accessor.ExpressionBody is null),
            ParameterSyntax => true,
            _ => false,
        });
}
