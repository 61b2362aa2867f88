using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;

namespace Quintet.Analyzers.Findings;

/// <summary>What all rules together find in a member: decided once for each, and shared by the rules.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class MemberFindings
{
    private static readonly ConditionalWeakTable<Facts, MemberFindings> Known = new();

    /// <summary>
    /// Words without which a body that has no context of its own cannot hold a finding: functions that may have one, waits for
    /// tasks, locks. Looking for them in the text spares binding most bodies of a solution.
    /// </summary>
    private static readonly string[] Words = ["=>", "delegate", "async", ".Wait", ".Result", ".GetResult", "lock", "Enter", "ReleaseMutex",
        "WaitOne"];

    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<Finding>> _findings = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, string[]> _waitWrappers = new();
    private readonly Facts _facts;
    private readonly LockFindings _locks;
    private readonly ChannelFindings _channels;
    private readonly LostCoroutines _lost;
    private readonly LoopAffinity _affinity;
    private readonly SelfTicks _ticks;

    private MemberFindings(Facts facts)
    {
        _facts = facts;
        _locks = new LockFindings(facts);
        _channels = new ChannelFindings(facts);
        _lost = new LostCoroutines(facts);
        _affinity = new LoopAffinity(facts);
        _ticks = new SelfTicks(facts);
    }

    public static MemberFindings Of(Facts facts) => Known.GetValue(facts, static facts => new MemberFindings(facts));

    /// <summary>All findings in a member, its lambdas and local functions included.</summary>
    public ImmutableArray<Finding> In(ISymbol owner, CancellationToken cancellation) =>
        _findings.TryGetValue(owner, out var known)
            ? known
            : _findings.GetOrAdd(
                owner,
                Find(owner, cancellation).AddRange(_locks.In(owner, cancellation)).AddRange(_channels.In(owner, cancellation))
                    .AddRange(_lost.In(owner, cancellation)).AddRange(_affinity.In(owner, cancellation))
                    .AddRange(_ticks.In(owner, cancellation)));

    private bool MayMatter(ISymbol owner, CancellationToken cancellation)
    {
        if (owner is IMethodSymbol method
            && (_facts.EntryPoints.Of(method) != RunContext.Unknown || _facts.Contexts.MayBeHandedOn(method, cancellation))) return true;
        foreach (var reference in owner.DeclaringSyntaxReferences)
        {
            if (HandedNames.HasLocalFunction(reference, cancellation)) return true;
            var text = reference.SyntaxTree.GetText(cancellation).ToString(BodySpan(reference.GetSyntax(cancellation)));
            if (Words.Concat(WaitWrappersIn(reference.SyntaxTree, cancellation))
                .Any(word => text.IndexOf(word, StringComparison.Ordinal) >= 0)) return true;
        }

        return false;
    }

    /// <summary>Of all wrappers of a wait those that the tree mentions: few, while its bodies may be many.</summary>
    private string[] WaitWrappersIn(SyntaxTree tree, CancellationToken cancellation) =>
        _waitWrappers.TryGetValue(tree, out var known)
            ? known
            : _waitWrappers.GetOrAdd(tree, [.. WaitWrapperNames.Of(_facts.Models, cancellation).Distinct()
                .Where(name => NameIndex.Find(tree, name, cancellation).Any())]);

    private static TextSpan BodySpan(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression.Span,
        AccessorDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression.Span,
        ArrowExpressionClauseSyntax arrow => arrow.Expression.Span,
        PropertyDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression.Span,
        BaseMethodDeclarationSyntax { Body: { } body } => body.Span,
        _ => declaration.Span,
    };

    private ImmutableArray<Finding> Find(ISymbol owner, CancellationToken cancellation)
    {
        if (!MayMatter(owner, cancellation)) return ImmutableArray<Finding>.Empty;
        var bodies = owner switch
        {
            IMethodSymbol method => _facts.Summaries.BodiesOf(method, cancellation),
            IFieldSymbol or IPropertySymbol =>
                _facts.Summaries.InitialisersOf(owner.ContainingType, owner.IsStatic, cancellation)
                    .Where(body => body.IsNested && IsInside(owner, body)).ToList(),
            _ => [],
        };
        if (bodies.Count == 0) return ImmutableArray<Finding>.Empty;
        var method2 = owner as IMethodSymbol;
        var ownerContexts = method2 is null ? RunContext.Unknown : _facts.EntryPoints.Of(method2);
        var findings = new BodyFindings(_facts, cancellation);
        return bodies.SelectMany(body => findings.Of(body, method2, ownerContexts)).ToImmutableArray();
    }

    private static bool IsInside(ISymbol owner, BodySummary body) =>
        owner.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == body.Tree && reference.Span.Contains(body.Span));
}
