using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Contexts;

/// <summary>Whether code that nobody can see here may call a member.</summary>
internal sealed class Exposure(Compilation compilation)
{
    /// <summary>The language calls these without naming them: using, foreach, await, deconstruction, queries, interpolation.</summary>
    private static readonly HashSet<string> CalledUnnamed =
    [
        "Dispose", "DisposeAsync", "GetEnumerator", "GetAsyncEnumerator", "MoveNext", "MoveNextAsync", "Current", "Add", "Deconstruct",
        "GetAwaiter", "GetResult", "IsCompleted", "OnCompleted", "Slice", "Length", "Count", "GetPinnableReference", "AppendLiteral",
        "AppendFormatted", "ToString", "Select", "SelectMany", "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending",
        "GroupBy", "Join", "GroupJoin", "Cast", "Enter", "Exit", "EnterScope", "Finalize", "Create",
    ];

    private static readonly string[] TestFrameworks =
        ["xunit.", "nunit.", "tunit.", "mstest.", "microsoft.visualstudio.testplatform.testframework"];

    private readonly ConcurrentDictionary<IAssemblySymbol, bool> _hasFriends = new(SymbolEqualityComparer.Default);

    /// <summary>Nobody outside calls an executable or a test assembly, so their public members are as internal ones.</summary>
    private readonly bool _isWhole =
        compilation.Options.OutputKind is not (OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule) || IsTestProject(compilation);

    /// <summary>A member whose callers are all in this compilation, as far as its visibility goes.</summary>
    public bool IsHidden(IMethodSymbol method)
    {
        if (_isWhole || method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction) return true;
        for (ISymbol? current = method; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is Accessibility.Private) return true;
            if (current.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal) return true;
        }

        return false;
    }

    /// <summary>
    /// Every caller can be found by name: no virtual slot, interface, language pattern, reflection or friend assembly leads here.
    /// </summary>
    public bool IsClosed(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction) return true;
        return method.MethodKind is MethodKind.Ordinary or MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet
            && IsHidden(method) && !HasFriends(method)
            && !method.IsOverride && !method.IsAbstract && !method.IsExtern
            && !CalledUnnamed.Contains((method.AssociatedSymbol ?? method).Name)
            && !IsReflectedOn(method) && !ImplementsInterface(method);
    }

    private static bool IsTestProject(Compilation compilation) => compilation.ReferencedAssemblyNames.Any(static assembly =>
        TestFrameworks.Any(prefix => assembly.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Friends that test or mock call what tests call; any other is code that cannot be seen.</summary>
    private bool HasFriends(IMethodSymbol method) => !_isWhole && !IsPrivate(method)
        && _hasFriends.GetOrAdd(method.ContainingAssembly, static assembly => assembly.GetAttributes().Any(IsFriend));

    private static bool IsFriend(AttributeData attribute) =>
        attribute is { AttributeClass.Name: "InternalsVisibleToAttribute", ConstructorArguments.IsEmpty: false }
        && attribute.ConstructorArguments[0].Value is string friend
        && friend.IndexOf("Test", StringComparison.OrdinalIgnoreCase) < 0
        && !friend.StartsWith("DynamicProxyGenAssembly", StringComparison.Ordinal);

    private static bool IsPrivate(IMethodSymbol method)
    {
        for (ISymbol? current = method; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
            if (current.DeclaredAccessibility == Accessibility.Private) return true;
        return false;
    }

    /// <summary>
    /// An attribute of somebody's framework is there to be found by that framework; public properties are read by bindings
    /// and serialisers, attributes and copied records constructed by the runtime and the compiler.
    /// </summary>
    private static bool IsReflectedOn(IMethodSymbol method)
    {
        if (method.AssociatedSymbol is { DeclaredAccessibility: Accessibility.Public }) return true;
        var type = method.ContainingType;
        if (method.MethodKind == MethodKind.Constructor && (type.IsRecord || IsAttribute(type))) return true;
        return method.GetAttributes().Any(static attribute => attribute.AttributeClass is not { } mark || MarksEntry(mark));
    }

    private static bool MarksEntry(INamedTypeSymbol attribute) =>
        attribute.Name == "ModuleInitializerAttribute"
        || attribute.ContainingNamespace?.ToDisplayString() is not ("System" or "System.ComponentModel" or "System.Diagnostics"
            or "System.Diagnostics.CodeAnalysis" or "System.Runtime.CompilerServices" or "JetBrains.Annotations");

    private static bool IsAttribute(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            if (current.Name == "Attribute" && TypeShape.IsIn(current, "System")) return true;
        return false;
    }

    /// <summary>Its signature is not its own: a contract or a base class has asked for it.</summary>
    public static bool IsImposed(IMethodSymbol method) => method.IsOverride || ImplementsInterface(method);

    private static bool ImplementsInterface(IMethodSymbol method)
    {
        if (!method.ExplicitInterfaceImplementations.IsEmpty) return true;
        if (method.DeclaredAccessibility != Accessibility.Public || method.IsStatic) return false;
        foreach (var contract in method.ContainingType.AllInterfaces)
            foreach (var slot in contract.GetMembers(method.Name))
                if (CallerSearch.IsSame(method.ContainingType.FindImplementationForInterfaceMember(slot), method)) return true;
        return false;
    }
}
