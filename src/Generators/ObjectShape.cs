using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Quintet.Generators;

/// <summary>
/// How an object is taken apart and made again: the constructor whose parameters are members, then the members that can be set. A type that
/// keeps
/// state where neither reaches it is refused: half an object would be worse than none.
/// </summary>
internal sealed class ObjectShape
{
    private ObjectShape(string? refusal, ImmutableArray<ObjectMember> members) => (Refusal, Members) = (refusal, members);

    /// <summary>Why the type cannot cross, or null.</summary>
    internal string? Refusal { get; }

    /// <summary>Those of the constructor first, in its order.</summary>
    internal ImmutableArray<ObjectMember> Members { get; }

    internal static ObjectShape Of(INamedTypeSymbol type, Compilation compilation)
    {
        if (Kind(type) is { } refusal) return new ObjectShape(refusal, ImmutableArray<ObjectMember>.Empty);
        var none = ImmutableArray<ObjectMember>.Empty;
        var members = Readable(type);
        var constructors = type.InstanceConstructors
            .Where(constructor => compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly))
            .Where(constructor => !IsCopy(constructor, type))
            .OrderByDescending(static constructor => constructor.Parameters.Length);
        foreach (var constructor in constructors)
        {
            var taken = constructor.Parameters.Select(parameter => Match(parameter, members)).ToList();
            if (taken.Any(static member => member is null)) continue;
            var shape = taken.Select(static member => new ObjectMember(member!.Name, TypeOf(member), true)).ToList();
            foreach (var member in members.Where(member => !taken.Contains(member, SymbolEqualityComparer.Default)))
                if (IsSettable(member)) shape.Add(new ObjectMember(member.Name, TypeOf(member), inConstructor: false));
            return Hidden(type, shape) is { } hidden
                ? new ObjectShape($"its state in '{hidden}' is reached by no constructor parameter or settable property.", none)
                : new ObjectShape(null, shape.ToImmutableArray());
        }
        return new ObjectShape("no constructor takes only what its properties hold.", none);
    }

    /// <summary>The items, which a tuple's literal takes in their order.</summary>
    internal static ObjectShape OfTuple(INamedTypeSymbol type) => new(
        null, type.TupleElements.Select(static (item, i) => new ObjectMember($"Item{i + 1}", item.Type, true)).ToImmutableArray());

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static string? Kind(INamedTypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Object) return "what an 'object' is, is not known; use its type.";
        if (type.TypeKind == TypeKind.Delegate) return "a delegate is code and what it captured; pass data.";
        var space = type.ContainingNamespace?.ToDisplayString() ?? "";
        if (space == "System" || space.StartsWith("System.", StringComparison.Ordinal))
            return "it belongs to the process that made it, or hides its state. Pass what it was made from.";
        if (type.TypeKind == TypeKind.Interface || type.IsAbstract)
            return "it is abstract: which type it is would have to cross. Use a concrete type.";
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct)) return "such a type cannot cross.";
        return null;
    }

    private static List<ISymbol> Readable(INamedTypeSymbol type)
    {
        var members = new List<ISymbol>();
        for (var at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            foreach (var member in at.GetMembers().Where(static member => !member.IsStatic && !member.IsImplicitlyDeclared))
            {
                if (!CodecSet.IsVisible(member) || members.Any(known => known.Name == member.Name)) continue;
                if (member is IPropertySymbol { IsIndexer: false, GetMethod: { } get } && CodecSet.IsVisible(get)) members.Add(member);
                if (member is IFieldSymbol { IsConst: false }) members.Add(member);
            }
        }
        return members;
    }

    private static ISymbol? Match(IParameterSymbol parameter, List<ISymbol> members)
    {
        if (parameter.RefKind is not (RefKind.None or RefKind.In)) return null;
        return members.Find(member => string.Equals(member.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(TypeOf(member), parameter.Type));
    }

    private static ITypeSymbol TypeOf(ISymbol member) =>
        member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    private static bool IsSettable(ISymbol member) => member switch
    {
        IPropertySymbol { SetMethod: { } setter } => CodecSet.IsVisible(setter),
        IFieldSymbol field => !field.IsReadOnly,
        _ => false,
    };

    private static string? Hidden(INamedTypeSymbol type, List<ObjectMember> shape)
    {
        for (var at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            foreach (var field in at.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic && !field.IsConst))
            {
                var name = field.AssociatedSymbol?.Name ?? field.Name;
                if (!shape.Any(member => member.Name == name)) return name;
            }
        }
        return null;
    }
}
