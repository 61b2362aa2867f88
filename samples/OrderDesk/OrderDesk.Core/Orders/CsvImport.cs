using System.Globalization;
using OrderDesk.Audit;

namespace OrderDesk.Orders;

/// <summary>Orders that partners drop as files: <c>id;customer;date;sku;quantity;price</c>.</summary>
public sealed class CsvImport(AuditLog audit)
{
    public async Task<List<Order>> ImportAsync(string path, CancellationToken cancellation)
    {
        var orders = ReadOrders(path); // wrong: QNT4002
        await audit.WriteAsync($"imported {orders.Count} orders", cancellation);
        return orders;
    }

    public async Task<List<Order>> LoadAsync(string path, CancellationToken cancellation)
    {
        var orders = await ReadOrdersAsync(path, cancellation); // right
        await audit.WriteAsync($"loaded {orders.Count} orders", cancellation);
        return orders;
    }

    public async Task<int> CountAsync(string path, CancellationToken cancellation)
    {
        var rows = 0;
        foreach (var row in Rows(path)) // wrong: QNT4002
        {
            if (row.Length > 0) rows++;
        }

        await audit.WriteAsync($"{rows} rows in {path}", cancellation);
        return rows;
    }

    public async Task<int> CountRowsAsync(string path, CancellationToken cancellation)
    {
        var rows = 0;
        await foreach (var row in File.ReadLinesAsync(path, cancellation)) // right
        {
            if (row.Length > 0) rows++;
        }

        await audit.WriteAsync($"{rows} rows in {path}", cancellation);
        return rows;
    }

    public async Task ReplaceAsync(string path, string rows, CancellationToken cancellation)
    {
        var before = File.ReadAllText(path); // wrong: QNT4001
        await File.WriteAllTextAsync(path, rows, cancellation);
        await audit.WriteAsync($"{path}: {before.Length} characters replaced", cancellation);
    }

    public async Task AppendAsync(string path, string rows, CancellationToken cancellation)
    {
        var before = await File.ReadAllTextAsync(path, cancellation); // right
        await File.WriteAllTextAsync(path, before + rows, cancellation);
    }

    /// <summary>Rows that were pasted into a form: the reader reads memory, nobody waits.</summary>
    public async Task<int> CountPastedAsync(string pasted, CancellationToken cancellation)
    {
        using var reader = new StringReader(pasted);
        var rows = 0;
        while (reader.ReadLine() is not null) rows++; // right
        await audit.WriteAsync($"{rows} rows pasted", cancellation);
        return rows;
    }

    private static List<Order> ReadOrders(string path) => Parse(ReadRows(path));

    private static string[] ReadRows(string path) => File.ReadAllLines(path);

    private static async Task<List<Order>> ReadOrdersAsync(string path, CancellationToken cancellation) =>
        Parse(await File.ReadAllLinesAsync(path, cancellation));

    private static IEnumerable<string> Rows(string path)
    {
        using var reader = new StreamReader(path);
        while (reader.ReadLine() is { } row) yield return row;
    }

    private static List<Order> Parse(IEnumerable<string> rows)
    {
        var orders = new List<Order>();
        foreach (var row in rows)
        {
            var cells = row.Split(';');
            if (cells.Length < 6) continue;
            var price = decimal.Parse(cells[5], CultureInfo.InvariantCulture);
            var line = new OrderLine(cells[3], int.Parse(cells[4], CultureInfo.InvariantCulture), price);
            var placed = DateOnly.Parse(cells[2], CultureInfo.InvariantCulture);
            orders.Add(new Order(int.Parse(cells[0], CultureInfo.InvariantCulture), cells[1], placed, [line]));
        }

        return orders;
    }
}
