namespace Quintet.Goroutines;

/// <summary>Who of one scheduler waits where: filled place by place, one entry for each goroutine.</summary>
internal sealed class ParkedReport(GoScheduler scheduler)
{
    private readonly Dictionary<Goroutine, int> _selects = [];

    internal List<ParkedGoroutine> Parked { get; } = [];

    /// <summary>How many of them are plain async methods.</summary>
    internal int Guests { get; private set; }

    internal void Add(Goroutine goroutine, string what)
    {
        if (goroutine.Record?.Scheduler != scheduler) return;
        var waited = TimeSpan.FromMilliseconds(unchecked((uint)(CoarseClock.Now - goroutine.Since)));
        Parked.Add(new ParkedGoroutine(goroutine.DescribeParked(), what, waited));
        if (goroutine is Continuation) Guests++;
    }

    /// <summary>A case of a select, which waits at several places at once and is told once.</summary>
    internal void AddCase(Goroutine? goroutine, string what)
    {
        if (goroutine?.Record?.Scheduler != scheduler) return;
        if (_selects.TryGetValue(goroutine, out var index))
        {
            Parked[index] = Parked[index] with { WaitsFor = $"{Parked[index].WaitsFor}, {what}" };
            return;
        }

        _selects.Add(goroutine, Parked.Count);
        Add(goroutine, "select: " + what);
    }
}
