using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class ComputesUnderAGil
{
    private static long _sum;

    public static void Begin(GlobalInterpreterLock gil, ManualResetEventSlim seen)
    {
        using var begun = new ManualResetEventSlim();
        var holder = gil.StartThread(() =>
        {
            begun.Set();
            Sum(); // QNT3012
        });
        begun.Wait();
        using (gil.Enter())
        {
        }

        holder.Join();
        GC.KeepAlive(_sum);
    }

    private static void Sum()
    {
        for (var i = 0; i < 300_000_000; i++) _sum += i ^ _sum;
    }
}
