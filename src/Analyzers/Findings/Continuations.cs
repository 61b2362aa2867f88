using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;

namespace Quintet.Analyzers.Findings;

/// <summary>Methods that only continue tasks, as <c>task.ContinueWith(Finish)</c>: the task that they are given has ended.</summary>
internal static class Continuations
{
    /// <summary>
    /// Whether a wait for the method's own parameter is over before it begins: all that names the method in the text hands it to a task
    /// that it continues.
    /// </summary>
    public static bool IsWaitOf(Reach reach, IMethodSymbol? owner, Facts facts, CancellationToken cancellation)
    {
        if (owner is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private or Accessibility.Internal }
            || !reach.Conditions.Any(static condition => condition is { Kind: ConditionKind.NotCompleted, Parameter: 0 })) return false;
        var mentions = facts.Models.Compilation.SyntaxTrees.SelectMany(tree => NameIndex.Find(tree, owner.Name, cancellation)).ToList();
        return mentions.Count > 0 && mentions.TrueForAll(IsContinuation);
    }

    private static bool IsContinuation(SimpleNameSyntax mention)
    {
        SyntaxNode whole = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : mention;
        return whole.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } given } argument
            && given.Arguments[0] == argument && MemberText.NameOf(call) == "ContinueWith";
    }
}
