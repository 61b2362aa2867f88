using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class SleepsBesideALoop
{
    public static async Coroutine Begin()
    {
        await Aio.Yield();
        await NapElsewhere();
    }

    private static async Coroutine NapElsewhere()
    {
        await Aio.ToThread(() => Thread.Sleep(5000));
        await Aio.Sleep(TimeSpan.FromMilliseconds(5000));
    }
}
