using System.Globalization;

namespace OrderDesk.Pricing;

/// <summary>VAT by country, from a file that is read once.</summary>
public sealed class TaxTable(string path)
{
    private readonly object _gate = new();
    private readonly Lazy<Task<Dictionary<string, decimal>>> _table = new(() => LoadAsync(path));
    private Dictionary<string, decimal>? _rates;

    public string Source => path;

    /// <summary>At nine in the morning everybody waits for the one who reads the file.</summary>
    public decimal RateFor(string country)
    {
        lock (_gate)
        {
            if (_rates is null) _rates = Parse(File.ReadAllLines(path)); // wrong: QNT3020
            return _rates.GetValueOrDefault(country);
        }
    }

    public async Task<decimal> RateForAsync(string country)
    {
        var rates = await _table.Value; // right
        return rates.GetValueOrDefault(country);
    }

    private static async Task<Dictionary<string, decimal>> LoadAsync(string path) => Parse(await File.ReadAllLinesAsync(path));

    private static Dictionary<string, decimal> Parse(string[] rows)
    {
        var rates = new Dictionary<string, decimal>();
        foreach (var row in rows)
        {
            var cells = row.Split(';');
            if (cells.Length == 2) rates[cells[0]] = decimal.Parse(cells[1], CultureInfo.InvariantCulture);
        }

        return rates;
    }
}
