namespace Quintet.CatalogueScan;

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
