namespace Quintet.Multiprocessing.Functions;

/// <summary>
/// Brings asynchronous functions to the same form: the worker's thread waits for the task, and its outcome is the function's.
/// </summary>
internal static class AsynchronousForms
{
    internal static RemoteFunction Of<TOut>(Func<Task<TOut>> function) =>
        new RemoteFunction<Nothing, TOut>(_ => Outcome(function()));

    internal static RemoteFunction Of<T, TOut>(Func<T, Task<TOut>> function) =>
        new RemoteFunction<T, TOut>(argument => Outcome(function(argument)));

    internal static RemoteFunction Of<T1, T2, TOut>(Func<T1, T2, Task<TOut>> function) =>
        new RemoteFunction<(T1, T2), TOut>(arguments => Outcome(function(arguments.Item1, arguments.Item2)));

    internal static RemoteFunction Of<T1, T2, T3, TOut>(Func<T1, T2, T3, Task<TOut>> function) =>
        new RemoteFunction<(T1, T2, T3), TOut>(arguments => Outcome(function(arguments.Item1, arguments.Item2, arguments.Item3)));

    internal static RemoteFunction Of(Func<Task> function) =>
        new RemoteFunction<Nothing, Nothing>(_ => Outcome(function()));

    internal static RemoteFunction Of<T>(Func<T, Task> function) =>
        new RemoteFunction<T, Nothing>(argument => Outcome(function(argument)));

    internal static RemoteFunction Of<T1, T2>(Func<T1, T2, Task> function) =>
        new RemoteFunction<(T1, T2), Nothing>(arguments => Outcome(function(arguments.Item1, arguments.Item2)));

    internal static RemoteFunction Of<T1, T2, T3>(Func<T1, T2, T3, Task> function) =>
        new RemoteFunction<(T1, T2, T3), Nothing>(arguments => Outcome(function(arguments.Item1, arguments.Item2, arguments.Item3)));

    private static T Outcome<T>(Task<T>? task) => Begun(task).GetAwaiter().GetResult();

    private static Nothing Outcome(Task? task)
    {
        Begun(task).GetAwaiter().GetResult();
        return default;
    }

    private static T Begun<T>(T? task) where T : Task => task ?? throw new InvalidOperationException("The function returned no task.");
}
