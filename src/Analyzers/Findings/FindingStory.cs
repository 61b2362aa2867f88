using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Guidance;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>What a finding tells its reader and its fix: who, what is evidence for it, the path, and what to do.</summary>
internal sealed class FindingStory(Facts facts, CancellationToken cancellation)
{
    /// <summary>A reach with all that its message and its fix need to know.</summary>
    /// <param name="id">The rule that speaks.</param>
    /// <param name="reach">What is reached.</param>
    /// <param name="context">Where the body runs.</param>
    /// <param name="body">The body.</param>
    /// <param name="others">Further sites with the same cause.</param>
    /// <param name="doubt">Why it is only possible, in words; null for what is certain, or where only its place speaks for that.</param>
    public Finding Of(
        string id, Reach reach, RunContext context, BodySummary body, IReadOnlyCollection<TextSpan> others, string? doubt)
    {
        var cause = reach.Cause;
        var path = CallPath.Of(body, reach);
        var work = reach.Kind == StepKind.Blocks ? WorkKind.Blocking : WorkKind.CpuBound;
        var twin = work == WorkKind.Blocking ? SiblingOf(reach) ?? (HasTwin(cause) ? Advisor.TwinOf(cause) : null) : null;
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties[FindingProperties.Path] = path;
        properties[FindingProperties.Kind] = work == WorkKind.Blocking ? cause.BlockKind.ToString() : "Cpu";
        properties[FindingProperties.Context] = context.ToString();
        properties[FindingProperties.RootCause] = reach.RootCause;
        properties[FindingProperties.Moves] = string.Join(",", Advisor.Moves(work, context));
        if (others.Count > 0)
            properties[FindingProperties.More] = string.Join(",", others.Select(static span => $"{span.Start}+{span.Length}"));
        if (reach.IsDirect) properties[FindingProperties.Direct] = "true";
        if (cause.Entry is { } entry)
        {
            properties[FindingProperties.Root] = entry.Id;
            if (entry.Twin is not null) properties[FindingProperties.Twin] = entry.Twin;
        }

        var evidence = work != WorkKind.Blocking ? cause.Evidence ?? cause.Name
            : cause is { UnknownStream: true, BlockKind: BlockKind.File } ? "while its stream answers"
            : Advisor.Doing(cause.BlockKind);
        if (id == "QNT5006" && NameOfWaited(reach) is { } waited) evidence = waited;
        var told = others.Count > 0 ? $"{path}, +{others.Count} more" : path;
        if (doubt is not null) told += $", {doubt}";
        return new Finding(
            id, facts.LocationOf(reach.Body.Tree, reach.Step.Span), reach.Links.Skip(1)
                .Select(link => facts.LocationOf(link.Body.Tree, link.Step.Span)).ToImmutableArray(),
            [Subject(id, body, context), evidence, told, End(id, work, context, twin, body)], properties.ToImmutable());
    }

    /// <summary>What cannot go on while the loop waits for it.</summary>
    private string? NameOfWaited(Reach reach) => reach.Cause switch
    {
        { IsOfLoop: true } => "work that was posted to the same loop",
        { TaskSource: { } source } when NameOfTask(source) is { } coroutine => $"{coroutine}, which resumes on the same loop",
        { TaskParameter: >= 0 } when LoopDeadlocks.GivenSource(reach) is { } given && NameOfTask(given) is { } coroutine =>
            $"{coroutine}, which resumes on the same loop",
        { PoolFunction: { } function } when NameOfTask(function) is { } runs => $"{runs}, which waits for the same loop",
        _ => null,
    };

    private string? NameOfTask(string source) =>
        facts.Summaries.TargetsOf(source, cancellation).Select(target => facts.Summaries.Get(target, cancellation)?.Name)
            .FirstOrDefault(static name => name is not null) is { } name ? $"'{name}'" : null;

    /// <summary>The body as the beginning of its message; a turn that is no coroutine gives way at no await.</summary>
    private static string Subject(string id, BodySummary body, RunContext context) =>
        id is not ("QNT4001" or "QNT4002" or "QNT4003" or "QNT4005") ? body.Name
        : context == RunContext.Turn && !body.IsAsync ? $"'{body.Name}' takes one message at a time"
        : body.IsAsync ? $"'{body.Name}' is a coroutine" : $"'{body.Name}' gives a task";

