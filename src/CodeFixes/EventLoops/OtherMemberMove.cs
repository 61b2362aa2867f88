using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.EventLoops;

/// <summary>Calls another member of the same loop with the same callback.</summary>
internal sealed class OtherMemberMove : Move
{
    private readonly string _why;
    private readonly IReadOnlyDictionary<string, string> _members;

    private OtherMemberMove(string kind, string why, IReadOnlyDictionary<string, string> members)
    {
        (Kind, _why, _members) = (kind, why, members);
        Plan = new StepwisePlan((site, _) => Task.FromResult(Edits(site)));
    }

    /// <summary>What another thread may call.</summary>
    public static OtherMemberMove ThreadSafe { get; } =
        new("ThreadSafe", "which any thread may call", new Dictionary<string, string>
    {
        ["CallSoon"] = "CallSoonThreadSafe",
        ["NextTick"] = "Post",
        ["QueueMicrotask"] = "Post",
        ["SetImmediate"] = "Post",
    });

    /// <summary>What lets the loop turn before the callback runs again.</summary>
    public static OtherMemberMove TakesTurns { get; } =
        new("SetImmediate", "so that the loop turns before", new Dictionary<string, string>
    {
        ["NextTick"] = "SetImmediate",
        ["QueueMicrotask"] = "SetImmediate",
    });

    public override string Kind { get; }

    public override MovePlan Plan { get; }

    protected override Task<string?> OfferAsync(Site site, CancellationToken cancellation) =>
        Task.FromResult(NameIn(site.Node) is { } name ? $"Use {_members[name.Identifier.ValueText]}, {_why}" : null);

    /// <summary>The name of the member that is called, where nobody takes the call's value.</summary>
    private SimpleNameSyntax? NameIn(SyntaxNode node)
    {
        if (node is not InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1, Parent: ExpressionStatementSyntax
            or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax } call) return null;
        var name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        return name is not null && _members.ContainsKey(name.Identifier.ValueText) ? name : null;
    }

    private SolutionEdits? Edits(Site site)
    {
        if (NameIn(site.Node) is not { } name) return null;
        var edits = new SolutionEdits(site.Document.Project.Solution);
        edits.Add(site.Document.Id, new NodeEdit(name, current =>
            SyntaxFactory.IdentifierName(_members[name.Identifier.ValueText]).WithTriviaFrom(current)));
        return edits;
    }
}
