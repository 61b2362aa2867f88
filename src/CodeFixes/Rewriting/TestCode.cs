using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Tests: nobody waits for them, and what they await they would have to give the token of their runner.</summary>
internal static class TestCode
{
    public static bool Is(FunctionConversion function) =>
        (new EntryPoints(new SourceModels(function.Model.Compilation), ApiCatalogue.Default).Of(function.Symbol) & RunContext.Test) != 0;
}
