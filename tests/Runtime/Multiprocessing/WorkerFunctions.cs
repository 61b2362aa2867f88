using System.Diagnostics;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What the tests run in workers.</summary>
internal static class WorkerFunctions
{
    private static int _calls;
    private static bool _hasMet;

    internal static int Square(int x) => x * x;

    internal static int Add(int a, int b) => a + b;

    internal static string Join(string a, int b, List<string> rest) => a + b + string.Join("", rest);

    internal static int ProcessId() => Environment.ProcessId;

    internal static int ProcessIdFor(int unused) => Environment.ProcessId;

    internal static int Calls() => ++_calls;

    /// <summary>The first call in this process waits for another process's first one.</summary>
    internal static int MeetOnce(ProcessBarrier barrier)
    {
        using (barrier)
        {
            if (!_hasMet) barrier.SignalAndWait();
            _hasMet = true;
        }

        return Environment.ProcessId;
    }

    internal static int Fail(int x) => throw new InvalidOperationException($"no {x}");

    internal static void FailToBegin() => throw new FormatException("init");

    internal static int FailAt7(int x) => x == 7 ? throw new FormatException("seven") : x;

    internal static int KillSelf(int unused)
    {
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
        return unused;
    }

    internal static int KillSelfAt(int x) => x == 500 ? KillSelf(x) : x + 1;

    internal static int Exit(int code)
    {
        Environment.Exit(code);
        return code;
    }

    internal static int Sleep(int milliseconds)
    {
        Thread.Sleep(milliseconds);
        return milliseconds;
    }

    internal static int WaitFor(ProcessEvent go)
    {
        using (go) go.Wait();
        return Environment.ProcessId;
    }

    internal static int SleepUntilCancelled(int unused)
    {
        ProcessWorker.Cancellation.WaitHandle.WaitOne();
        ProcessWorker.Cancellation.ThrowIfCancellationRequested();
        return unused;
    }

    internal static byte[] Blob(int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++) bytes[i] = (byte)i;
        return bytes;
    }

    internal static long Sum(byte[] bytes) => bytes.Sum(static b => (long)b);

    internal static double SumShared(SharedArray<double> array)
    {
        using (array)
        {
            var sum = 0.0;
            foreach (var item in array.Span) sum += item;
            array[0] = -1;
            return sum;
        }
    }

    internal static SharedArray<int> MakeShared(int length)
    {
        var array = new SharedArray<int>(length);
        for (var i = 0; i < length; i++) array[i] = i;
        return array;
    }

    internal static bool IsWorker() => ProcessWorker.IsWorker;

    internal static bool HasTraces()
    {
        var variables = Environment.GetEnvironmentVariables();
        return variables.Keys.Cast<string>().Any(static name => name.StartsWith("QUINTET_WORKER", StringComparison.Ordinal))
            || (variables["DOTNET_STARTUP_HOOKS"] is string hooks && hooks.Contains("Quintet", StringComparison.Ordinal));
    }
}
