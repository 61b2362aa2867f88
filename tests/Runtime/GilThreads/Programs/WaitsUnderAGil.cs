using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class WaitsUnderAGil
{
    public static void Begin(GlobalInterpreterLock gil, ManualResetEventSlim seen)
    {
        using var begun = new ManualResetEventSlim();
        var holder = gil.StartThread(() =>
        {
            begun.Set();
            seen.Wait(TimeSpan.FromSeconds(30)); // QNT3013
        });
        begun.Wait();
        using (gil.Enter())
        {
        }

        holder.Join();
    }
}
