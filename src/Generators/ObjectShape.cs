using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Quintet.Generators;

/// <summary>
/// How an object is taken apart and made again: the constructor whose parameters are members, then the members that can be set. A type that
/// keeps state where neither reaches it is refused: half an object would be worse than none.
/// </summary>
internal sealed class ObjectShape
{
    private ObjectShape(string? refusal, ImmutableArray<ObjectMember> members, string? refusedMember = null) =>
        (Refusal, Members, RefusedMember) = (refusal, members, refusedMember);

    /// <summary>Why the type cannot cross, or null.</summary>
    internal string? Refusal { get; }

    /// <summary>The member that is the reason, where it is one.</summary>
    internal string? RefusedMember { get; }

    /// <summary>Whether a part of it was read from metadata, which tells the compiler of no private fields: the codec has to look for
    /// itself.</summary>
    internal bool MayHide { get; private set; }

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
            if (Hidden(type, shape) is { } hidden)
                return new ObjectShape($"its state in '{hidden}' is reached by no constructor parameter or settable property.", none);
            foreach (var member in shape.Where(static member => !CodecSet.IsWhole(member.Type)))
                return new ObjectShape(AddressSearch.Reason, none, member.Name);
            return new ObjectShape(null, shape.ToImmutableArray()) { MayHide = IsPartlyForeign(type, compilation) };
        }
        return new ObjectShape("no constructor takes only what its properties hold.", none);
    }

    /// <summary>The items, which a tuple's literal takes in their order.</summary>
    internal static ObjectShape OfTuple(INamedTypeSymbol type) => new(
        null, type.TupleElements.Select(static (item, i) => new ObjectMember($"Item{i + 1}", item.Type, true)).ToImmutableArray());

    /// <summary>The items of a <c>System.Tuple</c>, whose constructor takes them in their order.</summary>
    internal static ObjectShape OfTupleClass(INamedTypeSymbol type) => new(
        null,
        type.TypeArguments.Select(static (item, i) => new ObjectMember(i == 7 ? "Rest" : $"Item{i + 1}", item, true)).ToImmutableArray());

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static string? Kind(INamedTypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Object) return "what an 'object' is, is not known; use its type.";
        if (type.TypeKind == TypeKind.Delegate) return "a delegate is code and what it captured; pass data.";
        var space = type.ContainingNamespace?.ToDisplayString() ?? "";
        if (space.StartsWith("System", StringComparison.Ordinal) && Elsewhere(space, type.Name) is { } elsewhere) return elsewhere;
        if (space == "System" || space.StartsWith("System.", StringComparison.Ordinal))
            return "it belongs to the process that made it, or hides its state. Pass what it was made from.";
        if (type.TypeKind == TypeKind.Interface || type.IsAbstract)
            return "it is abstract: which type it is would have to cross. Use a concrete type.";
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct)) return "such a type cannot cross.";
        return ForeignBase(type) is { } hiding
            ? $"its base '{hiding.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' hides its state. Hold one instead."
            : null;
    }

    /// <summary>What is often given to functions, and is had in another way.</summary>
    private static string? Elsewhere(string space, string name) => (space, name) switch
    {
        ("System.Threading.Tasks", "Task" or "ValueTask") =>
            "a task runs in the process that made it. Pass what it comes to; a function that returns a Task is waited for in its worker.",
        ("System.Threading", "CancellationToken") =>
            "a token belongs to its process. Give it to the pool; the function asks ProcessWorker.Cancellation.",
        ("System", "IProgress" or "Progress") =>
            "it calls code of the process that made it. MapAsync takes one itself; otherwise pass a ProcessQueue.",
        _ => null,
    };

    /// <summary>A base class of the base library that has state; of most nobody can say.</summary>
    private static INamedTypeSymbol? ForeignBase(INamedTypeSymbol type)
    {
        for (var at = type.BaseType; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            var space = at.ContainingNamespace?.ToDisplayString() ?? "";
            if (space != "System" && !space.StartsWith("System.", StringComparison.Ordinal)) continue;
            if (at.Name is not "EventArgs" and not "Attribute") return at;
        }
        return null;
    }

    private static bool IsPartlyForeign(INamedTypeSymbol type, Compilation compilation)
    {
        for (var at = type; at is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class }; at = at.BaseType)
            if (!SymbolEqualityComparer.Default.Equals(at.ContainingAssembly, compilation.Assembly)) return true;
        return false;
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
                if (!shape.Any(member => IsReached(field, member))) return Told(field);
            }
        }
        return null;
    }

    /// <summary>A property reaches its own field, and the one that is called as it is, but for the usual marks.</summary>
    private static bool IsReached(IFieldSymbol field, ObjectMember member)
    {
        if (field.AssociatedSymbol is { } property) return property.Name == member.Name;
        if (field.Name == member.Name) return true;
        return field.DeclaredAccessibility == Accessibility.Private
            && SymbolEqualityComparer.Default.Equals(field.Type, member.Type)
            && string.Equals(Bare(Told(field)), member.Name, StringComparison.OrdinalIgnoreCase);
    }

    private static string Bare(string field) =>
        (field.StartsWith("m_", StringComparison.Ordinal) ? field.Substring(2) : field).Trim('_');

    // The compiler calls what it keeps of a primary constructor's parameter "<name>P".
    private static string Told(IFieldSymbol field) =>
        field.AssociatedSymbol?.Name ?? (field.Name.IndexOf('>') is var end && end > 1 ? field.Name.Substring(1, end - 1) : field.Name);
}
