// How once works
// --------------
// The first caller runs the function, everybody else waits for its end. An end by an exception is an end: nobody runs it again.
//
// What OnceFunc and OnceValue return lets go of the function when it has run: who keeps the result does not keep what made it.
//
// Source: package sync, Once, OnceFunc, OnceValue: "Do considers it to have returned" when the function panics.

namespace Quintet.Goroutines;

/// <summary>Runs one function once, however many call it (Go's <c>sync.Once</c>).</summary>
/// <remarks>Safe for use by any number of goroutines and threads at once. A function that calls its own once waits for itself for
/// ever.</remarks>
public sealed class Once
{
    private readonly OneShot _done = new("Once");
    private int _begun;

    /// <summary>Whether the function has ended.</summary>
    public bool IsDone => _done.HasHappened;

    /// <summary>
    /// Makes a function that runs <paramref name="function"/> at its first call; if that throws, every call throws the same.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <returns>The function that runs once.</returns>
    public static Action Func(Action function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new OnceValue<Unit>(() =>
        {
            function();
            return default;
        }).Run;
    }

    /// <summary>Makes a function that computes a value at its first call; if that throws, every call throws the same.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="function">The function.</param>
    /// <returns>The function that runs once.</returns>
    public static Func<T> Value<T>(Func<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new OnceValue<T>(function).Get;
    }

    /// <summary>Runs <paramref name="function"/> if nobody has run one here; otherwise blocks until that one has ended.</summary>
    /// <param name="function">The function. What it throws is thrown here, to its first caller only.</param>
    public void Do(Action function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!Begin())
        {
            _done.Wait();
            return;
        }

        try
        {
            function();
        }
        finally
        {
            _done.Happen();
        }
    }

    /// <summary>Runs <paramref name="function"/> if nobody has run one here; otherwise waits until that one has ended.</summary>
    /// <param name="function">The function. What it throws is thrown here, to its first caller only.</param>
    /// <returns>What to await.</returns>
    public async GoTask DoAsync(Func<GoTask> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!Begin())
        {
            await _done.WaitAsync();
            return;
        }

        try
        {
            await function();
        }
        finally
        {
            _done.Happen();
        }
    }

    private bool Begin() => Volatile.Read(ref _begun) == 0 && Interlocked.Exchange(ref _begun, 1) == 0;
}
