namespace OrderDesk.Orders;

public sealed record OrderLine(string Sku, int Quantity, decimal UnitPrice);

public sealed record Order(int Id, string Customer, DateOnly Placed, IReadOnlyList<OrderLine> Lines)
{
    public decimal Total
    {
        get
        {
            var total = 0m;
            foreach (var line in Lines) total += line.Quantity * line.UnitPrice;
            return total;
        }
    }
}
