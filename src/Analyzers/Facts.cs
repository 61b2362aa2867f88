using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Findings;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers;

/// <summary>
/// The front door: what is known about a compilation. Rules are separate analyzers, yet everything here is computed once
/// per compilation and on demand, because a diagnostic that needs the compilation's end does not appear while typing.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Facts
{
    private static readonly ConditionalWeakTable<Compilation, Facts> Known = new();

    private static readonly System.Text.RegularExpressions.Regex TestName =
        new(@"Test(s|Kit|ing|Utils?|Utilities|Helpers?|Base|Common|Support)?($|[._-])", System.Text.RegularExpressions.RegexOptions.CultureInvariant);

    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<Finding>> _findings = new(SymbolEqualityComparer.Default);
    private readonly EntryPoints _entryPoints;
    private readonly LockFindings _locks;

    private Facts(Compilation compilation, UserLines user)
    {
        var catalogue = user.Catalogue;
        Models = new SourceModels(compilation);
        _entryPoints = new EntryPoints(Models, catalogue);
        Contexts = new ContextInference(Models, _entryPoints);
        Summaries = new SummarySource(Models, project => SummaryStore.For(project, catalogue));
        Summaries.Reader = new MemberReader(Models, catalogue, new Annotations(user.Declared), _entryPoints, Summaries);
        Effects = new EffectInference(Summaries);
        _locks = new LockFindings(this);
        IsTestProject = TestName.IsMatch(compilation.AssemblyName ?? "") && compilation.ReferencedAssemblyNames.Any(static name => IsTestFramework(name.Name));
    }

    /// <summary>
    /// A project of tests by its name and its references: the jobs and handlers that it defines are fixtures, which block on
    /// purpose and are run by nobody else.
    /// </summary>
    public bool IsTestProject { get; }

    public SourceModels Models { get; }

    public ContextInference Contexts { get; }

    public SummarySource Summaries { get; }

    public EffectInference Effects { get; }

    /// <summary>The facts of a compilation; the options are those of the first who asks, and all rules get the same.</summary>
    public static Facts Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        if (Known.TryGetValue(compilation, out var facts)) return facts;
        var user = UserLines.Of(compilation, options, cancellation);
        return Known.GetValue(compilation, created => new Facts(created, user));
    }

    /// <summary>All findings in a member, its lambdas and local functions included.</summary>
    public ImmutableArray<Finding> FindingsIn(ISymbol owner, CancellationToken cancellation) =>
        _findings.TryGetValue(owner, out var known) ? known : _findings.GetOrAdd(owner, Find(owner, cancellation).AddRange(_locks.In(owner, cancellation)));

    /// <summary>A place in a tree of this compilation, or of another one whose trees may not be reported on.</summary>
    public Location LocationOf(SyntaxTree tree, TextSpan span) =>
        Models.Compilation.ContainsSyntaxTree(tree) ? Location.Create(tree, span) : Location.Create(tree.FilePath, span, tree.GetText().Lines.GetLinePositionSpan(span));

    /// <summary>Whether a member belongs to a type that lives on an event loop.</summary>
    public bool LivesOnLoop(IMethodSymbol? owner) => owner?.ContainingType is { } type && _entryPoints.LivesOnLoop(type);

    private static bool IsTestFramework(string assembly) =>
        assembly is "nunit.framework" or "Microsoft.VisualStudio.TestPlatform.TestFramework" or "MSTest.TestFramework" or "TUnit.Core"
        || assembly.StartsWith("xunit.", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Words without which a body that has no context of its own cannot hold a finding: functions that may have one, waits for
    /// tasks, locks. Looking for them in the text spares binding most bodies of a solution.
    /// </summary>
    private static readonly string[] Words = ["=>", "delegate", "async", ".Wait", ".Result", ".GetResult", "lock", "Enter", "ReleaseMutex", "WaitOne"];

    private bool MayMatter(ISymbol owner, CancellationToken cancellation)
    {
        if (owner is IMethodSymbol method && _entryPoints.Of(method) != RunContext.Unknown) return true;
        foreach (var reference in owner.DeclaringSyntaxReferences)
        {
            var text = reference.SyntaxTree.GetText(cancellation).ToString(BodySpan(reference.GetSyntax(cancellation)));
            if (Words.Any(word => text.IndexOf(word, StringComparison.Ordinal) >= 0)) return true;
        }

        return false;
    }

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
            IMethodSymbol method => Summaries.BodiesOf(method, cancellation),
            IFieldSymbol or IPropertySymbol => Summaries.InitialisersOf(owner.ContainingType, owner.IsStatic, cancellation).Where(body => body.IsNested && IsInside(owner, body)).ToList(),
            _ => [],
        };
        if (bodies.Count == 0) return ImmutableArray<Finding>.Empty;
        var method2 = owner as IMethodSymbol;
        var ownerContexts = method2 is null ? RunContext.Unknown : _entryPoints.Of(method2);
        var findings = new BodyFindings(this, cancellation);
        return bodies.SelectMany(body => findings.Of(body, method2, ownerContexts)).ToImmutableArray();
    }

    private static bool IsInside(ISymbol owner, BodySummary body) =>
        owner.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == body.Tree && reference.Span.Contains(body.Span));
}
