using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Finds what ties code to its thread: controls, a DbContext, state of its object that it writes.</summary>
internal sealed class ThreadAffinity(SourceModels models, CancellationToken cancellation)
{
    private const int Deepest = 6;

    /// <summary>What another thread would have of its own, or not at all.</summary>
    private static readonly HashSet<(string Type, string Member)> OfThread =
    [
        ("Thread", "CurrentThread"), ("Thread", "CurrentPrincipal"), ("Environment", "CurrentManagedThreadId"), ("ThreadLocal", "Value"),
        ("SynchronizationContext", "Current"), ("SynchronizationContext", "SetSynchronizationContext"), ("Transaction", "Current"),
        ("HttpContext", "Current"),
    ];

    private readonly HashSet<IMethodSymbol> _seen = new(SymbolEqualityComparer.Default);

    public static bool IsAffine(ITypeSymbol? type)
    {
        if (type is not null && LoopHome.Owns(type)) return true;
        for (; type is not null; type = type.BaseType)
            if (ApiCatalogue.Default.Find(type, ApiVerb.Affine) is not null) return true;
        return false;
    }

    /// <summary>Whether code, or what it calls in source, must stay on the thread where it is.</summary>
    public bool Ties(SyntaxNode code) => models.Of(code.SyntaxTree) is not { } model || Ties(model, code, 0);

    /// <summary>Whether what a method does must stay on the thread of its caller.</summary>
    public bool TiesIn(IMethodSymbol method) => _seen.Add(method.OriginalDefinition) && BodyTies(method.OriginalDefinition, 1);

    private bool Ties(SemanticModel model, SyntaxNode code, int depth)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (node is not SimpleNameSyntax name || model.GetSymbolInfo(name, cancellation).Symbol is not { } symbol) continue;
            switch (symbol)
            {
                case ILocalSymbol { Type: var type } when IsAffine(type):
                case IParameterSymbol { Type: var type2 } when IsAffine(type2):
                case IFieldSymbol or IPropertySymbol or IEventSymbol or IMethodSymbol when IsTied(symbol):
                    return true;
                case IFieldSymbol or IPropertySymbol when IsWrite(name):
                    return true;
                case IMethodSymbol method
                    when depth < Deepest && _seen.Add(method.OriginalDefinition) && BodyTies(method.OriginalDefinition, depth + 1):
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A member that the affine type itself declares, or that gives an affine object. What a window's own class adds is
    /// judged by its body.
    /// </summary>
    private static bool IsTied(ISymbol symbol)
    {
        if (OfThread.Contains((symbol.ContainingType?.Name ?? "", symbol.Name))
            && symbol.ContainingNamespace?.Name is "Threading" or "System" or "Transactions" or "Web") return true;
        if (symbol is IFieldSymbol { IsStatic: true } own
            && own.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute")) return true;
        var result = symbol switch { IFieldSymbol field => field.Type, IPropertySymbol property => property.Type, IMethodSymbol method =>
            method.ReturnType, _ => null };
        if (IsAffine(result)) return true;
        if (symbol.IsStatic) return false;
        return !SourceModels.HasSource(symbol) && IsAffine(symbol.ContainingType)
            || symbol.ContainingType is { } type && ApiCatalogue.Default.Find(type, ApiVerb.Affine) is not null;
    }

    private bool BodyTies(IMethodSymbol method, int depth)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellation);
            if (models.Of(declaration.SyntaxTree) is not { } model) return true;
            if (Functions.Body(declaration) is { } body
                && (Ties(model, body, depth) || HeldLocks.Unbalanced(model, body, cancellation))) return true;
        }

        return false;
    }

    private static bool IsWrite(SimpleNameSyntax name)
    {
        ExpressionSyntax target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        // Only state of the object itself or of everybody is shared; what the code has made is its own.
        if (target is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax and not IdentifierNameSyntax }) return false;
        return target.Parent switch
        {
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } => false,
            AssignmentExpressionSyntax assignment =>
                assignment.Left == target && target is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax },
            PrefixUnaryExpressionSyntax prefix =>
                prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
            PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
            _ => false,
        };
    }
}
