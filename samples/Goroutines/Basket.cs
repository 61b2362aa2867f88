namespace Baskets;

/// <summary>What somebody is about to buy. Its price takes a while: every combination of vouchers is tried.</summary>
public sealed class Basket(int seed)
{
    private readonly int[] _items = [.. Enumerable.Range(1, 14).Select(n => ((seed * 7919) + (n * 104729)) % 5_000)];

    /// <summary>The lowest price, in cents.</summary>
    public long Price()
    {
        var best = long.MaxValue;
        for (var vouchers = 0; vouchers < 1 << _items.Length; vouchers++)
        {
            var price = 0L;
            for (var n = 0; n < _items.Length; n++)
            {
                var used = (vouchers >> n & 1) == 1;
                price += used ? Math.Max(_items[n] - 300, 120) : _items[n];
            }

            best = Math.Min(best, price);
        }

        return best;
    }
}
