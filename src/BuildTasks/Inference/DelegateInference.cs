using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Inference;

/// <summary>Where the methods of one assembly run the delegates that they are given.</summary>
/// <remarks>One use that cannot be told (captured, returned, passed to somebody unknown) and nothing is said about that delegate.</remarks>
internal sealed class DelegateInference
{
    private static readonly string[] Perhaps =
    [
        "M:System.Linq.", "M:System.Threading.LazyInitializer.", "M:System.Collections.Concurrent.ConcurrentDictionary`2.",
    ];

    private readonly Knowledge _knowledge;
    private readonly IReadOnlyDictionary<string, MethodFacts> _methods;
    private readonly Dictionary<(string Id, int Parameter), RunContext> _memo = [];

    public DelegateInference(AssemblyFacts assembly, Knowledge knowledge)
    {
        (_knowledge, _methods) = (knowledge, assembly.ById);
    }

    /// <summary>What others can call and pass a delegate to, in the order of ids.</summary>
    public static IEnumerable<(MethodFacts Method, int Parameter, RunContext Where)> Of(AssemblyFacts assembly, Knowledge knowledge)
    {
        var inference = new DelegateInference(assembly, knowledge);
        foreach (var method in assembly.Methods.Where(static method =>
            (method.IsVisible || method.IsForFriends) && !method.IsAbstract && method.ParameterTypes.Any(Frame.IsDelegate))
            .OrderBy(static method => method.Id, StringComparer.Ordinal))
        {
            // An override elsewhere may do anything with it.
            if (method.IsOpen && method.IsVirtual) continue;
            foreach (var parameter in method.DelegateUses.Select(static use => use.Parameter).Distinct().OrderBy(static ordinal => ordinal))
                if (inference.Where(method.Id, parameter) is var where and not RunContext.Unknown
                    && parameter < method.ParameterNames.Count && method.ParameterNames[parameter].Length > 0)
                    yield return (method, parameter, where);
        }
    }

    /// <summary>Where a call runs the delegate that it is given as this argument.</summary>
    public RunContext Of(CallFact call, int argument)
    {
        var isInvoked = call.Target.IndexOf(".Invoke", StringComparison.Ordinal) >= 0;
        return isInvoked ? RunContext.Unknown : Of(new DelegateUse(0, DelegateFate.Passed, call.Target, argument, call.IsVirtual));
    }

    private RunContext Where(string id, int parameter)
    {
        if (_memo.TryGetValue((id, parameter), out var known)) return known;
        // Passed round in a circle, it runs where the others on the circle run it; who asks first is not told more than nothing.
        _memo[(id, parameter)] = RunContext.Unknown;
        var joined = RunContext.Unknown;
        foreach (var use in _methods[id].DelegateUses)
        {
            // Handed on to itself, it runs where the others run it.
            if (use.Parameter != parameter || use.Target == id && use.Argument == parameter) continue;
            var one = Of(use);
            if (one == RunContext.Unknown) return RunContext.Unknown;
            joined |= one;
        }

        return _memo[(id, parameter)] = joined;
    }

    private RunContext Of(DelegateUse use)
    {
        switch (use.Kind)
        {
            case DelegateFate.Invoked: return RunContext.Caller;
            case DelegateFate.Kept: return RunContext.Later;
            case DelegateFate.Passed:
                var entries = _knowledge.About(use.Target).Concat(_knowledge.About("T:" + TypeOf(use.Target)))
                    .Where(static entry => entry.Verb == ApiVerb.Runs).ToList();
                var name = _methods.TryGetValue(use.Target, out var own) && use.Argument < own.ParameterNames.Count
                    ? own.ParameterNames[use.Argument] : null;
                var said = entries.FirstOrDefault(entry => entry.Argument == name && name is not null)
                    ?? entries.FirstOrDefault(static entry => entry.Argument is null) ?? (entries.Count == 1 ? entries[0] : null);
                // A query runs when somebody walks through it, and what is made for a key is made once.
                if (said is not null) return RunsPerhaps(use.Target) && said.Where == RunContext.Caller ? RunContext.Unknown : said.Where;
                return own is null || own.IsAbstract || use.IsVirtual && own.IsVirtual && own.IsOpen ? RunContext.Unknown
                    : Where(own.Id, use.Argument);
            default: return RunContext.Unknown;
        }
    }

    /// <summary>What is run there is run once, or later, or not at all.</summary>
    public static bool RunsPerhaps(string target) => Array.Exists(Perhaps, type => target.StartsWith(type, StringComparison.Ordinal));

    /// <summary>A query that is given back runs when the caller walks through it, if ever.</summary>
    public static bool IsPutOff(MethodFacts caller, CallFact call) => call.IsGivenBack
        && caller.Returns.StartsWith("System.Collections.Generic.IEnumerable{", StringComparison.Ordinal)
        && call.Target.StartsWith("M:System.Linq.Enumerable.", StringComparison.Ordinal)
        && !Calling.NameOf(call.Target).StartsWith("To", StringComparison.Ordinal) && Calling.NameOf(call.Target) != "Aggregate";

    private static string TypeOf(string id)
    {
        var open = id.IndexOf('(');
        var dot = id.LastIndexOf('.', open < 0 ? id.Length - 1 : open);
        return dot < 2 ? "" : id.Substring(2, dot - 2);
    }
}
