namespace Quintet.Goroutines;

/// <summary>Who of one scheduler waits where: filled place by place, one entry for each goroutine.</summary>
internal sealed class ParkedReport(GoScheduler scheduler)
{
    private readonly Dictionary<Goroutine, (int Entry, SortedList<int, string> Cases)> _selects = [];

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

    /// <summary>A case of a select, which waits at several places at once and is told once, with its cases in their order.</summary>
    internal void AddCase(SelectCase item, string what)
    {
        if (item.Owner.Waiter is not { } goroutine || goroutine.Record?.Scheduler != scheduler) return;
        if (!_selects.TryGetValue(goroutine, out var select))
        {
            _selects[goroutine] = select = (Parked.Count, []);
            Add(goroutine, "");
        }

        select.Cases[item.Index] = what;
        Parked[select.Entry] = Parked[select.Entry] with { WaitsFor = $"select: {string.Join(", ", select.Cases.Values)}" };
    }
}
