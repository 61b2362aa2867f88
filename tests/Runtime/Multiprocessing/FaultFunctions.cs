using System.Diagnostics;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What the fault tests run in workers.</summary>
internal static class FaultFunctions
{
    private static ProcessPool? _inner;

    /// <summary>Makes this worker the parent of two more.</summary>
    internal static int[] BecomeParent()
    {
        _inner = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, AllowInWorker = true });
        _inner.StartAsync().GetAwaiter().GetResult();
        return [.. _inner.WorkerProcessIds];
    }

    /// <summary>Is killed while its own workers are starting.</summary>
    internal static int DieWhileStarting(int afterMilliseconds)
    {
        _inner = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2, AllowInWorker = true });
        _ = _inner.StartAsync();
        Thread.Sleep(afterMilliseconds);
        return WorkerFunctions.KillSelf(0);
    }

    /// <summary>Counts its own runs where nobody's death can lose the count.</summary>
    internal static int CountRun(SharedArray<int> runs, int index)
    {
        using (runs) Interlocked.Increment(ref runs[index]);
        return index;
    }

    internal static void FailToStart() => throw new FormatException("not today");

    internal static int DieWith(byte[] payload) => WorkerFunctions.KillSelf(payload.Length);

    internal static byte[] GiveBack(byte[] payload) => payload;

    internal static byte[] BlobWithoutRoom(int size)
    {
        SharedSegment.MostBytes = size / 2;
        return new byte[size];
    }

    internal static void MakeRoom() => SharedSegment.MostBytes = long.MaxValue;

    internal static byte[] Allocate(int megabytes)
    {
        var blocks = new List<byte[]>();
        for (var i = 0; i < megabytes; i++) blocks.Add(new byte[1 << 20]);
        return blocks[^1];
    }

    internal static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            if (process.HasExited) return false;

            // Nobody may be there to reap an orphan's child: what is dead but not buried is dead.
            return !OperatingSystem.IsLinux() || !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            return false;
        }
    }
}
