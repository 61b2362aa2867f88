namespace Quintet.BuildTasks.Reading;

/// <summary>Methods as a reader of a message knows them.</summary>
internal static class MethodNames
{
    /// <summary>
    /// The member as the analyzers name one of a source: <c>Load</c>, <c>new Store</c>; a property without its accessor, a local function
    /// without its frame.
    /// </summary>
    public static string Display(string type, string name)
    {
        if (name == ".ctor") return $"new {Owner(type)}";
        if (name == ".cctor") return $"static {Owner(type)}";
        if (name.IndexOf(">b__", StringComparison.Ordinal) >= 0) return "lambda";
        if (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal))
            name = name.Substring(4);
        var local = name.IndexOf(">g__", StringComparison.Ordinal);
        if (local < 0) return name.Substring(name.LastIndexOf('.') + 1);
        var bar = name.IndexOf('|', local);
        return name.Substring(local + 4, (bar < 0 ? name.Length : bar) - local - 4);
    }

    private static string Owner(string type)
    {
        var owner = type.Substring(type.LastIndexOf('.') + 1);
        var tick = owner.IndexOf('`');
        return tick < 0 ? owner : owner.Substring(0, tick);
    }
}
