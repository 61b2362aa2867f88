using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>
/// Where a body looks something up in what its type keeps, and puts it there: <c>if (_known.TryGetValue(key, out var found)) return found;
/// … _known[key] = made;</c>. What stands where nothing was found happens once for a key.
/// </summary>
internal sealed class Lookups
{
    private static readonly HashSet<string> Asking = new(StringComparer.Ordinal)
        { "TryGetValue", "ContainsKey", "Contains", "TryGet", "TryFind", "Get", "GetValueOrDefault", "get_Item" };

    private static readonly HashSet<string> Putting = new(StringComparer.Ordinal)
        { "Add", "TryAdd", "set_Item", "GetOrAdd", "AddOrUpdate", "Set", "Put", "Insert", "Store" };

    private Dictionary<int, string>? _asked;
    private HashSet<string>? _put;

    [MethodImpl(Speed.Hot)]
    public void Call(Callee callee, Value receiver, Value[] arguments, int index)
    {
        if (callee.Parameters == 0 || callee.Calling is { AsksMap: false, FillsMap: false }) return;
        if (NameOf(callee.IsInstance ? receiver : arguments[0]) is not { } map) return;
        if (callee.Calling.AsksMap) (_asked ??= [])[index] = map;
        else Put(map);
    }

    /// <summary>A map that never changes is put anew.</summary>
    public void Put(string map) => (_put ??= new(StringComparer.Ordinal)).Add(map);

    /// <summary>Whether something was found, for the result of a lookup; any other value is as it was.</summary>
    public Value Found(Value value) =>
        value.Kind == ValueKind.Returned && _asked is not null && _asked.TryGetValue((int)value.Number, out var map)
            ? new Value(ValueKind.Found, Name: map, Not: value.Not) : value;

    public bool IsPut(string map) => _put is not null && _put.Contains(map);

    public static bool Asks(string name) => Asking.Contains(name);

    public static bool Fills(string name) => Putting.Contains(name);

    private static string? NameOf(Value value) => value.Kind == ValueKind.Field
        || value.Kind == ValueKind.Returned && value.Name.IndexOf(".get_", StringComparison.Ordinal) >= 0 ? value.Name : null;
}
