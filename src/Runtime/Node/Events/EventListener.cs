using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Quintet.Node;

/// <summary>One listener of a named event.</summary>
internal sealed class EventListener(Delegate callback, Delegate target, bool once)
{
    /// <summary>What the user gave: by this it is found again.</summary>
    internal Delegate Callback { get; } = callback;

    internal bool Once { get; } = once;

    internal bool HasRun { get; set; }

    internal void Invoke()
    {
        if (target is Action action) action();
        else throw Mismatch("no argument");
    }

    internal void Invoke<T>(T argument)
    {
        if (target.GetType() == typeof(Action<T>)) ((Action<T>)target)(argument);
        else if (target is Action action) action();
        else if (target is Action<T> variant) variant(argument);
        else if (target is Action<object?> any) any(argument);
        else if (typeof(T) == typeof(object) && Takes(argument)) InvokeLate(argument);
        else throw Mismatch(typeof(T).Name);
    }

    internal void Invoke<T1, T2>(T1 first, T2 second)
    {
        if (target is Action<T1, T2> both) both(first, second);
        else Invoke(first);
    }

    /// <summary>A message that was passed on without its type (Worker) still finds its typed listener.</summary>
    private bool Takes(object? argument) =>
        target.Method.GetParameters() is [.., { } only] && target.GetType().GetGenericArguments().Length == 1
        && (argument is null ? !only.ParameterType.IsValueType : only.ParameterType.IsInstanceOfType(argument));

    private void InvokeLate(object? argument)
    {
        try
        {
            target.DynamicInvoke(argument);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } thrown)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }
    }

    private InvalidCastException Mismatch(string emitted) =>
        new($"The listener is a {Callback.GetType()}, and the event came with {emitted}.");
}
