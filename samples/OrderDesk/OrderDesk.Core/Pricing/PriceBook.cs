using OrderDesk.Audit;

namespace OrderDesk.Pricing;

/// <summary>The prices that hold now.</summary>
public sealed class PriceBook(AuditLog audit)
{
    private readonly object _gate = new();
    private double[,] _prices = new double[0, 0];

    public string Currency { get; init; } = "EUR";

    public void Rebuild(double[,] costs, double[,] factors)
    {
        lock (_gate)
        {
            _prices = PriceMatrix.Multiply(costs, factors); // wrong: QNT3004
        }
    }

    public void Reprice(double[,] costs, double[,] factors)
    {
        var prices = PriceMatrix.Multiply(costs, factors); // right
        lock (_gate) _prices = prices;
    }

    public async Task<double> QuoteAsync(int article, int tier, CancellationToken cancellation)
    {
        double price;
        lock (_gate) price = _prices[article, tier];
        await audit.WriteAsync($"quoted {price} {Currency}", cancellation);
        return price;
    }

    public async Task<double[]> CompareAsync(double[][] sales, CancellationToken cancellation)
    {
        var sums = PriceMatrix.Correlate(sales); // wrong: QNT4005
        await audit.WriteAsync($"compared {sums.Length} articles", cancellation);
        return sums;
    }

    public async Task<double[]> CorrelateAsync(double[][] sales, CancellationToken cancellation)
    {
        var sums = await Task.Run(() => PriceMatrix.Correlate(sales), cancellation); // right
        await audit.WriteAsync($"correlated {sums.Length} articles", cancellation);
        return sums;
    }
}
