using System.Reflection;
using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Turns the compiler's names into those of the methods that the user wrote.</summary>
internal static class FrameNames
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>
    /// <c>Program+&lt;Produce&gt;d__3</c> is told as <c>Program.Produce</c>; a lambda as the method that holds it, with its number.
    /// </summary>
    internal static string Of(Type stateMachine) => Tell(stateMachine.Name, stateMachine.DeclaringType) ?? stateMachine.Name;

    /// <summary>The method that a delegate calls, by the same names, be it asynchronous or not.</summary>
    internal static string Of(Delegate body)
    {
        var method = body.Method;
        if (method.GetCustomAttribute<AsyncStateMachineAttribute>() is { } lowered) return Of(lowered.StateMachineType);
        return Tell(method.Name, method.DeclaringType) ?? $"{method.DeclaringType?.Name}.{method.Name}";
    }

    /// <summary>What a method of this library was given to run; null where it was given nothing.</summary>
    internal static string? OfBody(object? stateMachine)
    {
        var fields = stateMachine?.GetType().GetFields(Fields) ?? [];
        var body = fields.FirstOrDefault(field => typeof(Delegate).IsAssignableFrom(field.FieldType));
        return body?.GetValue(stateMachine) is Delegate given ? Of(given) : null;
    }

    private static string? Tell(string name, Type? owner)
    {
        while (owner is { Name: ['<', ..], DeclaringType: { } outer }) owner = outer;

        var start = name.IndexOf('<', name.StartsWith("<<", StringComparison.Ordinal) ? 1 : 0) + 1;
        if (start > 0 && name.AsSpan(start).StartsWith("<Main>$")) start++; // statements at the top of a file
        var end = name.IndexOf('>', start);
        if (start <= 0 || end < 0) return null;
        var method = name[start..end];
        var rest = name[(end + 1)..].TrimStart('$', '>');
        if (rest.StartsWith("b__", StringComparison.Ordinal)) method += " lambda " + rest[3..].Split('>')[0];
        else if (rest.StartsWith("g__", StringComparison.Ordinal)) method += "." + rest[3..].Split('|')[0];
        return owner is null ? method : $"{owner.Name}.{method}";
    }
}