    /// <summary>The asynchronous form that the member which is called here has beside it: its author made the way already.</summary>
    private string? SiblingOf(Reach reach)
    {
        if (reach.IsDirect || reach.Step.Target is not { } target) return null;
        return facts.Summaries.SymbolOf(BodyKey.NamedBy(target)) is IMethodSymbol { MethodKind: MethodKind.Ordinary } called
            && called.ContainingType.GetMembers(called.Name + "Async").Any(sibling =>
                sibling is IMethodSymbol { ReturnType.Name: "Task" or "ValueTask" } form && Taken(form) >= Taken(called)
                && !EndsAlike(form, reach))
                ? $"await {called.ContainingType.Name}.{called.Name}Async"
                : null;
    }

    /// <summary>How much a method is told: who takes less than its namesake does something else.</summary>
    private static int Taken(IMethodSymbol method) => method.Parameters.Count(static parameter =>
        parameter.RefKind != RefKind.Out && parameter.Type.Name is not "CancellationToken");

    /// <summary>Not where the framework that is referenced is older than the asynchronous form of its member.</summary>
    private bool HasTwin(Step cause)
    {
        if (cause.Entry is not { Twin: { } twin } entry || twin is "await" or "none") return true;
        var form = twin == "auto" ? ApiCatalogue.WithoutParameters(entry.Id) + "Async" : ApiCatalogue.WithoutParameters(twin);
        var dot = form.LastIndexOf('.');
        if (dot <= 2 || !form.StartsWith("M:System.", StringComparison.Ordinal)) return true;
        var named = facts.Models.Compilation.GetTypeByMetadataName(form.Substring(2, dot - 2));
        for (var type = named; type is not null; type = type.BaseType)
            if (!type.GetMembers(form.Substring(dot + 1)).IsEmpty) return true;
        return named is null;
    }

    /// <summary>An asynchronous form by its name alone: it waits at the same place.</summary>
    private bool EndsAlike(IMethodSymbol form, Reach reach) => BodyKey.Of(form) is { } key
        && facts.Summaries.TargetsOf(form.IsAbstract ? BodyKey.Virtual + key : key, cancellation).Any(target =>
            facts.Summaries.Get(target, cancellation) is { } body
            && facts.Effects.OfSteps(body, cancellation).Any(other => other.RootCause == reach.RootCause));

    private string End(string id, WorkKind work, RunContext context, string? twin, BodySummary body) => id switch
    {
        "QNT1011" => Advisor.OfGoroutine(twin),
        "QNT3013" => Advisor.OfGil,
        "QNT5007" => Advisor.OfEndless,
        _ => Advisor.Sentence(work, context, twin, CanAwait(body)),
    };

    /// <summary>
    /// A constructor, an accessor and an operator give no task, and what a framework asks for a value, as a converter, gives it at once.
    /// </summary>
    private bool CanAwait(BodySummary body)
    {
        if (body.IsNested || facts.Summaries.SymbolOf(body.Key) is not IMethodSymbol method) return true;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation)) return false;
        if (method.Parameters.Any(static parameter => parameter.RefKind is RefKind.Ref or RefKind.Out)) return false;
        return method.ReturnsVoid || method.ReturnType.Name is "Task" or "ValueTask" || !IsAskedFor(method);
    }

    /// <summary>It overrides or implements a member that is not in source.</summary>
    private static bool IsAskedFor(IMethodSymbol method)
    {
        var overridden = method.OverriddenMethod;
        while (overridden?.OverriddenMethod is { } further) overridden = further;
        return overridden is not null && !SourceModels.HasSource(overridden.OriginalDefinition)
            || method.ContainingType.AllInterfaces.Where(static contract => !SourceModels.HasSource(contract.OriginalDefinition))
                .SelectMany(contract => contract.GetMembers(method.Name))
                .Select(method.ContainingType.FindImplementationForInterfaceMember)
                .Any(answer => SymbolEqualityComparer.Default.Equals(answer, method));
    }
}
