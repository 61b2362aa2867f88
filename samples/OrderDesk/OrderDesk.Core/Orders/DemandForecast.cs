namespace OrderDesk.Orders;

/// <summary>How many of each article the last orders asked for.</summary>
public sealed class DemandForecast
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _demand = new();

    public void Learn(IReadOnlyCollection<Order> orders)
    {
        Parallel.ForEach(orders, order =>
        {
            lock (_gate) // wrong: QNT3001
            {
                Count(order, _demand);
            }
        });
    }

    public Dictionary<string, int> Of(IReadOnlyCollection<Order> orders)
    {
        var demand = new Dictionary<string, int>();
        Parallel.ForEach(
            orders,
            () => new Dictionary<string, int>(),
            (order, _, mine) =>
            {
                Count(order, mine); // right
                return mine;
            },
            mine =>
            {
                // Once for each core, when its share is done.
                lock (demand)
                {
                    foreach (var (sku, quantity) in mine) demand[sku] = demand.GetValueOrDefault(sku) + quantity;
                }
            });
        return demand;
    }

    public int TotalQuantity(IReadOnlyCollection<Order> orders)
    {
        var total = 0;
        Parallel.ForEach(orders, () => 0, (order, _, mine) => mine + order.Lines.Count, mine => Interlocked.Add(ref total, mine)); // right
        return total;
    }

    private static void Count(Order order, Dictionary<string, int> demand)
    {
        foreach (var line in order.Lines) demand[line.Sku] = demand.GetValueOrDefault(line.Sku) + line.Quantity;
    }
}
