using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A set of async-local values that tasks may share: what they set is seen here afterwards.</summary>
/// <remarks>Source: <c>contextvars.Context</c>; an <see cref="AsyncLocal{T}"/> is the context variable. Belongs to one thread at a
/// time.</remarks>
public sealed class LoopContext
{
    private LoopContext(ExecutionContext values) => Values = values;

    internal ExecutionContext Values { get; set; }

    /// <summary>A copy of the values that the caller sees now (Python: <c>contextvars.copy_context()</c>).</summary>
    public static LoopContext Copy() => new(AmbientContext.Capture());

    /// <summary>Runs <paramref name="action"/> with the values, and keeps what it sets.</summary>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var outer = AmbientContext.Capture();
        AmbientContext.Enter(Values);
        try
        {
            action();
        }
        finally
        {
            Values = AmbientContext.Capture();
            AmbientContext.Enter(outer);
        }
    }

    /// <summary>The value of <paramref name="variable"/> here.</summary>
    public T Get<T>(AsyncLocal<T> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        T value = default!;
        Run(() => value = variable.Value!);
        return value;
    }
}
