using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>Which members the catalogue's root lines pick (RULES, "Contexts"): one method per selector.</summary>
internal sealed class MemberRoots(RootTable table, Lineage lineage)
{
    public RunContext Of(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type || method.MethodKind == MethodKind.LocalFunction) return RunContext.Unknown;
        var contexts = ByAttribute(method, type);
        foreach (var root in lineage.Inherited(type))
        {
            if ((contexts & root.Entry.Where) == root.Entry.Where) continue;
            var picked = root.Entry.By switch
            {
                RootSelector.Override => Overrides(method, root),
                RootSelector.Implements => Implements(method, type, root),
                RootSelector.Public => IsEndpoint(method),
                RootSelector.Name => IsNamed(method, root.Entry.Names),
                _ => false,
            };
            if (picked) contexts |= root.Entry.Where;
        }

        return contexts | ByHandler(method, type);
    }

    /// <summary>Public instance methods that a framework calls by name or route.</summary>
    public static bool IsEndpoint(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsGenericMethod: false }
        && !(method.Name is "Dispose" or "DisposeAsync" && method.Parameters.IsEmpty)
        && Slot(method).ContainingType.SpecialType != SpecialType.System_Object
        && !method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "NonActionAttribute" or "NonAction");

    /// <summary>An attribute of a type marks the type's public methods, and those of types below it.</summary>
    private RunContext ByAttribute(IMethodSymbol method, INamedTypeSymbol type)
    {
        var contexts = Attributes(method);
        if (method.AssociatedSymbol is { } owner) contexts |= Attributes(owner);
        for (var slot = method.OverriddenMethod; slot is not null; slot = slot.OverriddenMethod) contexts |= Attributes(slot);
        if (!IsEndpoint(method)) return contexts;
        for (var current = type; current is not null; current = current.BaseType) contexts |= Attributes(current);
        return contexts;
    }

    private RunContext Attributes(ISymbol symbol)
    {
        var contexts = RunContext.Unknown;
        foreach (var attribute in symbol.GetAttributes())
            if (attribute.AttributeClass is { } named)
                foreach (var entry in table.OfAttribute(named)) contexts |= entry.Where;
        return contexts;
    }

    private RunContext ByHandler(IMethodSymbol method, INamedTypeSymbol type) =>
        method is { MethodKind: MethodKind.Ordinary, IsOverride: false, Parameters.Length: 2 }
        && (method.ReturnsVoid || TypeShape.IsTask(method.ReturnType))
        && method.Parameters[0].Type.SpecialType == SpecialType.System_Object && TypeShape.IsEventArgs(method.Parameters[1].Type)
            ? lineage.OfHandler(type, method.Parameters[1].Type)
            : RunContext.Unknown;

    private static bool Overrides(IMethodSymbol method, RootOfType root)
    {
        if (!method.IsOverride) return false;
        if (root.Entry.Id[0] == 'T') return BelongsTo(Slot(method).ContainingType, root.Type);
        for (var slot = method.OverriddenMethod; slot is not null; slot = slot.OverriddenMethod)
            if (Names(root.Entry.Id, slot)) return true;
        return false;
    }

    /// <summary>
    /// A virtual of the named type, or one that the same framework adds in a type below it (<c>Form.OnLoad</c> under
    /// <c>Control</c>). What the user's own base form adds is called by the user's own code.
    /// </summary>
    private static bool BelongsTo(INamedTypeSymbol owner, INamedTypeSymbol root)
    {
        if (Same(owner, root)) return true;
        for (var current = owner.BaseType; current is not null; current = current.BaseType)
        {
            if (Same(current, root)) return !SourceModels.HasSource(owner) || Same(owner.ContainingNamespace, root.ContainingNamespace);
        }

        return false;
    }

    private static bool Implements(IMethodSymbol method, INamedTypeSymbol type, RootOfType root)
    {
        foreach (var member in method.ExplicitInterfaceImplementations)
            if (Picks(root, member)) return true;
        if (method.DeclaredAccessibility != Accessibility.Public || method.IsStatic) return false;

        var sought = method.AssociatedSymbol is { } owner ? owner.Name : method.Name;
        foreach (var contract in type.AllInterfaces)
        {
            if (!Same(contract, root.Type) && !contract.AllInterfaces.Any(parent => Same(parent, root.Type))) continue;
            foreach (var member in contract.GetMembers(sought))
            {
                foreach (var slot in member is IPropertySymbol property ? Accessors(property) : member is IMethodSymbol one ? [one] : [])
                    if (Picks(root, slot) && IsOrOverrides(method, type.FindImplementationForInterfaceMember(slot))) return true;
            }
        }

        return false;
    }

    private static bool Picks(RootOfType root, IMethodSymbol member) =>
        root.Entry.Id[0] == 'T'
            ? Same(member.ContainingType, root.Type) || member.ContainingType.AllInterfaces.Any(parent => Same(parent, root.Type))
            : Names(root.Entry.Id, member);

    private static IEnumerable<IMethodSymbol> Accessors(IPropertySymbol property) =>
        new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>();

    /// <summary>Whether a documentation id, with or without its parameter list, names a member or the property of an accessor.</summary>
    private static bool Names(string entryId, IMethodSymbol member)
    {
        var symbol = member.AssociatedSymbol ?? member;
        return ApiCatalogue.IdOf(symbol.OriginalDefinition) is { } id
            && (id == entryId || ApiCatalogue.WithoutParameters(id) == entryId);
    }

    private static bool IsNamed(IMethodSymbol method, IReadOnlyCollection<string> names)
    {
        if (method.MethodKind != MethodKind.Ordinary) return false;
        return names.Any(name => name.EndsWith("*", StringComparison.Ordinal)
            ? method.Name.StartsWith(name.TrimEnd('*'), StringComparison.Ordinal)
            : name == method.Name);
    }

    /// <summary>The member that declares the virtual slot.</summary>
    private static IMethodSymbol Slot(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden) method = overridden;
        return method;
    }

    /// <summary>An override stands in for what its base implements: <c>BackgroundService.StartAsync</c>.</summary>
    private static bool IsOrOverrides(IMethodSymbol method, ISymbol? implementation)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
            if (Same(current, implementation)) return true;
        return false;
    }

    private static bool Same(ISymbol? left, ISymbol? right) =>
        SymbolEqualityComparer.Default.Equals(left?.OriginalDefinition, right?.OriginalDefinition);
}
