using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Findings;

/// <summary>Whether a class asks its database asynchronously somewhere: then a synchronous question beside that was an oversight.</summary>
internal static class AskedAsynchronously
{
    private static readonly HashSet<string> Forms = new(StringComparer.Ordinal)
    {
        "SaveChangesAsync", "FindAsync", "LoadAsync", "AsAsyncEnumerable", "ToListAsync", "ToArrayAsync", "ToDictionaryAsync",
        "ToHashSetAsync", "FirstAsync", "FirstOrDefaultAsync", "SingleAsync", "SingleOrDefaultAsync", "LastAsync", "LastOrDefaultAsync",
        "AnyAsync", "AllAsync", "CountAsync", "LongCountAsync", "SumAsync", "MinAsync", "MaxAsync", "AverageAsync", "ContainsAsync",
        "ForEachAsync", "ExecuteDeleteAsync", "ExecuteUpdateAsync", "ExecuteSqlAsync", "ExecuteSqlRawAsync", "ExecuteSqlInterpolatedAsync",
    };

    /// <summary>In the class around <paramref name="site"/>, as far as it stands in the same file.</summary>
    public static bool Around(SyntaxNode site) => site.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && type.DescendantNodes().OfType<SimpleNameSyntax>().Any(static name => Forms.Contains(name.Identifier.ValueText));
}
