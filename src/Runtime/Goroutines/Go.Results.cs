using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

public static partial class Go
{
    /// <summary>Runs synchronous work as a goroutine and tells its end to code outside of the model.</summary>
    /// <param name="body">What it does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <returns>A task that ends as the work does. An exception ends the task, not the program: somebody awaits it.</returns>
    /// <remarks>Safe to call from any thread. Continuations of the task do not run on the goroutine.</remarks>
    /// <exception cref="ArgumentNullException">go of nil func value.</exception>
    public static Task RunAsync(Action body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ThrowIfNil(body);
        return RunAsync(
            () =>
            {
                body();
                return default(Unit);
            },
            file,
            line);
    }

    /// <summary>As <see cref="RunAsync(Action, string, int)"/>, with a result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="body">What it does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <returns>A task with what it returned.</returns>
    /// <exception cref="ArgumentNullException">go of nil func value.</exception>
    public static Task<T> RunAsync<T>(Func<T> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ThrowIfNil(body);
        var result = new TaskCompletionSource<T>(TaskObserver<T>.Outcome);
        Run(Body, file, line);
        return result.Task;

        void Body()
        {
            try
            {
                result.SetResult(body());
            }
            catch (OperationCanceledException cancelled)
            {
                result.SetCanceled(cancelled.CancellationToken);
            }
            catch (GoExitException)
            {
                result.SetCanceled();
            }
            catch (Exception error)
            {
                result.SetException(error);
            }
        }
    }
}
