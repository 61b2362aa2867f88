namespace OrderDesk.Service;

/// <summary>The orders as they lie in the data folder.</summary>
public sealed class OrderFiles(string folder)
{
    public string Csv => Path.Combine(folder, "orders.csv");

    public string Load(int id) => Find(File.ReadAllLines(Csv), id);

    public async Task<string> LoadAsync(int id, CancellationToken cancellation) =>
        Find(await File.ReadAllLinesAsync(Csv, cancellation), id);

    public async Task<int> CountAsync() => (await File.ReadAllLinesAsync(Csv)).Length;

    private static string Find(string[] rows, int id) =>
        rows.FirstOrDefault(row => row.StartsWith($"{id};", StringComparison.Ordinal)) ?? "none";
}
