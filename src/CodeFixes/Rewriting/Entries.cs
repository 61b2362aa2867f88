using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Where the code of a compilation starts to run, worked out once for all fixes that ask.</summary>
internal static class Entries
{
    private static readonly ConditionalWeakTable<Compilation, EntryPoints> Known = new();

    public static EntryPoints Of(Compilation compilation) =>
        Known.GetValue(compilation, static one => new EntryPoints(new SourceModels(one), ApiCatalogue.Default));
}
