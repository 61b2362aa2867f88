using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class WaitsUnderAGil
{
    public static void Begin(GlobalInterpreterLock gil, ManualResetEventSlim seen)
    {
        Thread? thread = null;
        var holder = gil.StartThread(() =>
        {
            Volatile.Write(ref thread, Thread.CurrentThread);
            seen.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)); // QNT3013
        });

        // A busy machine may keep the holder from its wait for longer than the watchdog looks on. (A slim event spins and naps before it
        // waits.)
        while (Volatile.Read(ref thread) is not { } running || (running.ThreadState & ThreadState.WaitSleepJoin) == 0) Thread.Yield();
        using (gil.Enter())
        {
        }

        holder.Join();
    }
}
