using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Inference;

/// <summary>Who waits for a lock because somebody in the assembly holds it over work.</summary>
/// <param name="holders">Those who take a lock and call somebody who does something.</param>
/// <param name="takers">All who take a lock.</param>
/// <param name="effectsOf">What a call in a body does.</param>
internal sealed class LockInference(
    IEnumerable<MethodFacts> holders, IEnumerable<MethodFacts> takers, Func<MethodFacts, CallFact, IEnumerable<Effect>> effectsOf)
{
    /// <summary>
    /// The calls that take a lock which is held over work for long, each with what may happen there: whoever comes first does not wait.
    /// </summary>
    public IReadOnlyList<(MethodFacts Taker, CallFact Call, Effect Effect)> HeldOverWork()
    {
        var held = new Dictionary<string, Effect>(StringComparer.Ordinal);
        foreach (var holder in holders.Where(static method => !IsLifeCycle(method)))
            foreach (var call in holder.Calls.Where(static call => call.Locks.Count > 0 && !IsWaitOnLock(call)))
                foreach (var effect in effectsOf(holder, call))
                    if (effect is { Verb: ApiVerb.Blocks, IsPossible: false, IsBrief: false, Given: null,
                        Unless: ApiConditions.None or ApiConditions.Zero })
                        Keep(held, call.Locks, holder, effect);
        if (held.Count == 0) return [];
        return
        [
            .. from taker in takers
               where !IsLifeCycle(taker)
               from call in taker.Calls
               where call.Takes is not null && held.ContainsKey(call.Takes)
               select (taker, call, held[call.Takes!]),
        ];
    }

    /// <summary><c>Store._gate</c> for <c>Acme.Store._gate</c>.</summary>
    public static string Display(string name)
    {
        var dot = name.LastIndexOf('.');
        var type = dot < 0 ? -1 : name.LastIndexOf('.', dot - 1);
        return name.Substring(type + 1);
    }

    private static void Keep(Dictionary<string, Effect> held, IReadOnlyList<string> locks, MethodFacts holder, Effect effect)
    {
        foreach (var name in locks)
        {
            var waited = new Effect(ApiVerb.Blocks, BlockKind.Wait, IsBrief: false, IsPossible: true, ApiConditions.None,
                [$"lock {Display(name)}", holder.Name, .. effect.Path]);
            if (!held.TryGetValue(name, out var known) || waited.CompareTo(known) < 0) held[name] = waited;
        }
    }

    /// <summary>It gives the lock up while it waits.</summary>
    private static bool IsWaitOnLock(CallFact call) => call.Target.StartsWith("M:System.Threading.Monitor.Wait", StringComparison.Ordinal);

    /// <summary>Construction and disposal: nobody else is there yet, or any more.</summary>
    private static bool IsLifeCycle(MethodFacts method) =>
        method.Name is "Dispose" or "DisposeAsync" or "Close" || method.Name.StartsWith("new ", StringComparison.Ordinal)
        || method.Name.StartsWith("static ", StringComparison.Ordinal);
}
