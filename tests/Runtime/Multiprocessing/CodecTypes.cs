namespace Quintet.Tests.Runtime.Multiprocessing;

internal enum Level : short { Low = 1, High = 1000 }

internal record Point(int X, int Y);

internal sealed record Job(string Name, Level Level, Point[] Path, List<string?> Tags, Dictionary<string, Point> Places, double? Weight)
{
    public int Priority { get; init; }

    public Job? Next { get; set; }
}

internal sealed class Plain
{
    public string Text = "";

    public int Number { get; set; }

    public required HashSet<int> Set { get; init; }
}

internal readonly struct Mixed(string label, long ticks)
{
    public string Label { get; } = label;

    public long Ticks { get; } = ticks;
}

internal sealed record Report(string Title, Source Source);

internal sealed record Source(string Path, Stream Content);

internal sealed class Counter
{
    private int _count;

    public int Step { get; set; } = 1;

    public int Next() => _count += Step;
}

internal sealed class Link
{
    public Link? Next { get; set; }
}

internal sealed record Longer(int X, int Y, int Z) : Point(X, Y);

internal sealed record Batch(List<Report> Reports);
