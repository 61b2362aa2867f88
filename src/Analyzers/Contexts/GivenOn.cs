using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>
/// Members in source that give what they are given to the loop or to the pool:
/// <c>void OnUi(Action act) =&gt; control.BeginInvoke(act);</c>. What is written at their call runs there.
/// </summary>
internal sealed class GivenOn(SourceModels models)
{
    private const RunContext Away = RunContext.Pool | RunContext.Dedicated;

    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Parameter), RunContext> _known = new();

    /// <summary>What this thread is following: members that give their parameter to each other end there.</summary>
    [ThreadStatic]
    private static HashSet<(IMethodSymbol Method, int Parameter)>? _followed;

    /// <summary>
    /// The event loop when that runs the parameter, if need be the caller at once; the pool or a thread of its own when nobody else does;
    /// unknown for anything else.
    /// </summary>
    /// <param name="target">The method called.</param>
    /// <param name="parameter">Its parameter.</param>
    /// <param name="follow">Where a delegate at a place runs.</param>
    public RunContext Of(IMethodSymbol target, IParameterSymbol parameter, Func<IOperation, RunContext> follow)
    {
        var giver = (target.ReducedFrom ?? target).OriginalDefinition;
        if (giver.DeclaringSyntaxReferences.Length != 1) return RunContext.Unknown;
        var key = (giver, parameter.Ordinal);
        if (_known.TryGetValue(key, out var known)) return known;
        var followed = _followed ??= [];
        if (!followed.Add(key)) return RunContext.Caller;
        var contexts = giver is { IsAbstract: false, IsVirtual: false, IsOverride: false }
            && giver.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax method && Told.GivesOn(method)
                ? Joined(method, parameter.Name, follow)
                : RunContext.Unknown;
        followed.Remove(key);
        // On the way through a ring of them, only the first has the whole answer.
        return followed.Count == 0 ? _known[key] = contexts : contexts;
    }

    private RunContext Joined(MethodDeclarationSyntax method, string parameter, Func<IOperation, RunContext> follow)
    {
        if (models.Of(method.SyntaxTree) is not { } model) return RunContext.Unknown;
        var contexts = RunContext.Unknown;
        foreach (var mention in method.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (mention.Identifier.ValueText != parameter || model.GetOperation(mention) is not IParameterReferenceOperation use
                || IsLookedAt(use)) continue;
            // That a function around it awaits is no place.
            var one = follow(use) & ~RunContext.Coroutine;
            if (one == RunContext.Unknown || (one & ~(RunContext.EventLoop | RunContext.Caller | Away)) != 0) return RunContext.Unknown;
            contexts |= one;
        }

        return (contexts & ~Away) == 0 ? contexts : (contexts & Away) == 0 ? contexts & RunContext.EventLoop : RunContext.Unknown;
    }

    /// <summary><c>if (act == null) …</c>, <c>ArgumentNullException.ThrowIfNull(act)</c>.</summary>
    private static bool IsLookedAt(IOperation use)
    {
        var parent = use.Parent;
        while (parent is IConversionOperation or IArgumentOperation) parent = parent.Parent;
        return parent is IBinaryOperation or IIsPatternOperation
            or IInvocationOperation { TargetMethod.Name: "ThrowIfNull" };
    }
}
