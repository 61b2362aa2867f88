using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>
/// A call that a goroutine makes: what an <c>async</c> method of the Go model returns. <c>Go.Run(Work(7))</c> is Go's <c>go work(7)</c>,
/// <c>await Work(7)</c> is <c>work(7)</c>.
/// </summary>
/// <remarks>
/// The call is cold: its arguments are evaluated at once, its body begins when it is started or awaited, once. Outside of goroutines
/// it can be awaited too: it then runs as a goroutine of <see cref="GoScheduler.Current"/>.
/// </remarks>
[AsyncMethodBuilder(typeof(GoTaskMethodBuilder))]
public readonly struct GoTask : IGoCall
{
    private readonly Frame? _frame;
    private readonly int _generation;

    internal GoTask(Frame frame) => (_frame, _generation) = (frame, frame.Since);

    /// <summary>A call that has nothing left to do.</summary>
    public static GoTask CompletedTask => default;

    /// <summary>Lets the call be awaited.</summary>
    /// <returns>The awaiter, for the compiler.</returns>
    public GoTaskAwaiter GetAwaiter() => new(_frame, _generation);

    /// <summary>
    /// Starts the call as a goroutine of <see cref="GoScheduler.Current"/> and tells its end to code outside of the model.
    /// </summary>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <returns>A task that ends as the call does.</returns>
    public Task AsTask([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var observer = new TaskObserver<bool>();
        GoScheduler.Current.Spawn(observer.Watch(this), file, line);
        return observer.Task;
    }

    string? IGoCall.Describe() => _frame?.Since == _generation ? _frame.Describe() : null;

    internal static Frame Nothing() => (Frame)DoNothing().TakeForStart()!;

    internal Frame? TakeForStart()
    {
        _frame?.Claim(_generation);
        return _frame;
    }

#pragma warning disable CS1998 // the body of a goroutine without work
    private static async GoTask DoNothing()
    {
    }
#pragma warning restore CS1998
}
