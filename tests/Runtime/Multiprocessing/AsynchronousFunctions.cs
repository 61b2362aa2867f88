using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What <see cref="AsynchronousFunctionTests"/> give to a pool.</summary>
internal static class AsynchronousFunctions
{
    internal static int Seen { get; private set; }

    internal static async Task<string> JoinAsync(string a, int b)
    {
        await Task.Yield();
        return $"{a} {b}";
    }

    [ProcessFunction]
    internal static async Task<List<string>> SplitAsync(string text, char at, bool reverse)
    {
        await Task.Delay(1);
        var parts = text.Split(at).ToList();
        if (reverse) parts.Reverse();
        return parts;
    }

    internal static async Task<int> DoubleAsync(int value)
    {
        await Task.Yield();
        return 2 * value;
    }

    internal static async Task<T> SameAsync<T>(T value)
    {
        await Task.Yield();
        return value;
    }

    internal static async Task SeeAsync(int value)
    {
        await Task.Yield();
        Seen = value;
    }

    internal static async Task<int> FailAsync(int value)
    {
        await Task.Yield();
        throw new FormatException($"no {value}");
    }

    internal static Task<int> GiveNothing(int value) => value == 0 ? null! : Task.FromResult(value);

    internal static async Task<int> WaitUntilCancelledAsync(ProcessEvent begun)
    {
        begun.Set();
        await Task.Delay(Timeout.Infinite, ProcessWorker.Cancellation);
        return 0;
    }

    internal static async Task<int> ExitAsync(int code)
    {
        await Task.Yield();
        return code;
    }
}
