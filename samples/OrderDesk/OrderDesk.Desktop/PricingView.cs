using Avalonia.Controls;
using Avalonia.Interactivity;
using OrderDesk.Pricing;

namespace OrderDesk.Desktop;

/// <summary>Price lists. The arithmetic is honest work, on the wrong thread.</summary>
public sealed class PricingView : UserControl
{
    private const int Samples = 20_000_000;
    private double[,] _prices = new double[0, 0];

    public PricingView()
    {
        Reprice.Click += OnReprice;
        Price.Click += OnPrice;
        Simulate.Click += OnSimulate;
        Estimate.Click += OnEstimate;
        Pack.Click += OnPack;
        Suggest.Click += OnSuggest;
        Quote.Click += OnQuote;
        var panel = new StackPanel();
        panel.Children.AddRange([Reprice, Price, Simulate, Estimate, Pack, Suggest, Quote, Status]);
        Content = panel;
    }

    public Button Reprice { get; } = new() { Content = "Reprice" };

    public Button Price { get; } = new() { Content = "Price" };

    public Button Simulate { get; } = new() { Content = "Simulate" };

    public Button Estimate { get; } = new() { Content = "Estimate" };

    public Button Pack { get; } = new() { Content = "Pack" };

    public Button Suggest { get; } = new() { Content = "Suggest" };

    public Button Quote { get; } = new() { Content = "Quote" };

    public TextBlock Status { get; } = new() { Text = "" };

    public double[,] Costs { get; set; } = new double[20, 5];

    public double[,] Factors { get; set; } = new double[5, 4];

    public int Places { get; set; } = 12;

    private void OnReprice(object? sender, RoutedEventArgs e)
    {
        Fill(); // wrong: QNT5002
        Status.Text = $"{_prices.Length} prices";
    }

    private async void OnPrice(object? sender, RoutedEventArgs e)
    {
        var (costs, factors) = (Costs, Factors);
        _prices = await Task.Run(() => PriceMatrix.Multiply(costs, factors)); // right
        Status.Text = $"{_prices.Length} prices";
    }

    private void OnSimulate(object? sender, RoutedEventArgs e)
    {
        var random = new Random(1);
        var sum = 0.0;
        for (var sample = 0; sample < Samples; sample++) sum += random.NextDouble() * random.NextDouble(); // wrong: QNT5002
        Status.Text = $"{sum / Samples:F3}";
    }

    private async void OnEstimate(object? sender, RoutedEventArgs e)
    {
        var estimate = await Task.Run(() =>
        {
            var random = new Random(1);
            var sum = 0.0;
            for (var sample = 0; sample < Samples; sample++) sum += random.NextDouble() * random.NextDouble(); // right
            return sum / Samples;
        });
        Status.Text = $"{estimate:F3}";
    }

    private void OnPack(object? sender, RoutedEventArgs e)
    {
        Status.Text = Describe(); // wrong: QNT5002
    }

    private async void OnSuggest(object? sender, RoutedEventArgs e)
    {
        var places = Places;
        var ways = await Task.Run(() => Ways(places)); // right
        Status.Text = $"{ways} ways";
    }

    /// <summary>One loop over the tiers of one article: nothing that a user would notice.</summary>
    private void OnQuote(object? sender, RoutedEventArgs e)
    {
        var sum = 0.0;
        for (var tier = 0; tier < Factors.GetLength(1); tier++) sum += Factors[0, tier]; // right
        Status.Text = $"{sum:F2}";
    }

    private void Fill() => _prices = PriceMatrix.Multiply(Costs, Factors);

    private string Describe() => $"{Ways(Places)} ways";

    /// <summary>In how many ways cartons of one and two places fill a shelf.</summary>
    private static long Ways(int places) => places < 2 ? 1 : Ways(places - 1) + Ways(places - 2);
}
