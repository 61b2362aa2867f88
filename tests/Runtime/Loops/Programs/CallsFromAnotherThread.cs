using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Loops.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see AgreementTests.</summary>
public static class CallsFromAnotherThread
{
    public static async Coroutine Begin()
    {
        var loop = EventLoop.Current;
        await Task.Run(() =>
        {
            try
            {
                loop.CallSoon(() => { }); // QNT5003
            }
            catch (EventLoopException)
            {
                // Refused, and told.
            }
        });
    }
}
