namespace Quintet.Goroutines;

/// <summary>Turns the compiler's name of a state machine into the method that the user wrote.</summary>
internal static class FrameNames
{
    /// <summary>
    /// <c>Program+&lt;Produce&gt;d__3</c> is told as <c>Program.Produce</c>; a lambda as the method that holds it, with its number.
    /// </summary>
    internal static string Of(Type stateMachine)
    {
        var name = stateMachine.Name;
        var owner = stateMachine.DeclaringType;
        while (owner is { Name: ['<', ..], DeclaringType: { } outer }) owner = outer;

        var start = name.IndexOf('<', name.StartsWith("<<", StringComparison.Ordinal) ? 1 : 0) + 1;
        if (start > 0 && name.AsSpan(start).StartsWith("<Main>$")) start++; // statements at the top of a file
        var end = name.IndexOf('>', start);
        if (start <= 0 || end < 0) return name;
        var method = name[start..end];
        var rest = name[(end + 1)..].TrimStart('$', '>');
        if (rest.StartsWith("b__", StringComparison.Ordinal)) method += " lambda " + rest[3..].Split('>')[0];
        else if (rest.StartsWith("g__", StringComparison.Ordinal)) method += "." + rest[3..].Split('|')[0];
        return owner is null ? method : $"{owner.Name}.{method}";
    }
}
