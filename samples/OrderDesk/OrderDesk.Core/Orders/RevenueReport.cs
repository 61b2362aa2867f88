namespace OrderDesk.Orders;

/// <summary>Turnover by customer and by month, computed on all cores.</summary>
public static class RevenueReport
{
    public static Dictionary<string, decimal> ByCustomer(IReadOnlyCollection<Order> orders)
    {
        var gate = new object();
        var totals = new Dictionary<string, decimal>();
        Parallel.ForEach(orders, order =>
        {
            // Every core waits here for every other one: this loop is as fast as a plain foreach, or slower.
            lock (gate) // wrong: QNT3001
            {
                var total = 0m;
                foreach (var line in order.Lines) total += line.Quantity * line.UnitPrice;
                totals[order.Customer] = totals.GetValueOrDefault(order.Customer) + total;
            }
        });
        return totals;
    }

    public static Dictionary<int, decimal> ByMonth(IReadOnlyCollection<Order> orders)
    {
        var gate = new object();
        var totals = new Dictionary<int, decimal>();
        Parallel.ForEach(orders, order =>
        {
            var total = 0m;
            foreach (var line in order.Lines) total += line.Quantity * line.UnitPrice;
            lock (gate) // right
            {
                totals[order.Placed.Month] = totals.GetValueOrDefault(order.Placed.Month) + total;
            }
        });
        return totals;
    }
}
