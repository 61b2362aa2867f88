using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>
/// Bodies that only handlers of windows lead to. A program has one thread for all its windows, unless it starts another one for them, so
/// that none of these bodies runs while another does.
/// </summary>
/// <remarks>Safe for concurrent use; one instance per compilation.</remarks>
internal sealed class WindowThread(SourceModels models, EntryPoints entryPoints, CallSites sites, Exposure exposure)
{
    private const int MaxCallers = 200;

    /// <summary>Where a coroutine leaves the thread that its handler began on.</summary>
    private static readonly string[] WaysOut = ["ConfigureAwait", "SwitchTo"];

    /// <summary>What a thread has to be told that shows windows itself.</summary>
    private const string AnotherThread = "SetApartmentState";

    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);
    private object? _isOne;

    /// <summary>No thread is started for windows of its own.</summary>
    public bool IsOne(CancellationToken cancellation) =>
        (bool)(_isOne ??= !models.Compilation.SyntaxTrees.Any(tree => NameIndex.Find(tree, AnotherThread, cancellation).Any()));

    /// <summary>The function of a handler that is written in a member.</summary>
    public bool Runs(RunContext own, IMethodSymbol member, CancellationToken cancellation) =>
        (own & ~RunContext.Coroutine) == RunContext.EventLoop && IsOfWindow(member) && Stays(member, cancellation);

    public bool Runs(IMethodSymbol body, CancellationToken cancellation) =>
        _known.TryGetValue(body, out var known) ? known : _known.GetOrAdd(body, OnlyHandlersLeadTo(body, cancellation));

    private bool OnlyHandlersLeadTo(IMethodSymbol body, CancellationToken cancellation)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { body };
        var pending = new Stack<IMethodSymbol>([body]);
        for (var walked = 0; pending.Count > 0;)
        {
            var current = pending.Pop();
            var own = entryPoints.Of(current) & ~RunContext.Coroutine;
            var handles = own == RunContext.EventLoop && IsOfWindow(current);
            if (own != RunContext.Unknown && !handles || !Stays(current, cancellation)) return false;
            var callers = sites.Of(current, cancellation);
            if (!handles && (!exposure.IsClosed(current) || !callers.Complete || callers.Found.Count == 0)) return false;
            if ((walked += callers.Found.Count) > MaxCallers) return false;
            foreach (var caller in callers.Found)
            {
                if (caller.Body is not { } outer) return false;
                if (Runs(caller.Own, outer, cancellation)) continue;
                if ((caller.Own & ~RunContext.Coroutine) != 0 || caller.Detached) return false;
                outer = ContextInference.Definition(outer);
                if (seen.Add(outer)) pending.Push(outer);
            }
        }

        return true;
    }

    /// <summary>The components of a server have a thread for each user.</summary>
    private bool IsOfWindow(IMethodSymbol member) =>
        member.ContainingType is { } type && entryPoints.LivesOnLoop(type)
        && !type.AllInterfaces.Any(static contract => contract is { Name: "IComponent", ContainingNamespace.Name: "Components" });

    private static bool Stays(IMethodSymbol member, CancellationToken cancellation)
    {
        foreach (var part in member.DeclaringSyntaxReferences)
        {
            var text = part.SyntaxTree.GetText(cancellation).ToString(part.Span);
            if (WaysOut.Any(word => text.IndexOf(word, StringComparison.Ordinal) >= 0)) return false;
        }

        return true;
    }
}
