namespace Quintet.Goroutines;

/// <summary>Wakes goroutines that were taken off a queue together.</summary>
internal static class Wakes
{
    /// <summary>In order. The chain is linked through <see cref="WaitNode.Next"/>; a woken goroutine's links are its own again.</summary>
    internal static void All(WaitNode? chain)
    {
        while (chain is not null)
        {
            var woken = (Goroutine)chain;
            chain = chain.Next;
            woken.Next = null;
            GoScheduler.Ready(woken);
        }
    }
}
