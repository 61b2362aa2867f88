using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class WaitsWithoutItsGil
{
    public static void Begin(GlobalInterpreterLock gil, ManualResetEventSlim seen)
    {
        Thread? thread = null;
        var holder = gil.StartThread(() =>
        {
            Volatile.Write(ref thread, Thread.CurrentThread);
            gil.AllowThreads(() => seen.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)));
        });

        while (Volatile.Read(ref thread) is not { } running || (running.ThreadState & ThreadState.WaitSleepJoin) == 0) Thread.Yield();
        using (gil.Enter())
        {
        }

        seen.Set();
        holder.Join();
    }
}
