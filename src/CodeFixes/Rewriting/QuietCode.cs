using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Code that changes fields, locals and collections and nothing else: it wakes nobody, calls nobody who is not known, and meets no device,
/// so that nothing that waits or reads could be waiting for it.
/// </summary>
/// <param name="models">Models of the compilation.</param>
/// <param name="cancellation">Stops the search.</param>
/// <param name="isReading">It may change locals only: what others can see stays as it was.</param>
internal sealed class QuietCode(SourceModels models, CancellationToken cancellation, bool isReading = false)
{
    private const int Deepest = 4;

    private readonly HashSet<IMethodSymbol> _seen = new(SymbolEqualityComparer.Default);

    public bool Is(SyntaxNode code) => Is(code, 0);

    private bool Is(SyntaxNode code, int depth) =>
        models.Of(code.SyntaxTree)?.GetOperation(code, cancellation) is { } operation
        && operation.DescendantsAndSelf().All(inner => Allows(inner, depth));

    private bool Allows(IOperation operation, int depth) => operation switch
    {
        IInvalidOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation
            or IFunctionPointerInvocationOperation or IAwaitOperation or IRaiseEventOperation => false,
        IEventAssignmentOperation => !isReading,
        IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation
            when isReading && LocalValues.IsWritten(operation) => false,
        IInvocationOperation call => IsQuiet(call.TargetMethod, call.IsVirtual, depth),
        IObjectCreationOperation { Constructor: { } constructor } => SourceModels.HasSource(constructor)
            ? Follows(constructor, depth)
            : !KnownCalls.IsDevice(constructor),
        IPropertyReferenceOperation { Property: { } property } reference when SourceModels.HasSource(property) =>
            LocalValues.IsAutomatic(property, cancellation)
            || !property.IsVirtual && !property.IsAbstract && !property.IsOverride
                && (LocalValues.IsWritten(reference) ? property.SetMethod : property.GetMethod) is { } accessor && Follows(accessor, depth),
        IBinaryOperation { OperatorMethod: { } method } => !SourceModels.HasSource(method) || Follows(method, depth),
        IConversionOperation { OperatorMethod: { } method } => !SourceModels.HasSource(method) || Follows(method, depth),
        _ => true,
    };

    private bool IsQuiet(IMethodSymbol method, bool isVirtual, int depth)
    {
        if (method.MethodKind is MethodKind.DelegateInvoke or MethodKind.FunctionPointerSignature) return false;
        if (SourceModels.HasSource(method)) return !isVirtual && Follows(method, depth);
        if (KnownCalls.IsDevice(method)) return false;
        if (isReading)
            return KnownCalls.OnlyLooks(method) || Unchanging.Is(method.ContainingType)
                || method.IsStatic && KnownCalls.IsQuiet(method) && !KnownCalls.MayWriteArguments(method);
        var space = method.ContainingNamespace?.ToDisplayString() ?? "";
        return space.StartsWith("System.Collections", StringComparison.Ordinal) || space == "System.Text"
            || method.ContainingType.Name is "Interlocked" or "Volatile" || method.IsStatic && KnownCalls.IsQuiet(method)
            || Unchanging.Is(method.ContainingType);
    }

    private bool Follows(IMethodSymbol method, int depth)
    {
        if (depth >= Deepest || method.IsAbstract || method.IsExtern) return false;
        // A local function may change what it captures.
        if (isReading && method.MethodKind == MethodKind.LocalFunction) return false;
        if (!_seen.Add(method.OriginalDefinition)) return true;
        return method.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation))
            .All(declaration => declaration is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax
                || models.BodyOf(declaration, cancellation) is { } body
                    && body.DescendantsAndSelf().All(inner => Allows(inner, depth + 1)));
    }
}
