using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// A file that is another one each time the body runs: whoever puts that in a row does it for something else that the lock guards.
/// </summary>
internal sealed class ManyFiles(Facts facts, CancellationToken cancellation)
{
    /// <summary>Locals that are made of locals, as far as they are looked behind.</summary>
    private const int Deepest = 4;

    private static readonly HashSet<string> Changes = new(StringComparer.Ordinal)
    {
        "Add", "AddRange", "TryAdd", "Insert", "Remove", "RemoveAt", "RemoveAll", "Clear", "Enqueue", "Dequeue", "Push", "Pop", "Append",
    };

    /// <summary>Every step of the path is given something that its body is given, and the file is named with it.</summary>
    public bool IsReached(Reach reach) =>
        reach.Cause is { BlockKind: BlockKind.File, Entry: { } entry } && entry.Id.StartsWith("M:System.IO.File.", StringComparison.Ordinal)
        && reach.Links.All(IsGivenOther);

    private bool IsGivenOther(Reach link)
    {
        if (facts.Models.Of(link.Body.Tree) is not { } model) return false;
        var place = link.Place(cancellation);
        if (place.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList.Arguments: { Count: > 0 } given }) return false;
        return link.Next is null
            ? Varies(given[0].Expression, link.Body, model, Deepest)
            : given.Any(argument => Varies(argument.Expression, link.Body, model, Deepest));
    }

    private bool Varies(SyntaxNode value, BodySummary body, SemanticModel model, int depth) =>
        depth > 0 && value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
            model.GetSymbolInfo(name, cancellation).Symbol switch
            {
                IParameterSymbol { DeclaringSyntaxReferences: { Length: 1 } declared } => body.Span.Contains(declared[0].Span),
                ILocalSymbol { IsConst: false, DeclaringSyntaxReferences: { Length: 1 } declared }
                    when body.Span.Contains(declared[0].Span) =>
                    InitialValue.Of(declared[0].GetSyntax(cancellation)) is not { Value: var made } || Varies(made, body, model, depth - 1),
                _ => false,
            });

    /// <summary>The body changes a local of the member around it while it holds the lock.</summary>
    public bool ChangesCaptured(Taker holder)
    {
        if (!holder.Body.IsNested || facts.Models.Of(holder.Body.Tree) is not { } model) return false;
        return holder.Body.Tree.GetRoot(cancellation).FindNode(holder.Region.Span, getInnermostNodeForTie: true).DescendantNodes()
            .Select(ChangedBy).OfType<IdentifierNameSyntax>()
            .Any(name => holder.Region.Span.Contains(name.Span)
                && model.GetSymbolInfo(name, cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared }
                && !holder.Body.Span.Contains(declared[0].Span));
    }

    private static ExpressionSyntax? ChangedBy(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var list, Name: var name } }
            when Changes.Contains(name.Identifier.ValueText) => list,
        AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax { Expression: var list } } => list,
        AssignmentExpressionSyntax assignment => assignment.Left,
        PostfixUnaryExpressionSyntax step => step.Operand,
        PrefixUnaryExpressionSyntax step => step.Operand,
        _ => null,
    };
}
