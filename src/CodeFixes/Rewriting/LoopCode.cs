using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Code that an event loop runs: what stands behind an await in it expects the loop's thread.</summary>
internal static class LoopCode
{
    public static bool Is(SemanticModel model, SyntaxNode node, CancellationToken cancellation)
    {
        var entries = Entries.Of(model.Compilation);
        for (var around = Functions.Around(node); around is not null; around = Functions.Around(around))
        {
            if (Functions.Symbol(model, around, cancellation) is not { } symbol) continue;
            if (around is AnonymousFunctionExpressionSyntax)
            {
                if (model.GetOperation(around, cancellation) is { } lambda && IsLoop(entries.OfDelegate(lambda))) return true;
            }
            else if (Handlers.Is(symbol) || IsLoop(entries.Of(symbol)) || entries.LivesOnLoop(symbol.ContainingType))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLoop(RunContext contexts) => (contexts & RunContext.EventLoop) != 0;
}
