namespace Quintet.Bench.Processes;

internal sealed record Item(int Id, string Name, double Weight, bool Active, List<int> Parts)
{
    internal static List<Item> Thousand() =>
        [.. Enumerable.Range(0, 1000).Select(static i => new Item(i, $"item {i}", i * 0.5, i % 2 == 0, [i, i + 1, i + 2]))];
}
