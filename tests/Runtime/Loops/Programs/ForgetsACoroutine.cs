using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class ForgetsACoroutine
{
    public static async Coroutine Begin()
    {
        await Aio.Yield();
        Forget();
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        var forgotten = ForgottenWork(); // QNT4006
    }

    private static async Coroutine ForgottenWork() => await Aio.Yield();
}
