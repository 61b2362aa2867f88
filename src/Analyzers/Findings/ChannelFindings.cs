using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Channels that a member makes and nobody else gets to know, and that are waited for without a partner (QNT1003). Every mention of such
/// a channel is in sight, so that what is missing is missing for certain.
/// </summary>
/// <remarks>Safe for concurrent use; one instance per compilation.</remarks>
internal sealed class ChannelFindings(Facts facts)
{
    public IEnumerable<Finding> In(ISymbol owner, CancellationToken cancellation)
    {
        if (owner is not IMethodSymbol method) yield break;
        foreach (var reference in owner.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellation);
            // Looking for the word spares binding most bodies of a solution.
            var text = reference.SyntaxTree.GetText(cancellation).ToString(declaration.Span);
            if (text.IndexOf("Chan", StringComparison.Ordinal) < 0) continue;
            if (facts.Models.Of(reference.SyntaxTree) is not { } model) continue;
            foreach (var declarator in declaration.DescendantNodes().OfType<VariableDeclaratorSyntax>())
                if (Find(declarator, declaration, model, method, cancellation) is { } finding) yield return finding;
        }
    }

    private Finding? Find(
        VariableDeclaratorSyntax declarator, SyntaxNode declaration, SemanticModel model, IMethodSymbol method,
        CancellationToken cancellation)
    {
        if (declarator.Initializer?.Value is not { } value || !LooksMade(declarator, value)) return null;
        if (model.GetDeclaredSymbol(declarator, cancellation) is not ILocalSymbol local) return null;
        if (!ChannelUse.IsChannel(local.Type, out var ours) || !IsMade(declarator.Initializer.Value, model, cancellation)) return null;
        var uses = declaration.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, local))
            .Select(name => ChannelUse.Of(name, ours))
            .ToList();
        if (uses.Any(static use => use.Role == ChannelRole.Escapes)) return null;
        var noBuffer = HasNoBuffer(declarator.Initializer.Value, ours, model, cancellation);
        if (Lonely(uses, declarator, noBuffer) is not var (use, why)) return null;
        var span = use.Node.Span;
        var body = facts.Summaries.BodiesOf(method, cancellation)
            .Where(body => body.Tree == use.Node.SyntaxTree && body.Span.Contains(span))
            .OrderBy(static body => body.Span.Length)
            .FirstOrDefault();
        return new Finding(
            "QNT1003", facts.LocationOf(use.Node.SyntaxTree, span),
            ImmutableArray.Create(facts.LocationOf(use.Node.SyntaxTree, declarator.Identifier.Span)),
            [body?.Name ?? method.Name, use.Role == ChannelRole.Receives ? "receives from" : "sends to", local.Name, why],
            ImmutableDictionary<string, string?>.Empty);
    }

    /// <summary>The first wait that nothing can end, and why not.</summary>
    private static (ChannelUse Use, string Why)? Lonely(List<ChannelUse> uses, VariableDeclaratorSyntax declarator, bool noBuffer)
    {
        var receive = uses.FirstOrDefault(static use => use.Role == ChannelRole.Receives);
        var send = uses.FirstOrDefault(static use => use.Role == ChannelRole.Sends);
        if (receive is not null && uses.All(static use => use.Role is not (ChannelRole.Sends or ChannelRole.MaySend)))
            return (receive, "to which nobody sends and which nobody closes");
        if (send is null || !noBuffer) return null;
        if (uses.All(static use => use.Role is not (ChannelRole.Receives or ChannelRole.MayReceive)))
            return (send, "which has no buffer and from which nobody receives");
        // One body does one thing after the other: it cannot meet itself.
        var body = BodyAround(declarator);
        if (uses.Any(use => BodyAround(use.Node) != body)) return null;
        var first = uses.First(static use => use.Role is ChannelRole.Receives or ChannelRole.Sends);
        return (first, "which has no buffer, and the other side stands in the same body");
    }

    /// <summary>The function around a node that is not the member itself.</summary>
    private static SyntaxNode? BodyAround(SyntaxNode node) => node.Ancestors().FirstOrDefault(static ancestor =>
        ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    /// <summary>What the text says of <see cref="IsMade"/>; binding a body for every word that begins like a channel is dear.</summary>
    private static bool LooksMade(VariableDeclaratorSyntax declarator, ExpressionSyntax value) => value switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => IsMaker(access.Name.Identifier.ValueText),
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => IsMaker(name.Identifier.ValueText),
        ObjectCreationExpressionSyntax creation => NameOf(creation.Type) == "Chan",
        ImplicitObjectCreationExpressionSyntax =>
            declarator.Parent is VariableDeclarationSyntax declaration && NameOf(declaration.Type) == "Chan",
        _ => false,
    };

    private static bool IsMaker(string name) => name is "Make" or "CreateUnbounded" or "CreateBounded" or "CreateUnboundedPrioritized";

    private static string? NameOf(TypeSyntax? type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        _ => null,
    };

    /// <summary>Made here, so that nobody else can know it.</summary>
    private static bool IsMade(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(value, cancellation).Symbol is IMethodSymbol { ContainingType.Name: "Chan" or "Channel" };

    private static bool HasNoBuffer(ExpressionSyntax value, bool ours, SemanticModel model, CancellationToken cancellation)
    {
        var arguments = value switch
        {
            BaseObjectCreationExpressionSyntax { ArgumentList: { } list } => list.Arguments,
            InvocationExpressionSyntax call => call.ArgumentList.Arguments,
            _ => default,
        };
        if (arguments.Count == 0) return ours;
        return model.GetConstantValue(arguments[0].Expression, cancellation) is { Value: 0 };
    }
}
