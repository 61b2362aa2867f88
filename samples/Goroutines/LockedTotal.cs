namespace Baskets;

/// <summary>The wrong program: parallel by name. Every thread waits for the one lock, under which all of the work is done.</summary>
public static class LockedTotal
{
    private static readonly Lock Gate = new();

    public static long Of(IReadOnlyList<Basket> baskets)
    {
        var total = 0L;
        Parallel.ForEach(baskets, basket =>
        {
            lock (Gate) // wrong: QNT3001
            {
                total += basket.Price(); // wrong: QNT3004
            }
        });
        return total;
    }
}
