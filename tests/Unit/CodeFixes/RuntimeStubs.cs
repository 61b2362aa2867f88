namespace Quintet.Tests.CodeFixes;

/// <summary>The entries of our runtime's models that moves look for, by name and shape.</summary>
internal static class RuntimeStubs
{
    public const string Goroutines = """
        namespace Quintet.Goroutines
        {
            public static class Go
            {
                public static void Run(System.Action body) => body();
                public static System.Threading.Tasks.Task RunAsync(System.Action body)
                { body(); return System.Threading.Tasks.Task.CompletedTask; }
                public static System.Threading.Tasks.Task<T> RunAsync<T>(System.Func<T> body) =>
                    System.Threading.Tasks.Task.FromResult(body());
            }
        }

        """;

    public const string Processes = """
        namespace Quintet.Multiprocessing
        {
            using System;
            using System.Threading;
            using System.Threading.Tasks;

            public sealed class ProcessPool
            {
                public Task<TOut> RunAsync<TOut>(Func<TOut> function, CancellationToken cancellation = default) =>
                    Task.FromResult(function());
                public Task<TOut> RunAsync<T, TOut>(Func<T, TOut> function, T argument, CancellationToken cancellation = default) =>
                    Task.FromResult(function(argument));
                public Task<TOut> RunAsync<T1, T2, TOut>(
                    Func<T1, T2, TOut> function, T1 first, T2 second, CancellationToken cancellation = default) =>
                    Task.FromResult(function(first, second));
                public Task RunAsync(Action function, CancellationToken cancellation = default) { function(); return Task.CompletedTask; }
            }
        }

        """;
}
