using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class WaitsOnALoop
{
    public static async Coroutine Begin()
    {
        await Aio.Yield();
        await WaitHere(Task.Delay(100));
    }

    private static async Coroutine WaitHere(Task work)
    {
        await Aio.Yield();
        work.Wait(); // QNT4001
    }
}
