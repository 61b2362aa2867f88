using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Xunit;

namespace Quintet.Tests.Catalogue;

/// <summary>A line that promises an asynchronous twin must name one that is there and can be awaited.</summary>
public sealed class TwinTests
{
    private static IEnumerable<ApiEntry> Blocking => CatalogueLines.Entries.Where(static entry => entry.Verb == ApiVerb.Blocks);

    [Fact]
    public void Every_named_twin_exists_and_can_be_awaited() =>
        CatalogueTests.AssertNone(Blocking
            .Where(static entry => entry.Twin is not (null or "auto" or "await"))
            .Where(static entry => !CatalogueCompilation.Resolve(entry.Twin!).Any(IsAsynchronous))
            .Select(static entry => $"{entry}: {entry.Twin}"));

    [Fact]
    public void Every_automatic_twin_exists_and_can_be_awaited() =>
        CatalogueTests.AssertNone(Blocking
            .Where(static entry => entry.Twin == "auto")
            .Where(static entry => !CatalogueCompilation.Resolve(entry.Id).Any(HasTwin))
            .Select(static entry => $"{entry}: no twin of that name"));

    [Fact]
    public void Only_what_can_be_awaited_is_told_to_await() =>
        CatalogueTests.AssertNone(Blocking
            .Where(static entry => entry.Twin == "await")
            .Where(static entry => !CatalogueCompilation.Resolve(entry.Id).Any(IsAboutAnAwaitable))
            .Select(static entry => entry.ToString()));

    [Fact]
    public void A_line_without_a_twin_does_not_overlook_one() =>
        CatalogueTests.AssertNone(Blocking
            .Where(static entry => entry.Twin is null && !OverlookedOnPurpose.Contains(ApiCatalogue.WithoutParameters(entry.Id)))
            .Where(static entry => CatalogueCompilation.Resolve(entry.Id).Any(HasTwin))
            .Select(static entry => $"{entry}: has a twin"));

    /// <summary>Members whose asynchronous form does the same on the caller, or something else.</summary>
    private static readonly HashSet<string> OverlookedOnPurpose =
    [
        "M:System.IO.FileStream.Flush", // FlushAsync does not wait for the disk.
        "M:System.IO.MemoryMappedFiles.MemoryMappedViewStream.Flush", // FlushAsync does the same on the caller.
        "M:System.Diagnostics.Process.WaitForExit", // With a time it answers where WaitForExitAsync throws.
    ];

    private static bool HasTwin(ISymbol symbol)
    {
        if (symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method) return false;
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
            if (type.GetMembers(method.Name + "Async").Any(IsAsynchronous)) return true;
        return false;
    }

    private static bool IsAsynchronous(ISymbol member) => member is IMethodSymbol method && IsAwaitable(method.ReturnType);

    private static bool IsAboutAnAwaitable(ISymbol symbol) =>
        symbol.ContainingType is { } type && (IsAwaitable(type) || type.Name.EndsWith("Awaiter", StringComparison.Ordinal))
        || symbol is IMethodSymbol { Parameters: [{ Type: var first }, ..] } && IsAwaitable(first);

    private static bool IsAwaitable(ITypeSymbol type) =>
        type.GetMembers("GetAwaiter").Length > 0
        || type.BaseType is { } baseType && IsAwaitable(baseType)
        || type is INamedTypeSymbol { Name: "IAsyncEnumerable" };
}
