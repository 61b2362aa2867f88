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

    private const string Public = "changes a public signature: callers elsewhere break";

    /// <summary>What to say about the signatures that change; null where only callers that are changed too can know them.</summary>
    public static async Task<string?> NoteOnChangesAsync(
        SemanticModel model, Solution solution, IEnumerable<SyntaxNode> functions, CancellationToken cancellation)
    {
        string? friend = null;
        var models = new SourceModels(model.Compilation);
        var sites = new CallSites(models, new EntryPoints(models, ApiCatalogue.Default));
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<IMethodSymbol>();
        foreach (var function in functions)
        {
            var own = models.Of(function.SyntaxTree) ?? (solution.GetDocument(function.SyntaxTree) is { } elsewhere
                ? await elsewhere.GetSemanticModelAsync(cancellation).ConfigureAwait(false)
                : null);
            if (own is null) continue;
            if (Functions.Symbol(own, function, cancellation) is { } symbol && seen.Add(symbol)) pending.Push(symbol);
        }

        while (pending.Count > 0)
        {
            var method = pending.Pop();
            if (seen.Count > Most) return Public;
            if (KeepsItsSignature(method) || FrameworkOverrides.Is(model.Compilation, method)) continue;
            if (Family(method).Any(static member => IsSeen(member, byFriends: false))) return Public;
            if (friend is null && Family(method).Any(static member => IsSeen(member, byFriends: true))
                && StrangerOf(method.ContainingAssembly, solution) is { } stranger)
                friend = $"changes an internal signature that '{stranger}' sees: callers elsewhere break";
            foreach (var caller in sites.Of(method, cancellation).Found)
                if (caller.Body is { } body && seen.Add(body)) pending.Push(body);
        }

        return friend;
    }

    /// <summary>An assembly that may use what is internal, and that nobody here can change.</summary>
    private static string? StrangerOf(IAssemblySymbol assembly, Solution solution) => assembly.GetAttributes()
        .Where(static attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute")
        .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string)
        .OfType<string>().Select(static name => name.Split(',')[0].Trim())
        // What mocks are made in calls nothing.
        .FirstOrDefault(name => name != "DynamicProxyGenAssembly2" && solution.Projects.All(project => project.AssemblyName != name));

    private static bool KeepsItsSignature(IMethodSymbol method) =>
        method.IsAsync || TaskWaits.IsTask(method.ReturnType) || Handlers.Is(method) || method.MethodKind == MethodKind.AnonymousFunction;

    /// <summary>What changes with a method: what it overrides and what it implements.</summary>
    private static IEnumerable<IMethodSymbol> Family(IMethodSymbol method)
    {
        for (var member = method; member is not null; member = member.OverriddenMethod) yield return member;
        foreach (var implemented in Convertible.Implemented(method)) yield return implemented;
    }

    /// <summary>By what is written: an interface member is public, and so is a member that says so in types that say so.</summary>
    private static bool IsSeen(IMethodSymbol method, bool byFriends)
    {
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation)) return false;
        for (ISymbol? current = method; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
                && !(byFriends && current.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal))
                return false;
        }

        return true;
    }
}
