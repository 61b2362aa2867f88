namespace Quintet.BuildTasks.Reading;

/// <summary>The methods of an assembly that somebody has come to, in that order: of most nobody needs more than a number.</summary>
/// <param name="read">Gives the facts of a method; null for one that is no matter, or that cannot be read.</param>
internal sealed class MethodTable(Func<int, MethodFacts?> read)
{
    private readonly Dictionary<int, MethodFacts?> _byNumber = [];
    private readonly List<MethodFacts> _all = [];
    private readonly Dictionary<string, MethodFacts> _byId = new(StringComparer.Ordinal);

    /// <summary>Grows as bodies are read.</summary>
    public IReadOnlyList<MethodFacts> All => _all;

    /// <summary>Of several with one id, one.</summary>
    public IReadOnlyDictionary<string, MethodFacts> ById => _byId;

    /// <summary>The facts of a method, which is known from now on.</summary>
    public MethodFacts? Enter(int number)
    {
        if (_byNumber.TryGetValue(number, out var known)) return known;
        var found = read(number);
        _byNumber.Add(number, found);
        if (found is null) return null;
        _all.Add(found);
        // The last of the assembly, whoever comes first.
        if (!_byId.TryGetValue(found.Id, out var other) || other.Number < number) _byId[found.Id] = found;
        return found;
    }
}
