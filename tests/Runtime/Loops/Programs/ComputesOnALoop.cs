using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class ComputesOnALoop
{
    internal static int Sum;

    public static async Coroutine Begin()
    {
        await Aio.Yield();
        await CountHere();
    }

    private static async Coroutine CountHere()
    {
        await Aio.Yield();
        for (var i = 0; i < 6000; i++) // QNT4005
        {
            for (var k = 0; k < 1_000_000; k++) Sum += i ^ k;
        }
    }
}
