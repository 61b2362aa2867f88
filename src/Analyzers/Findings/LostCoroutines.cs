using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Coroutines whose result nobody takes (QNT4006): the value of a statement, of a local that nobody reads, of a list that nobody awaits.
/// Every mention of the local is in sight; a use of any kind counts as one that awaits.
/// </summary>
/// <remarks>
/// A coroutine of our models is cold: dropped, it never runs, whoever drops it. A task runs all the same; what is lost is its end. For that
/// a statement of an async function counts only where the compiler warns as well (CS4014): who switches that off has said so. Of tasks
/// only a call of a coroutine counts: work that is handed to somebody (<c>Task.Run</c>, <c>InvokeAsync</c>) is started on purpose.
/// </remarks>
internal sealed class LostCoroutines(Facts facts)
{
    public IEnumerable<Finding> In(ISymbol owner, CancellationToken cancellation)
    {
        if (owner is not IMethodSymbol method) yield break;
        foreach (var (part, model) in MemberText.Parts(facts, owner, cancellation))
        {
            // Asked for by few members, and then once for all their locals.
            var mentions = new Lazy<ILookup<string, IdentifierNameSyntax>>(() => part.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(static mention => mention.Parent is not NameColonSyntax)
                .ToLookup(static mention => mention.Identifier.ValueText));
            foreach (var node in part.DescendantNodes())
            {
                var lost = node switch
                {
                    InvocationExpressionSyntax call => OfCall(method, model, mentions, call, cancellation),
                    VariableDeclaratorSyntax { Initializer.Value: { } value } declarator =>
                        OfLocal(model, mentions, declarator, LostCall.Inner(value), cancellation),
                    _ => null,
                };
                if (lost is null) continue;
                yield return new Finding(
                    "QNT4006", facts.LocationOf(lost.Call.SyntaxTree, lost.Call.Span), ImmutableArray<Location>.Empty,
                    [MemberText.BodyName(facts, method, lost.Call, cancellation), lost.Name, lost.How, lost.Why],
                    ImmutableDictionary<string, string?>.Empty);
            }
        }
    }

    private LostCall? OfCall(
        IMethodSymbol owner, SemanticModel model, Lazy<ILookup<string, IdentifierNameSyntax>> mentioned, InvocationExpressionSyntax call,
        CancellationToken cancellation)
    {
        if (call.Parent is ExpressionStatementSyntax && MemberText.NameOf(call) is "ToList" or "ToArray" && LostCall.IsProjection(call)
            && OfProjection(model, call, cancellation) is { } each) return each;
        if (LostCall.PlaceOf(call) is not { } place || !MayBe(call, cancellation)) return null;
        var lost = LostCall.Of(facts.Models, model, call, cancellation) ?? LostFunction.Of(facts, owner, model, call, cancellation);
        if (lost is null) return null;
        if (place.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax kept }
            && IsOnlyAssigned(model, mentioned.Value, kept, cancellation))
        {
            return lost.IsCold || !lost.IsHarmless(facts, cancellation)
                ? lost with { How = $"which '{kept.Identifier.ValueText}' keeps and nobody reads" } : null;
        }

        if (LostCall.Deconstructed(place) is { } part)
        {
            var name = part.Identifier.ValueText;
            return mentioned.Value[name].Any() || LostCall.SaysSo(name) || !lost.IsCold && lost.IsHarmless(facts, cancellation)
                ? null : lost with { How = $"which '{name}' keeps and nobody reads" };
        }

