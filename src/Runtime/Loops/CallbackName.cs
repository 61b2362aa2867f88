namespace Quintet.Loops;

/// <summary>Names a callback for people.</summary>
internal static class CallbackName
{
    internal static string Of(Delegate callback)
    {
        var method = callback.Method;
        return $"{method.DeclaringType?.Name}.{method.Name}";
    }

    /// <summary>The method of a compiler-made state machine: <c>Owner+&lt;Name&gt;d__3</c> becomes <c>Name</c>.</summary>
    internal static string OfStateMachine(Type type)
    {
        var name = type.Name;
        var start = name.LastIndexOf('<');
        var end = name.IndexOf('>');
        if (start < 0 || end <= start + 1) return name;
        name = name[(start + 1)..end];
        // A local function's name is Outer>g__Name|0_1 in the metadata.
        var local = type.Name.IndexOf("g__", StringComparison.Ordinal);
        var bar = local < 0 ? -1 : type.Name.IndexOf('|', local);
        return bar < 0 ? name : type.Name[(local + 3)..bar];
    }
}
