using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// A semaphore used as a lock, or a lock of readers and writers, private to its type, under which nobody awaits, waits or computes:
/// whoever waits for it hardly waits.
/// </summary>
internal sealed class BriefGates(Facts facts, CancellationToken cancellation)
{
    private static readonly string[] Waits = ["M:System.Threading.SemaphoreSlim.Wait", "M:System.Threading.ReaderWriterLockSlim.Enter"];

    /// <summary>Whether a path ends in a wait for such a gate.</summary>
    public bool IsBehind(Reach reach)
    {
        var last = reach.Links.Last();
        if (last.Step.Entry is not { Id: var id } || !Waits.Any(wait => id.StartsWith(wait, StringComparison.Ordinal))) return false;
        var site = last.Place(cancellation).FirstAncestorOrSelf<InvocationExpressionSyntax>();
        return site is { Expression: MemberAccessExpressionSyntax { Expression: var receiver } }
            && facts.Models.Of(last.Body.Tree)?.GetSymbolInfo(receiver, cancellation).Symbol is
            {
                DeclaredAccessibility: Accessibility.Private, ContainingType: { } type,
            } gate
            && gate is IFieldSymbol or IPropertySymbol { SetMethod: null }
            && Known.GetOrCreateValue(facts).GetOrAdd(gate, one => IsMadeOpen(one)
                && type.DeclaringSyntaxReferences.All(part => Mentions(part, one.Name).All(IsBrief)));
    }

    /// <summary>Each gate is looked at once, however many wait for it.</summary>
    private static readonly ConditionalWeakTable<Facts, GateAnswers> Known = new();

    private sealed class GateAnswers() : ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);

    private bool IsMadeOpen(ISymbol gate) => gate.DeclaringSyntaxReferences.All(declared =>
        InitialValue.Of(declared.GetSyntax(cancellation)) is not { Value: var value }
        || value is BaseObjectCreationExpressionSyntax made && IsOpen(made));

    private IEnumerable<IdentifierNameSyntax> Mentions(SyntaxReference part, string name) =>
        part.GetSyntax(cancellation).DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(mention => mention.Identifier.ValueText == name
                && mention.Parent is not (NameColonSyntax or NameEqualsSyntax));

    private bool IsBrief(IdentifierNameSyntax mention)
    {
        ExpressionSyntax whole = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : mention;
        if (whole.Parent is AssignmentExpressionSyntax { Right: BaseObjectCreationExpressionSyntax made }) return IsOpen(made);
        var member = whole.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == whole => access.Name,
            ConditionalAccessExpressionSyntax
            {
                WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax used },
            } => used.Name,
            _ => null,
        };
        return member?.Identifier.ValueText switch
        {
            "Release" or "Dispose" or "CurrentCount" => true,
            { } exits when exits.StartsWith("Exit", StringComparison.Ordinal) || exits.StartsWith("Is", StringComparison.Ordinal) => true,
            "Wait" or "WaitAsync" or "EnterReadLock" or "EnterWriteLock" or "EnterUpgradeableReadLock" =>
                HeldAfter(whole, member) is var (function, span) && IsQuiet(function, span),
            _ => false,
        };
    }

    /// <summary>A gate that is made shut is a signal: somebody waits for it as long as it takes.</summary>
    private static bool IsOpen(BaseObjectCreationExpressionSyntax made) =>
        made.ArgumentList?.Arguments is not { Count: > 0 } arguments || arguments[0].Expression.ToString() != "0";

    /// <summary>From the call that takes the gate to the one that gives it up.</summary>
    private static (SyntaxNode Function, TextSpan Span)? HeldAfter(ExpressionSyntax gate, SyntaxNode taken)
    {
        var function = taken.Ancestors().FirstOrDefault(static node => node is MemberDeclarationSyntax or AccessorDeclarationSyntax);
        var text = gate.ToString();
        const string Enter = "Enter";
        var name = taken.ToString();
        var exit = name.StartsWith(Enter, StringComparison.Ordinal) ? "Exit" + name.Substring(Enter.Length) : "Release";
        var released = function?.DescendantNodes().OfType<MemberAccessExpressionSyntax>().FirstOrDefault(access =>
            access.SpanStart > taken.Span.End && access.Name.Identifier.ValueText == exit && access.Expression.ToString() == text);
        if (function is null || released is null) return null;
        // if (gate.Wait(0)) gate.Release(): one statement takes it and gives it up.
        var statement = taken.FirstAncestorOrSelf<StatementSyntax>()?.Span.End ?? taken.Span.End;
        return (function, TextSpan.FromBounds(statement <= released.SpanStart ? statement : taken.Span.End, released.SpanStart));
    }

    private bool IsQuiet(SyntaxNode function, TextSpan held)
    {
        if (held.IsEmpty) return true;
        if (function.DescendantNodes(node => node == function || !MemberText.IsFunction(node)).OfType<AwaitExpressionSyntax>()
            .Any(await => held.Contains(await.AwaitKeyword.Span))) return false;
        if (facts.Models.Of(function.SyntaxTree)?.GetDeclaredSymbol(function, cancellation) is not IMethodSymbol method) return false;
        // A function that is written down here runs wherever it is called.
        return facts.Summaries.BodiesOf(method, cancellation).Where(body => !body.IsNested || !held.Contains(body.Span))
            .SelectMany(body => facts.Effects.OfSteps(body, cancellation))
            .All(reach => !held.Contains(reach.Step.Span.Start) || reach.Kind == StepKind.Blocks && reach.Cause.Brief
                || reach.Kind == StepKind.Sized);
    }
}
