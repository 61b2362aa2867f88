using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>A call that a goroutine makes and that returns a value. See <see cref="GoTask"/>.</summary>
/// <typeparam name="T">What the call returns.</typeparam>
[AsyncMethodBuilder(typeof(GoTaskMethodBuilder<>))]
public readonly struct GoTask<T> : IGoCall
{
    private readonly ResultFrame<T>? _frame;
    private readonly int _generation;
    private readonly T? _result;

    internal GoTask(ResultFrame<T> frame) => (_frame, _generation) = (frame, frame.Since);

    internal GoTask(T result) => _result = result;

    /// <summary>Lets the call be awaited.</summary>
    /// <returns>The awaiter, for the compiler.</returns>
    public GoTaskAwaiter<T> GetAwaiter() => new(_frame, _generation, _result);

    /// <summary>
    /// Starts the call as a goroutine of <see cref="GoScheduler.Current"/> and tells its end to code outside of the model.
    /// </summary>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <returns>A task that ends as the call does.</returns>
    public Task<T> AsTask([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var observer = new TaskObserver<T>();
        GoScheduler.Current.Spawn(observer.Watch(this), file, line);
        return observer.Task;
    }

    string? IGoCall.Describe() => _frame?.Since == _generation ? _frame.Describe() : null;
}
