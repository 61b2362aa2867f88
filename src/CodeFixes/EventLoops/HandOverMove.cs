using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Rewriting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.EventLoops;

/// <summary>Lets the thread to which an object belongs use it: its dispatcher, or the loop.</summary>
internal sealed class HandOverMove : Move
{
    public HandOverMove() => Plan = new StepwisePlan(EditsAsync);

    public override string Kind => "HandOver";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation) =>
        await GateAsync(site, [], cancellation).ConfigureAwait(false) is { } gate ? $"Hand it over with {gate}" : null;

    private static async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        var imports = new List<string>();
        if (await GateAsync(site, imports, cancellation).ConfigureAwait(false) is not { } gate) return null;
        var edits = new SolutionEdits(site.Document.Project.Solution);
        edits.Import(site.Document.Id, imports);
        edits.Add(site.Document.Id, Handover.To(gate, site.Node));
        return edits;
    }

    /// <summary>The member that takes a callback for the right thread; null where the value of the use is wanted here.</summary>
    private static async Task<ExpressionSyntax?> GateAsync(Site site, ICollection<string> imports, CancellationToken cancellation)
    {
        if (site.Node is not ExpressionSyntax { Parent: ExpressionStatementSyntax or AnonymousFunctionExpressionSyntax } use) return null;
        if (!Handover.Allows(use)) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var target = use switch
        {
            InvocationExpressionSyntax call => call.Expression,
            AssignmentExpressionSyntax assignment => assignment.Left,
            PostfixUnaryExpressionSyntax step => step.Operand,
            _ => null,
        };
        if (target is null || model is null) return null;
        if (model.GetSymbolInfo(target, cancellation).Symbol?.ContainingType is not { } type) return null;
        var receiver = (target as MemberAccessExpressionSyntax)?.Expression.WithoutTrivia();
        // What the receiver is made of would be evaluated twice, on two threads.
        if (receiver is not (null or IdentifierNameSyntax or ThisExpressionSyntax
            or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax
            or IdentifierNameSyntax })) return null;
        return type.Name switch
        {
            "EventLoop" => Member(receiver, "CallSoonThreadSafe"),
            "NodeLoop" => Member(receiver, "Post"),
            _ => AffineUse.ToolkitOf(type) switch
            {
                "Forms" => Member(receiver, "Invoke"),
                "Wpf" => Member(Member(receiver, "Dispatcher"), "Invoke"),
                "Avalonia" =>
                    Member(Member(Imports.Owner(model, use.SpanStart, "Avalonia.Threading", "Dispatcher", imports), "UIThread"), "Post"),
                _ => null,
            },
        };
    }

    private static ExpressionSyntax Member(ExpressionSyntax? receiver, string name) => receiver is null
        ? IdentifierName(name)
        : MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, IdentifierName(name));
}
