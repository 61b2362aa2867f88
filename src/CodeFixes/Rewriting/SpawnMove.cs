using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Starts a cold coroutine beside the code that made it: as a task of its loop, or as a goroutine.</summary>
internal sealed class SpawnMove : Move
{
    public SpawnMove() => Plan = new StepwisePlan(EditsAsync);

    public override string Kind => "Spawn";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation) =>
        await KindOfAsync(site, cancellation).ConfigureAwait(false) switch
        {
            "Coroutine" => "Start it as a task of the loop, which nobody waits for",
            "GoTask" => "Start it as a goroutine, which nobody waits for",
            _ => null,
        };

    private static async Task<string?> KindOfAsync(Site site, CancellationToken cancellation)
    {
        if (site.Node is not InvocationExpressionSyntax { Parent: not ConditionalAccessExpressionSyntax } call) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model?.GetTypeInfo(call, cancellation).Type is { Name: "Coroutine" or "GoTask" } type ? type.Name : null;
    }

    private static async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        if (await KindOfAsync(site, cancellation).ConfigureAwait(false) is not { } kind) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var imports = new List<string>();
        var (space, type, entry) = kind == "GoTask" ? ("Quintet.Goroutines", "Go", "Run")
            : ("Quintet.Asyncio", "EventLoop", "Current.CreateTask");
        var runner = entry.Split('.').Aggregate(
            (ExpressionSyntax)Imports.Owner(model!, site.Node.SpanStart, space, type, imports),
            static (target, member) => MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, target, IdentifierName(member)));
        var edits = new SolutionEdits(site.Document.Project.Solution);
        edits.Import(site.Document.Id, imports);
        edits.Add(site.Document.Id, new NodeEdit(site.Node, current =>
            InvocationExpression(runner, ArgumentList(SingletonSeparatedList(Argument(((ExpressionSyntax)current).WithoutTrivia()))))
                .WithTriviaFrom(current)));
        return edits;
    }
}
