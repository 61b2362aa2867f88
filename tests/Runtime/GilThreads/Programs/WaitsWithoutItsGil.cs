using Quintet.GilThreads;

namespace Quintet.Tests.Runtime.GilThreads.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class WaitsWithoutItsGil
{
    public static void Begin(GlobalInterpreterLock gil, ManualResetEventSlim seen)
    {
        using var begun = new ManualResetEventSlim();
        var holder = gil.StartThread(() =>
        {
            begun.Set();
            gil.AllowThreads(() => seen.Wait(TimeSpan.FromSeconds(30)));
        });
        begun.Wait();
        using (gil.Enter())
        {
        }

        seen.Set();
        holder.Join();
    }
}
