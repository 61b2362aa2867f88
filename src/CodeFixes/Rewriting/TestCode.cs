using Quintet.Analyzers.Catalogue;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Tests: nobody waits for them, and what they await they would have to give the token of their runner.</summary>
internal static class TestCode
{
    public static bool Is(FunctionConversion function) =>
        (Entries.Of(function.Model.Compilation).Of(function.Symbol) & RunContext.Test) != 0;
}
