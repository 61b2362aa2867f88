namespace OrderDesk.Pricing;

/// <summary>Prices of every article for every tier: costs by component times the tier's factors.</summary>
public static class PriceMatrix
{
    public static double[,] Multiply(double[,] costs, double[,] factors)
    {
        var articles = costs.GetLength(0);
        var tiers = factors.GetLength(1);
        var components = costs.GetLength(1);
        var prices = new double[articles, tiers];
        for (var article = 0; article < articles; article++)
        {
            for (var tier = 0; tier < tiers; tier++)
            {
                var price = 0.0;
                for (var component = 0; component < components; component++) price += costs[article, component] * factors[component, tier];
                prices[article, tier] = price;
            }
        }

        return prices;
    }

    /// <summary>How alike two articles sell: every article is compared with every other one, day by day.</summary>
    public static double[] Correlate(double[][] sales)
    {
        var sums = new double[sales.Length];
        for (var i = 0; i < sales.Length; i++)
        {
            for (var j = 0; j < sales.Length; j++)
            {
                for (var day = 0; day < sales[i].Length; day++) sums[i] += sales[i][day] * sales[j][day];
            }
        }

        return sums;
    }
}
