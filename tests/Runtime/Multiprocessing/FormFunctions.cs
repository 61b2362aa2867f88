using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What <see cref="FunctionFormTests"/> give to a pool.</summary>
internal static class FormFunctions
{
    internal static int Sum { get; set; }

    internal static int Begun { get; private set; }

    internal static string Tell<T>(T value) => $"{typeof(T).Name} {value}";

    internal static Task<string> TellInAsync<T>(ProcessPool pool, T value) => pool.RunAsync(Tell<T>, value);

    internal static void Add(int a, int b, int c) => Sum = a + b + c;

    internal static async ValueTask<int> BeginValueAsync(int value)
    {
        Begun++;
        await Task.Yield();
        return value;
    }

    internal static int Heed(int value, CancellationToken cancellation) => cancellation.IsCancellationRequested ? 0 : value;
}

/// <summary>A class with types of its own.</summary>
internal static class FormFunctions<T>
{
    internal static string Tell(string value) => $"{typeof(T).Name} {value}";
}

/// <summary>Extension methods are static methods that can be bound to their first argument.</summary>
internal static class Texts
{
    internal static int Length3(this string text) => text.Length * 3;
}
