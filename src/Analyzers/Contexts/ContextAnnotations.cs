using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>What the author says: <c>[EventLoop]</c> and <c>[RunsOn(model)]</c>, by name, so that nobody needs our package.</summary>
internal static class ContextAnnotations
{
    /// <summary>The words of <see cref="RunContext"/>, and what the models call their bodies.</summary>
    private static readonly Dictionary<string, RunContext> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EventLoop"] = RunContext.EventLoop,
        ["Loop"] = RunContext.EventLoop,
        ["NodeLoop"] = RunContext.EventLoop,
        ["Node"] = RunContext.EventLoop,
        ["Dispatcher"] = RunContext.EventLoop,
        ["Turn"] = RunContext.Turn,
        ["Actor"] = RunContext.Turn,
        ["Coroutine"] = RunContext.Coroutine,
        ["Asyncio"] = RunContext.Coroutine,
        ["Request"] = RunContext.Request,
        ["Parallel"] = RunContext.Parallel,
        ["Goroutine"] = RunContext.Parallel,
        ["Goroutines"] = RunContext.Parallel,
        ["Go"] = RunContext.Parallel,
        ["Pool"] = RunContext.Pool,
        ["PoolThread"] = RunContext.Pool,
        ["ThreadPool"] = RunContext.Pool,
        ["Dedicated"] = RunContext.Dedicated,
        ["DedicatedThread"] = RunContext.Dedicated,
        ["Thread"] = RunContext.Dedicated,
        ["GilThread"] = RunContext.GilThread,
        ["GilThreads"] = RunContext.GilThread,
        ["Process"] = RunContext.WorkerProcess,
        ["WorkerProcess"] = RunContext.WorkerProcess,
        ["ProcessPool"] = RunContext.WorkerProcess,
        ["Multiprocessing"] = RunContext.WorkerProcess,
        ["StartUp"] = RunContext.StartUp,
        ["Test"] = RunContext.Test,
    };

    /// <summary>The annotation of a member, of its property, of what it overrides, or else of a type around it.</summary>
    public static RunContext Of(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            var contexts = On(current) | (current.AssociatedSymbol is { } owner ? On(owner) : RunContext.Unknown);
            if (contexts != RunContext.Unknown) return contexts;
        }

        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
            if (On(type) is var contexts and not RunContext.Unknown) return contexts;
        return RunContext.Unknown;
    }

    /// <summary>The annotation written on this very symbol: a method, type, lambda or delegate parameter.</summary>
    public static RunContext On(ISymbol symbol)
    {
        var contexts = RunContext.Unknown;
        foreach (var attribute in symbol.GetAttributes())
        {
            contexts |= attribute.AttributeClass?.Name switch
            {
                "EventLoop" or "EventLoopAttribute" => RunContext.EventLoop,
                "RunsOn" or "RunsOnAttribute" => Named(attribute),
                _ => RunContext.Unknown,
            };
        }

        return contexts;
    }

    private static RunContext Named(AttributeData attribute)
    {
        var contexts = RunContext.Unknown;
        foreach (var argument in attribute.ConstructorArguments) contexts |= Named(argument);
        foreach (var argument in attribute.NamedArguments) contexts |= Named(argument.Value);
        return contexts;
    }

    private static RunContext Named(TypedConstant argument)
    {
        var word = argument.Kind switch
        {
            TypedConstantKind.Primitive => argument.Value as string,
            TypedConstantKind.Type => (argument.Value as ITypeSymbol)?.Name,
            TypedConstantKind.Enum => argument.Type?.GetMembers().OfType<IFieldSymbol>()
                .FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, argument.Value))?.Name,
            _ => null,
        };
        // "event loop" and "event-loop" are what people write in strings.
        word = word?.Replace(" ", "").Replace("-", "");
        return word is not null && Words.TryGetValue(word, out var contexts) ? contexts : RunContext.Unknown;
    }
}
