using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>The state that code touches, itself and through all that it calls; not to be told where foreign code runs.</summary>
internal sealed class TouchedState(SourceModels models, CancellationToken cancellation)
{
    private const int Deepest = 8;

    private readonly LocalValues _values = new(models, cancellation);

    /// <summary>Fields and properties that can change, or null when more may be touched than can be seen.</summary>
    public IReadOnlyCollection<ISymbol>? Of(SyntaxNode code)
    {
        var state = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        return _values.OperationOf(code) is { } operation && Collect(operation, state, seen, 0) ? state : null;
    }

    private bool Collect(IOperation code, HashSet<ISymbol> state, HashSet<ISymbol> seen, int depth)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (operation)
            {
                case IInvalidOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IAddressOfOperation
                    or IEventReferenceOperation or ILockOperation or IAwaitOperation:
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance,
                    Parent: not (IMemberReferenceOperation or IInvocationOperation) }:
                    return false;
                case IFieldReferenceOperation { Field: { IsConst: false } field } when !(field.IsReadOnly && Unchanging.Is(field.Type)):
                    if (!SourceModels.HasSource(field)) return false;
                    state.Add(field.OriginalDefinition);
                    break;
                case IPropertyReferenceOperation { Property: var property } reference when SourceModels.HasSource(property):
                    if (!CollectProperty(property, reference, state, seen, depth)) return false;
                    break;
                case IInvocationOperation call:
                    if (!CollectCall(call.TargetMethod, call.Instance, call.IsVirtual, state, seen, depth)) return false;
                    break;
                case IMethodReferenceOperation group:
                    if (!CollectCall(group.Method, group.Instance, group.IsVirtual, state, seen, depth)) return false;
                    break;
                case IObjectCreationOperation { Constructor: { } constructor } when SourceModels.HasSource(constructor):
                    if (!Follow(constructor, state, seen, depth)) return false;
                    break;
            }
        }

        return true;
    }

    private bool CollectProperty(
        IPropertySymbol property, IPropertyReferenceOperation reference, HashSet<ISymbol> state, HashSet<ISymbol> seen, int depth)
    {
        if (property.IsAbstract || property.IsVirtual || property.IsOverride) return false;
        if (LocalValues.IsAutomatic(property, cancellation))
        {
            if (!(property.IsReadOnly && Unchanging.Is(property.Type))) state.Add(property.OriginalDefinition);
            return true;
        }

        var writes = LocalValues.IsWritten(reference);
        return (!writes || property.SetMethod is not { } setter || Follow(setter, state, seen, depth))
            && (property.GetMethod is not { } getter || Follow(getter, state, seen, depth));
    }

    private bool CollectCall(
        IMethodSymbol method, IOperation? receiver, bool isVirtual, HashSet<ISymbol> state, HashSet<ISymbol> seen, int depth)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke) return false;
        if (SourceModels.HasSource(method)) return !isVirtual && Follow(method, state, seen, depth);
        // What comes in from outside may be the same object for every group.
        if (receiver is not null)
            return LocalValues.Strip(receiver) is not IParameterReferenceOperation { Type: var type }
                || type is not null && Unchanging.Is(type);
        return KnownCalls.IsQuiet(method) && !KnownCalls.IsDevice(method);
    }

    private bool Follow(IMethodSymbol method, HashSet<ISymbol> state, HashSet<ISymbol> seen, int depth)
    {
        if (!seen.Add(method.OriginalDefinition)) return true;
        if (depth >= Deepest || method.IsAbstract || method.IsExtern) return false;
        return method.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation))
            .All(declaration => declaration is TypeDeclarationSyntax
                || models.BodyOf(declaration, cancellation) is { } body && Collect(body, state, seen, depth + 1));
    }
}
