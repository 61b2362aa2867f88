using System.Reflection;
using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Turns the compiler's names into those of the methods that the user wrote.</summary>
internal static class FrameNames
{
    // A trace asks at every slice.
    private static readonly ConditionalWeakTable<MethodInfo, string> Names = [];

    /// <summary>
    /// <c>Program+&lt;Produce&gt;d__3</c> is told as <c>Program.Produce</c>; a lambda as the method that holds it, with its number.
    /// </summary>
    internal static string Of(Type stateMachine) => Tell(stateMachine.Name, stateMachine.DeclaringType) ?? stateMachine.Name;

    /// <summary>The method that a delegate calls, by the same names, be it asynchronous or not.</summary>
    internal static string Of(Delegate body) => Names.GetValue(body.Method, static method => Of(method));

    /// <summary>What a method of this library was given to run; null where it was given nothing.</summary>
    internal static string? OfBody<TStateMachine>(TStateMachine stateMachine) => Given<TStateMachine>.Body?.GetValue(stateMachine) switch
    {
        Delegate body => Of(body),
        IGoCall call => call.Describe(),
        _ => null,
    };

    private static string Of(MethodInfo method)
    {
        if (method.GetCustomAttribute<AsyncStateMachineAttribute>() is { } lowered) return Of(lowered.StateMachineType);
        return Tell(method.Name, method.DeclaringType) ?? $"{method.DeclaringType?.Name}.{method.Name}";
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

    /// <summary>The field of a state machine that holds the function or the call which its method was given.</summary>
    private static class Given<TStateMachine>
    {
        internal static readonly FieldInfo? Body = typeof(TStateMachine)
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .FirstOrDefault(static field =>
                field.FieldType.IsAssignableTo(typeof(Delegate)) || field.FieldType.IsAssignableTo(typeof(IGoCall)));
    }
}
