namespace Quintet.CatalogueScan;

/// <summary>How a method comes to a seed: how many calls away, which one, and the next method on the shortest way.</summary>
internal sealed record Reached(string Id, int Depth, string Kind, Reached? Next)
{
    public IEnumerable<string> Path
    {
        get
        {
            for (var step = this; step is not null; step = step.Next) yield return step.Id;
        }
    }
}

/// <summary>Closes the set of seeds under "is called by", breadth first, so that the shortest evidence is found.</summary>
internal static class Reachability
{
    public static Dictionary<string, Reached> From(CallGraph graph, IReadOnlyDictionary<string, string> seeds, int depth)
    {
        var reached = new Dictionary<string, Reached>(StringComparer.Ordinal);
        var queue = new Queue<Reached>();
        foreach (var (id, kind) in seeds.OrderBy(static seed => seed.Key, StringComparer.Ordinal)) Visit(new Reached(id, 0, kind, null));
        while (queue.TryDequeue(out var current))
        {
            if (current.Depth == depth) continue;
            foreach (var caller in graph.CallersOf(current.Id)) Visit(new Reached(caller, current.Depth + 1, current.Kind, current));
        }

        return reached;

        void Visit(Reached one)
        {
            if (graph.Methods.TryGetValue(one.Id, out var method) && BlockingSeeds.IsBackOff(method)) return;
            if (reached.TryAdd(one.Id, one)) queue.Enqueue(one);
        }
    }
}
