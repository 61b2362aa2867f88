using System.Diagnostics;
using Baskets;

Basket[] baskets = [.. Enumerable.Range(1, 120).Select(n => new Basket(n))];
foreach (var (name, sum) in new (string, Func<IReadOnlyList<Basket>, long>)[] { ("lock", LockedTotal.Of), ("channels", ChannelTotal.Of) })
{
    var watch = Stopwatch.StartNew();
    Console.WriteLine($"{name,-8} total {sum(baskets) / 100.0:F2} in {watch.ElapsedMilliseconds} ms");
}
