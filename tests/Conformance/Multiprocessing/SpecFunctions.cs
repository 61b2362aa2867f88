using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>What the specifications run in workers.</summary>
internal static class SpecFunctions
{
    private static int _initialized;

    internal static void Initialize()
    {
        _initialized++;
        ProcessFunctionTable.Register(new Faulty.Codec());
    }

    internal static int Initialized(int unused) => _initialized;

    internal static Faulty Suffer(Faulty faulty)
    {
        faulty.Strike(FaultPoint.Execution);
        return faulty;
    }

    internal static int Identity(int x) => x;

    internal static int Square(int x) => x * x;

    internal static int SlowSquare(int x)
    {
        Thread.Sleep(1);
        return x * x;
    }

    internal static int Raise(int x) => throw new ArgumentException($"bad {x}");

    internal static int RaiseAt(int x) => x % 7 == 3 ? throw new ArgumentException($"bad {x}") : x;

    internal static int ProcessId(int unused) => Environment.ProcessId;

    internal static int Sleep(int milliseconds)
    {
        Thread.Sleep(milliseconds);
        return milliseconds;
    }

    internal static bool UntilTold(ProcessEvent told)
    {
        using (told) return told.Wait(Timeout.InfiniteTimeSpan);
    }

    internal static byte[] Bytes(int count) => new byte[count];

    internal static int CrashWithDataInThePipe(byte[] data)
    {
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
        return data.Length;
    }

    internal static int OpenHandles(int unused) => Directory.GetFiles("/proc/self/fd").Length;

    internal static bool IsNested()
    {
        try
        {
            _ = new ProcessPool();
            return true;
        }
        catch (WorkerStartException)
        {
            return false;
        }
    }
}
