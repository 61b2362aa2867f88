using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Which functions can become async at all. What is refused here is refused everywhere.</summary>
internal static class Convertible
{
    /// <summary>Whether a method, local function or lambda may carry <c>async</c>, judged by itself alone.</summary>
    public static bool CanBeAsync(SyntaxNode function, IMethodSymbol method)
    {
        if (function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)) return false;
        if (method.ReturnsByRef || method.ReturnsByRefReadonly || method.IsExtern || method.IsVararg) return false;
        if (method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType || parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer))
            return false;
        if (method.ReturnType is { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Dynamic }) return false;
        if (method.PartialDefinitionPart is not null || method.PartialImplementationPart is not null || method.IsPartialDefinition) return false;
        if (method.GetAttributes().Any(IsTied)) return false;
        // An async method of a struct works on a copy: what it writes to fields would be lost.
        if (method is { ContainingType: { IsValueType: true, IsReadOnly: false }, IsStatic: false, IsReadOnly: false } && function is not AnonymousFunctionExpressionSyntax) return false;
        if (function.AncestorsAndSelf().Any(static node => Functions.Modifiers(node).Any(SyntaxKind.UnsafeKeyword)
            || node is BaseTypeDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.UnsafeKeyword)))
        {
            return false;
        }

        return Functions.Body(function) is not { } body || !Functions.IsIterator(body);
    }

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
        return Implemented(method).All(static member => !member.DeclaringSyntaxReferences.IsEmpty) && !IsPattern(method);
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

    private static bool IsTied(AttributeData attribute) => attribute.AttributeClass?.Name switch
    {
        "DllImportAttribute" or "LibraryImportAttribute" or "UnmanagedCallersOnlyAttribute" or "ModuleInitializerAttribute"
            or "ConditionalAttribute" or "DoesNotReturnAttribute" or "AsyncMethodBuilderAttribute" => true,
        // The lock that this option takes would be let go at the first await.
        "MethodImplAttribute" => attribute.ConstructorArguments.Any(static argument => argument.Value is int options && (options & 32) != 0),
        _ => false,
    };
}

/// <summary>Event handlers: the one kind of <c>async void</c> that C# means.</summary>
internal static class Handlers
{
    /// <summary><c>void (object, EventArgs)</c>, a named method or a lambda that subscribes to an event.</summary>
    public static bool Is(IMethodSymbol method) =>
        method is { ReturnsVoid: true, Parameters.Length: 2, OverriddenMethod: null }
        && method.Parameters[0].Type.SpecialType == SpecialType.System_Object && IsEventArgs(method.Parameters[1].Type);

    /// <summary>Whether a lambda is what <c>+=</c> gives to an event.</summary>
    public static bool IsSubscription(SemanticModel model, AnonymousFunctionExpressionSyntax lambda, CancellationToken cancellation) =>
        lambda.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } subscription && subscription.Right == lambda
        && model.GetSymbolInfo(subscription.Left, cancellation).Symbol is IEventSymbol;

    /// <summary>
    /// The raiser reads what a handler puts into its arguments as soon as the handler returns, and an async handler
    /// returns at its first await.
    /// </summary>
    public static bool AnswersThroughArguments(SyntaxNode handler, IMethodSymbol method)
    {
        if (method.Parameters.Length < 2 || Functions.Body(handler) is not { } body) return false;
        var name = method.Parameters[1].Name;
        return body.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
            assignment.Left is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } && receiver.Identifier.ValueText == name);
    }

    private static bool IsEventArgs(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type is { Name: "EventArgs", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }) return true;
        return false;
    }
}
