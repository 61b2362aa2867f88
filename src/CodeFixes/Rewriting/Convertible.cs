using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Which functions can become async at all. What is refused here is refused everywhere.</summary>
internal static class Convertible
{
    /// <summary>Whether a method, local function or lambda may carry <c>async</c>, judged by itself alone.</summary>
    public static bool CanBeAsync(SyntaxNode function, IMethodSymbol method)
    {
        if (function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)) return false;
        if (method.ReturnsByRef || method.ReturnsByRefReadonly || method.IsExtern || method.IsVararg) return false;
        if (method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType
            || parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer))
            return false;
        if (method.ReturnType is { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Dynamic })
            return false;
        if (IsPartial(method) && !HasBothParts(method)) return false;
        if (method.GetAttributes().Any(IsTied)) return false;
        // An async method of a struct works on a copy: what it writes to fields would be lost.
        if (method is { ContainingType: { IsValueType: true, IsReadOnly: false }, IsStatic: false, IsReadOnly: false }
            && function is not AnonymousFunctionExpressionSyntax) return false;
        if (function.AncestorsAndSelf().Any(static node => Functions.Modifiers(node).Any(SyntaxKind.UnsafeKeyword)
            || node is BaseTypeDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.UnsafeKeyword)))
        {
            return false;
        }

        // The locals of an async function move about: no pointer may keep their place.
        return Functions.Body(function) is not { } body || !Functions.IsIterator(body)
            && !body.DescendantNodes().Any(static node => node.IsKind(SyntaxKind.AddressOfExpression) || node is FixedStatementSyntax);
    }

    private static bool IsPartial(IMethodSymbol method) =>
        method.PartialDefinitionPart is not null || method.PartialImplementationPart is not null || method.IsPartialDefinition;

    /// <summary>A partial method that somebody implements, and whose accessibility is stated: without, it gives nothing.</summary>
    private static bool HasBothParts(IMethodSymbol method) =>
        (method.PartialDefinitionPart ?? method.PartialImplementationPart) is { } other
        && new[] { method, other }.All(static part => part.DeclaringSyntaxReferences.Length == 1
            && part.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax declaration
            && declaration.Modifiers.Any(static one => one.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.PrivateKeyword
                or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword));

    /// <summary>
    /// Whether the callers of a method can all be found: no foreign base method, no foreign interface, no entry by name.
    /// </summary>
    public static bool IsOurs(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction) return true;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation)) return false;
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            if (overridden.DeclaringSyntaxReferences.IsEmpty) return false;
        // A base that cannot be resolved may declare it: nobody can tell.
        if (method.DeclaredAccessibility != Accessibility.Private && HasUnknownBase(method.ContainingType)) return false;
        return Implemented(method).All(static member => !member.DeclaringSyntaxReferences.IsEmpty) && !IsPattern(method)
            && !IsCalledByName(method) && !IsBoundByItsResult(method);
    }

    private static bool HasUnknownBase(INamedTypeSymbol type)
    {
        if (type.AllInterfaces.Any(static contract => contract.TypeKind == TypeKind.Error)) return true;
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            if (current.TypeKind == TypeKind.Error) return true;
        return false;
    }

    /// <summary>The interface members that a method implements.</summary>
    public static IEnumerable<IMethodSymbol> Implemented(IMethodSymbol method) => method.ContainingType.AllInterfaces
        .SelectMany(contract => contract.GetMembers().OfType<IMethodSymbol>())
        .Where(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
        .Concat(method.ExplicitInterfaceImplementations);

    /// <summary>Methods that the compiler calls by name: they have to keep their shape.</summary>
    private static bool IsPattern(IMethodSymbol method) =>
        method.Name is "GetEnumerator" or "MoveNext" or "Dispose" or "Deconstruct" or "GetAwaiter" or "GetResult" or "GetPinnableReference";

    /// <summary>A framework that finds a method by its name, and would drop the task that it returns.</summary>
    private static bool IsCalledByName(IMethodSymbol method) => method.ContainingType is { } type
        && (type.Name.StartsWith("Startup", StringComparison.Ordinal) && method.Name.StartsWith("Configure", StringComparison.Ordinal)
            || method is { IsStatic: false, ReturnsVoid: true } && Bases(type).SelectMany(RootTable.Of(ApiCatalogue.Default).OfType)
                .Any(root => root is { By: RootSelector.Name, Where: RunContext.EventLoop } && root.Names.Contains(method.Name)));

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType) yield return current;
    }

    /// <summary>A result that is narrower than what it overrides, or that a type parameter lets vary: no task of it would be.</summary>
    private static bool IsBoundByItsResult(IMethodSymbol method) =>
        method.OverriddenMethod is { } overridden
            && !SymbolEqualityComparer.Default.Equals(method.ReturnType, InTermsOf(method, overridden).ReturnType)
        || method.ContainingType is { TypeKind: TypeKind.Interface } contract
            && contract.TypeParameters.Any(parameter => parameter.Variance != VarianceKind.None && Mentions(method.ReturnType, parameter));

    /// <summary>The type parameters of an override are others than those that it overrides, and mean the same.</summary>
    private static IMethodSymbol InTermsOf(IMethodSymbol method, IMethodSymbol overridden) =>
        overridden.IsGenericMethod ? overridden.Construct([.. method.TypeParameters]) : overridden;

    private static bool Mentions(ITypeSymbol type, ITypeParameterSymbol parameter) => type switch
    {
        ITypeParameterSymbol => SymbolEqualityComparer.Default.Equals(type, parameter),
        IArrayTypeSymbol array => Mentions(array.ElementType, parameter),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => Mentions(argument, parameter)),
        _ => false,
    };

    private static bool IsTied(AttributeData attribute) => attribute.AttributeClass?.Name switch
    {
        "DllImportAttribute" or "LibraryImportAttribute" or "UnmanagedCallersOnlyAttribute" or "ModuleInitializerAttribute"
            // A serializer calls it, and insists on nothing being returned.
            or "OnSerializingAttribute" or "OnSerializedAttribute" or "OnDeserializingAttribute" or "OnDeserializedAttribute"
            or "ConditionalAttribute" or "DoesNotReturnAttribute" or "AsyncMethodBuilderAttribute"
            // The apartment of an async Main is not that of its first thread.
            or "STAThreadAttribute" or "MTAThreadAttribute" => true,
        // The lock that this option takes would be let go at the first await.
        "MethodImplAttribute" =>
            attribute.ConstructorArguments.Any(static argument => argument.Value is int options && (options & 32) != 0),
        _ => false,
    };
}
