using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Whether a cascade that starts at some functions changes a signature that code outside of the solution may know. Looks at
/// the callers in the compilation of the site; a caller in another project calls something that is public here already.
/// </summary>
internal static class PublicCallers
{
    /// <summary>Callers walked before the answer is yes: so long a chain is seldom a private matter.</summary>
    private const int Most = 200;

    public static bool AnyChanges(SemanticModel model, IEnumerable<SyntaxNode> functions, CancellationToken cancellation)
    {
        var models = new SourceModels(model.Compilation);
        var sites = new CallSites(models, new EntryPoints(models, ApiCatalogue.Default));
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<IMethodSymbol>();
        foreach (var function in functions)
        {
            if (models.Of(function.SyntaxTree) is not { } own) continue;
            if (Functions.Symbol(own, function, cancellation) is { } symbol && seen.Add(symbol)) pending.Push(symbol);
        }

        while (pending.Count > 0)
        {
            var method = pending.Pop();
            if (seen.Count > Most) return true;
            if (KeepsItsSignature(method) || FrameworkOverrides.Is(model.Compilation, method)) continue;
            if (Family(method).Any(IsPublic)) return true;
            foreach (var caller in sites.Of(method, cancellation).Found)
                if (caller.Body is { } body && seen.Add(body)) pending.Push(body);
        }

        return false;
    }

    private static bool KeepsItsSignature(IMethodSymbol method) =>
        method.IsAsync || TaskWaits.IsTask(method.ReturnType) || Handlers.Is(method) || method.MethodKind == MethodKind.AnonymousFunction;

    /// <summary>What changes with a method: what it overrides and what it implements.</summary>
    private static IEnumerable<IMethodSymbol> Family(IMethodSymbol method)
    {
        for (var member = method; member is not null; member = member.OverriddenMethod) yield return member;
        foreach (var implemented in Convertible.Implemented(method)) yield return implemented;
    }

    /// <summary>By what is written: an interface member is public, and so is a member that says so in types that say so.</summary>
    private static bool IsPublic(IMethodSymbol method)
    {
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation)) return false;
        for (ISymbol? current = method; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        return true;
    }
}
