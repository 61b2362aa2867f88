using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class SleepsOnALoop
{
    public static async Coroutine Begin()
    {
        await Aio.Yield();
        await NapHere();
    }

    private static async Coroutine NapHere()
    {
        await Aio.Yield();
        Thread.Sleep(4000); // QNT4001
    }
}
