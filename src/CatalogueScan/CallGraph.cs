namespace Quintet.CatalogueScan;

/// <summary>Who calls whom, over all assemblies, by documentation id.</summary>
/// <remarks>
/// A virtual call leads to the method that it names and not to its overrides: with overrides, every method that writes to a
/// stream would reach the network. Delegates and async bodies (their state machines are started through a generic) end a path.
/// </remarks>
internal sealed class CallGraph
{
    private readonly Dictionary<string, List<string>> _callers = new(StringComparer.Ordinal);

    public Dictionary<string, ScannedMethod> Methods { get; } = new(StringComparer.Ordinal);

    public void Add(ScannedMethod method) => Methods.TryAdd(method.Id, method);

    public void AddCall(string caller, string callee)
    {
        if (!_callers.TryGetValue(callee, out var list)) _callers.Add(callee, list = []);
        list.Add(caller);
    }

    public IEnumerable<string> CallersOf(string id) => _callers.TryGetValue(id, out var list) ? list : [];
}
