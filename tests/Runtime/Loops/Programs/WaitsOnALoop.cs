using Quintet.Asyncio;
using Quintet.Loops;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class WaitsOnALoop
{
    public static async Coroutine Begin()
    {
        // A work of so many milliseconds may be over on a busy machine before anybody waits for it.
        var told = new TaskCompletionSource();
        LoopDetectors.Reported += Hear;
        await Aio.Yield();
        await WaitHere(Task.WhenAny(told.Task, Task.Delay(TimeSpan.FromMinutes(1))));
        LoopDetectors.Reported -= Hear;

        void Hear(LoopReport report)
        {
            if (report.Stack?.Contains(nameof(WaitHere), StringComparison.Ordinal) == true) told.TrySetResult();
        }
    }

    private static async Coroutine WaitHere(Task work)
    {
        await Aio.Yield();
        work.Wait(); // QNT4001
    }
}
