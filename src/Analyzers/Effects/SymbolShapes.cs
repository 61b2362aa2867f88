using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>Reads a <see cref="SymbolShape"/> off the syntax.</summary>
internal static class SymbolShapes
{
    public static SymbolShape Of(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => IsIterator(method) ? SymbolShape.Iterator
            : TellsOfLocks(method) ? SymbolShape.TellsOfLocks : SymbolShape.None,
        IPropertySymbol property => IsAutoProperty(property) ? SymbolShape.AutoProperty : SymbolShape.None,
        INamedTypeSymbol type => Initialisers(type),
        _ => SymbolShape.None,
    };

    private static bool IsIterator(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol
        {
            OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T
                or SpecialType.System_Collections_Generic_IEnumerator_T
                or SpecialType.System_Collections_IEnumerable or SpecialType.System_Collections_IEnumerator,
        }
        && method.DeclaringSyntaxReferences.Any(static reference => Told.IsIterator(
            reference.GetSyntax() is LocalFunctionStatementSyntax { Body: { } local } ? local : reference.GetSyntax()));

    private static bool TellsOfLocks(IMethodSymbol method)
    {
        if (method is not { IsAsync: false, IsAbstract: false, DeclaringSyntaxReferences: { Length: 1 } declared }) return false;
        if (LockWords.MentionedIn(declared[0].SyntaxTree, declared[0].Span, CancellationToken.None)
            && LockTelling.IsIn(declared[0].GetSyntax())) return true;
        // Scope Write() => new(_lock); Scope Held => new(_lock);
        if (method.ReturnType is not INamedTypeSymbol scope || !IsScope(scope)) return false;
        return method.MethodKind == MethodKind.PropertyGet
            ? LockTelling.IsIn(declared[0].GetSyntax())
            : method.MethodKind == MethodKind.Ordinary && Told.Makes(declared[0].GetSyntax()).Count > 0;
    }

    private static bool IsScope(INamedTypeSymbol type) =>
        type.SpecialType == SpecialType.System_IDisposable
        || SourceModels.HasSource(type) && type.TypeKind is TypeKind.Class or TypeKind.Struct && !type.GetMembers("Dispose").IsEmpty;

    private static bool IsAutoProperty(IPropertySymbol property) =>
        !property.IsAbstract && !property.IsVirtual && !property.IsOverride && property.ContainingType.TypeKind != TypeKind.Interface
        && property.DeclaringSyntaxReferences.Length == 1
        && property.DeclaringSyntaxReferences[0].GetSyntax()
            is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors } declared
        && !declared.Modifiers.Any(SyntaxKind.PartialKeyword)
        && accessors.All(static accessor => accessor.Body is null && accessor.ExpressionBody is null);

    private static SymbolShape Initialisers(INamedTypeSymbol type)
    {
        var shape = SymbolShape.None;
        foreach (var symbol in type.GetMembers())
        {
            if (symbol is IMethodSymbol { MethodKind: MethodKind.StaticConstructor, IsImplicitlyDeclared: false })
                shape |= SymbolShape.StaticInitialisers;
            if (symbol is not (IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false }
                or IPropertySymbol { IsImplicitlyDeclared: false })) continue;
            if (symbol.DeclaringSyntaxReferences.Any(static reference => CallsSomething(reference.GetSyntax())))
                shape |= symbol.IsStatic ? SymbolShape.StaticInitialisers : SymbolShape.InstanceInitialisers;
        }

        return shape;
    }

    private static bool CallsSomething(SyntaxNode declaration) => InitialValue.Of(declaration)?.Value
        is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or MemberAccessExpressionSyntax;
}