        var isDropped = place.Parent switch
        {
            ExpressionStatementSyntax or ForStatementSyntax =>
                lost.IsCold
                || (MemberText.IsAsync(MemberText.FunctionAround(call)) && !IsOverlooked(model, place)
                    ? IsWarnedOf(model, call, cancellation)
                    : !PeerPragmas.AllowLost(call)),
            AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } discard =>
                lost.IsCold && model.GetSymbolInfo(discard.Left, cancellation).Symbol is IDiscardSymbol,
            ArrowExpressionClauseSyntax { Parent: var function } =>
                ReturnsNothing(function) && (lost.IsCold || !PeerPragmas.AllowLost(call)),
            // An expression that tests expect to throw is given in this form, too: there only what never runs is certain.
            AnonymousFunctionExpressionSyntax lambda =>
                (lost.IsCold || !facts.IsTestProject && !LostCall.IsExpectedToThrow(lambda) && !PeerPragmas.AllowLost(call))
                && model.GetTypeInfo(lambda, cancellation).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: true },
            _ => false,
        };
        return isDropped && (lost.IsCold || !lost.IsHarmless(facts, cancellation))
            ? lost with { How = "whose result is dropped" }
            : null;
    }

    /// <summary><c>Task saving; saving = SaveAsync();</c>, and no other word of the local.</summary>
    private static bool IsOnlyAssigned(
        SemanticModel model, ILookup<string, IdentifierNameSyntax> mentioned, IdentifierNameSyntax kept, CancellationToken cancellation) =>
        !LostCall.SaysSo(kept.Identifier.ValueText)
        && mentioned[kept.Identifier.ValueText].All(static one => one.Parent is AssignmentExpressionSyntax
        {
            Parent: ExpressionStatementSyntax, RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
        } set && set.Left == one)
        && model.GetSymbolInfo(kept, cancellation).Symbol is ILocalSymbol { RefKind: RefKind.None };

    private LostCall? OfLocal(
        SemanticModel model, Lazy<ILookup<string, IdentifierNameSyntax>> mentioned, VariableDeclaratorSyntax declarator,
        ExpressionSyntax value, CancellationToken cancellation)
    {
        if (declarator is not { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } } })
            return null;
        // var saving = all ? SaveAsync() : Task.CompletedTask;
        if (value is ConditionalExpressionSyntax choice)
            value = LostCall.Inner(choice.WhenTrue) as InvocationExpressionSyntax ?? LostCall.Inner(choice.WhenFalse);
        var elements = LostCall.ElementsOf(value);
        if (value is not InvocationExpressionSyntax && !LostCall.IsMadeEmpty(value) && elements is null) return null;
        var name = declarator.Identifier.ValueText;
        var mentions = mentioned.Value[name].ToList();
        if (elements is not null && mentions.All(LostCall.IsCount) && !LostCall.SaysSo(name))
        {
            var first = elements.Select(LostCall.Inner).OfType<InvocationExpressionSyntax>()
                .Where(call => MayBe(call, cancellation)).Select(call => LostCall.Of(facts.Models, model, call, cancellation))
                .FirstOrDefault(call => call is not null && (call.IsCold || !call.IsHarmless(facts, cancellation)));
            return first is null ? null : first with { How = $"which stands in '{name}' that nobody awaits" };
        }

        if (LostCall.AddedTo(mentions) is { } added)
        {
            if (model.GetDeclaredSymbol(declarator, cancellation) is not ILocalSymbol { Type: var type } || !LostCall.IsMadeEmpty(value)
                || LostCall.ElementOf(type) is not { } element) return null;
            return new LostCall(added, element, MemberText.NameOf(added) ?? "?")
            {
                How = $"which stands in '{name}' that nobody awaits",
            };
        }

        var isProjection = value is InvocationExpressionSyntax list && LostCall.IsProjection(list);
        if (LostCall.SaysSo(name) || (isProjection ? !mentions.All(LostCall.IsCount) : mentions.Count > 0)) return null;
        if (value is not InvocationExpressionSyntax call || !MayBe(call, cancellation) && !LostCall.IsProjection(call)) return null;
        if (LostCall.Of(facts.Models, model, call, cancellation) is { } lost)
            return lost.IsCold || !lost.IsHarmless(facts, cancellation)
                ? lost with { How = $"which '{name}' keeps and nobody reads" } : null;
        return LostCall.IsProjection(call) && OfElements(model, call, cancellation) is { } each
            ? each with { How = $"which stands in '{name}' that nobody awaits" }
            : null;
    }

    /// <summary><c>items.Select(SaveAsync).ToList();</c>; without the list nothing would begin.</summary>
    private LostCall? OfProjection(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation) =>
        !PeerPragmas.AllowLost(call) && OfElements(model, call, cancellation) is { } each && LostCall.Projected(call) switch
        {
            InvocationExpressionSyntax called => LostCall.Of(facts.Models, model, called, cancellation) is { } lost
                && (lost.IsCold || !lost.IsHarmless(facts, cancellation)),
            { } name => model.GetSymbolInfo(name, cancellation).Symbol is IMethodSymbol method && !LostCall.SaysSo(method.Name)
                && (method.IsAsync || method.Name.EndsWith("Async", StringComparison.Ordinal)),
            null => false,
        }
            ? each with { How = "whose result is dropped" }
            : null;

    private static LostCall? OfElements(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation) =>
        model.GetTypeInfo(call, cancellation).Type is { } sequence && LostCall.ElementOf(sequence) is { } kind
            ? new LostCall(call, kind, LostCall.ProjectedName(call) ?? "?")
            : null;

    /// <summary>A call by a name that no coroutine has is none; the model is not asked.</summary>
    private bool MayBe(InvocationExpressionSyntax call, CancellationToken cancellation) => MemberText.NameOf(call) is { Length: > 0 } name
        && (name.EndsWith("Async", StringComparison.Ordinal) || name is "WhenAll" or "Delay" or "Invoke"
            // A delegate that was given, or is kept.
            || name[0] == '_' || char.IsLower(name[0])
            || AwaitableNames.Contains(facts.Models, name, cancellation)
            || facts.UsesRuntime);

    /// <summary>Behind <c>x?.</c> the compiler warns of nothing, unless its warning is switched off as a whole.</summary>
    private static bool IsOverlooked(SemanticModel model, ExpressionSyntax place) => place is ConditionalAccessExpressionSyntax
        && !(model.Compilation.Options.SpecificDiagnosticOptions.TryGetValue("CS4014", out var told) && told == ReportDiagnostic.Suppress)
        && !(model.Compilation.Options.SyntaxTreeOptionsProvider is { } provider
            && provider.TryGetDiagnosticValue(model.SyntaxTree, "CS4014", CancellationToken.None, out var here)
            && here == ReportDiagnostic.Suppress);

    private static bool IsWarnedOf(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation) =>
        model.GetMethodBodyDiagnostics(call.Span, cancellation)
            .Any(warning => warning is { Id: "CS4014", IsSuppressed: false } && warning.Location.SourceSpan.IntersectsWith(call.Span));

    private static bool ReturnsNothing(SyntaxNode? function) => function switch
    {
        MethodDeclarationSyntax method => IsVoid(method.ReturnType),
        LocalFunctionStatementSyntax local => IsVoid(local.ReturnType),
        ConstructorDeclarationSyntax or DestructorDeclarationSyntax => true,
        AccessorDeclarationSyntax accessor => accessor.Keyword.ValueText is "set" or "init" or "add" or "remove",
        _ => false,
    };

    private static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
}
