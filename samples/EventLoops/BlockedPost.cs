using Quintet.Asyncio;

namespace Letters;

/// <summary>The wrong program on asyncio's loop: coroutines by name. Each keeps the only thread until it has done everything.</summary>
public static class BlockedPost
{
    public static async Coroutine<string[]> Send(IReadOnlyList<string> letters) =>
        await Aio.Gather([.. letters.Select(letter => Aio.CreateTask(Deliver(letter)))]);

    private static async Coroutine<string> Deliver(string letter)
    {
        await Aio.Yield();
        Thread.Sleep(20); // wrong: QNT4001
        return Seal.Of(letter); // wrong: QNT4005
    }
}
