using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Inference;

/// <summary>
/// What methods do on sides of branches that need not be taken: where every side does it, the method does it for sure, as one that writes
/// to the socket in its <c>if</c> and in its <c>else</c>.
/// </summary>
internal sealed class Parts
{
    /// <summary>What takes more than so many steps to see is nothing that somebody wrote.</summary>
    private const int MostSteps = 256;

    private readonly Dictionary<(string Id, ApiVerb Verb, bool IsBrief), SortedList<int, (CallFact Call, Effect Effect)>> _parts = [];

    /// <summary>Enters what a call does, and gives all effects that are sure now.</summary>
    public IEnumerable<Effect> Enter(MethodFacts method, CallFact call, Effect effect)
    {
        var key = (method.Id, effect.Verb, effect.IsBrief);
        if (!_parts.TryGetValue(key, out var parts)) _parts.Add(key, parts = []);
        if (parts.TryGetValue(call.Index, out var known) && known.Effect.CompareTo(effect) <= 0) return [];
        parts[call.Index] = (call, effect);
        var steps = 0;
        return IsEverywhere([.. parts.Values.Select(static part => part.Call.Sides)], ref steps)
            ? parts.Values.Select(static part => part.Effect) : [];
    }

    private static bool IsEverywhere(List<IReadOnlyList<int>> parts, ref int steps)
    {
        if (parts.Exists(static sides => sides.Count == 0)) return true;
        if (parts.Count < 2 || steps++ > MostSteps) return false;
        var side = parts[0][0];
        return IsEverywhere(On(parts, side), ref steps) && IsEverywhere(On(parts, side ^ 1), ref steps);
    }

    /// <summary>The parts that are left where a branch takes one side, with what else they depend on.</summary>
    private static List<IReadOnlyList<int>> On(List<IReadOnlyList<int>> parts, int side) =>
        parts.FindAll(sides => !sides.Contains(side ^ 1))
            .ConvertAll(sides => sides.Contains(side) ? [.. sides.Where(other => other != side)] : sides);
}
