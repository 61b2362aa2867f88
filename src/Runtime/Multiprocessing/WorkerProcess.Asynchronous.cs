using Quintet.Multiprocessing.Functions;

namespace Quintet.Multiprocessing;

public sealed partial class WorkerProcess
{
    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    /// <remarks>The function is asynchronous: the process ends with its task.</remarks>
    public static WorkerProcess Start(Func<Task> function, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, default(Nothing), options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T>(Func<T, Task> function, T argument, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, argument, options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T1, T2>(
        Func<T1, T2, Task> function, T1 argument1, T2 argument2, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, (argument1, argument2), options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T1, T2, T3>(
        Func<T1, T2, T3, Task> function, T1 argument1, T2 argument2, T3 argument3, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, (argument1, argument2, argument3), options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start(Func<Task<int>> function, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, default(Nothing), options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T>(Func<T, Task<int>> function, T argument, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, argument, options);

    /// <inheritdoc cref="Start(Action, WorkerProcessOptions?)"/>
    public static WorkerProcess Start<T1, T2>(
        Func<T1, T2, Task<int>> function, T1 argument1, T2 argument2, WorkerProcessOptions? options = null) =>
        Start((Delegate)function, (argument1, argument2), options);
}
