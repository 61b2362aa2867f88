namespace Quintet.Tests.Runtime.GilThreads;

/// <summary>A thread whose failure is the test's failure.</summary>
internal static class Background
{
    internal static Task Run(Action body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal static Task<T> Run<T>(Func<T> body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
