using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What using leads to at its end.
internal sealed partial class BodyReader
{
    private void VisitUsing(IOperation scope)
    {
        VisitChildren(scope);
        var (resources, asynchronous) = scope switch
        {
            IUsingOperation statement => (statement.Resources, statement.IsAsynchronous),
            IUsingDeclarationOperation declaration => ((IOperation)declaration.DeclarationGroup, declaration.IsAsynchronous),
            _ => (scope, true),
        };
        if (asynchronous)
        {
            var comesBack = !HasConfigureAwaitFalse(resources);
            if (scope is IUsingDeclarationOperation) _body.SuspendAtEnd(comesBack, scope.Syntax.Span);
            else _body.Suspend(comesBack, scope.Syntax.Span, null);
            return;
        }

        if (resources is IVariableDeclarationGroupOperation group)
        {
            foreach (var declarator in group.Declarations.SelectMany(static declaration => declaration.Declarators))
                Dispose(declarator, declarator.Symbol.Type, declarator.GetVariableInitializer()?.Value);
        }
        else Dispose(resources, resources.Type, resources);
    }

    private void Dispose(IOperation resource, ITypeSymbol? type, IOperation? value)
    {
        // The declared type may be an interface: what was created is more telling.
        if (ExpressionKeys.Strip(value) is { Type: { TypeKind: TypeKind.Class } created }) type = created;
        if (type is { TypeKind: TypeKind.Interface } && MadeTypes(value, DeepestChoice) is { Count: > 0 } made)
        {
            var cold = _body.Cold;
            // One or the other.
            _body.Cold |= made.Count > 1;
            foreach (var one in made) Dispose(resource, one, null);
            _body.Cold = cold;
            return;
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Interface } contract && contract.GetMembers("Dispose").IsEmpty
            && contract.AllInterfaces.FirstOrDefault(static one => one.SpecialType == SpecialType.System_IDisposable) is { } disposable)
        {
            if (disposable.GetMembers("Dispose").FirstOrDefault() is IMethodSymbol end)
                Call(resource, end, value, NoArguments, isVirtual: true);
            return;
        }

        for (var current = type; current is not null and not { SpecialType: SpecialType.System_Object }; current = current.BaseType)
        {
            foreach (var candidate in current.GetMembers("Dispose").Concat(current.GetMembers("System.IDisposable.Dispose")))
            {
                if (candidate is not IMethodSymbol { Parameters.IsEmpty: true, IsStatic: false } dispose) continue;
                Call(resource, dispose, value, NoArguments, isVirtual: dispose is { IsAbstract: true });
                return;
            }
        }
    }

    /// <summary><c>unit.Dispose()</c> on a contract of the program's own that has the member from the base library.</summary>
    private void CallInherited(
        IOperation site, IMethodSymbol definition, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        if (definition.ContainingType.TypeKind != TypeKind.Interface
            || ExpressionKeys.Strip(receiver)?.Type is not INamedTypeSymbol { TypeKind: TypeKind.Interface } contract
            || !SourceModels.HasSource(contract) || member.KeyOf(definition) is not { } key
            || member.KeyOf(contract) is not { } through) return;
        member.Remember(key, definition);
        member.Remember(through, contract.OriginalDefinition);
        AddCall(site, definition.Name, BodyKey.Inherited(key, through), Dispatch.Virtual, definition, arguments);
    }

    private const int DeepestChoice = 4;

    /// <summary>The types of what a value is made as, also by a method that only makes it: <c>using (Measure("load"))</c>.</summary>
    /// <param name="value">What is disposed of.</param>
    /// <param name="depth">How many choices within choices are looked into: a local may be given what speaks of itself.</param>
    private IReadOnlyCollection<ITypeSymbol> MadeTypes(IOperation? value, int depth)
    {
        if (depth == 0) return [];
        switch (MadeBy(value))
        {
            case IObjectCreationOperation { Type: { } made }: return [made];
            case IConditionalOperation { WhenTrue: var one, WhenFalse: { } other }:
                return MadeTypes(one, depth - 1) is { Count: > 0 } first && MadeTypes(other, depth - 1) is { Count: > 0 } second
                    ? first.Union(second, SymbolEqualityComparer.Default).Cast<ITypeSymbol>().ToList() : [];
            case IInvocationOperation { TargetMethod: { IsVirtual: false, IsAbstract: false, IsOverride: false } maker }
                when DeclarationOf(maker) is { } method && member.Models.Of(method.SyntaxTree) is { } model:
                return Told.Makes(method).Select(made => model.GetTypeInfo(made, cancellation).Type).OfType<ITypeSymbol>()
                    .Distinct(SymbolEqualityComparer.Default).Cast<ITypeSymbol>().ToList();
            default: return [];
        }
    }
}
