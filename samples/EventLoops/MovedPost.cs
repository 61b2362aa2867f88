using Quintet.Asyncio;

namespace Letters;

/// <summary>The moved program: it waits with <c>await</c>, and what computes goes to the loop's pool.</summary>
public static class MovedPost
{
    public static async Coroutine<string[]> Send(IReadOnlyList<string> letters) =>
        await Aio.Gather([.. letters.Select(letter => Aio.CreateTask(Deliver(letter)))]);

    private static async Coroutine<string> Deliver(string letter)
    {
        await Aio.Sleep(TimeSpan.FromMilliseconds(20));
        return await Aio.ToThread(() => Seal.Of(letter));
    }
}
