namespace Quintet.Node;

// The combinators for promises without a value, and for those whose values have different types: what became of each is read from it.
public abstract partial class Promise
{
    /// <summary>Fulfilled when all are; rejected as the first that is.</summary>
    public static Promise All(params IEnumerable<Promise> promises) => All(promises, stopAtError: true);

    /// <summary>Fulfilled when all are settled.</summary>
    public static Promise AllSettled(params IEnumerable<Promise> promises) => All(promises, stopAtError: false);

    private static VoidPromise All(IEnumerable<Promise> promises, bool stopAtError)
    {
        var sources = promises.ToArray();
        var all = new VoidPromise();
        var left = sources.Length;
        if (left == 0) all.Complete();
        foreach (var source in sources)
            source.React(() =>
            {
                if (stopAtError && source.Error is { } error) all.Reject(error);
                else if (--left == 0) all.Complete();
            });
        return all;
    }

    /// <summary>Settled as the first that is settled; without any, never.</summary>
    public static Promise Race(params IEnumerable<Promise> promises)
    {
        ArgumentNullException.ThrowIfNull(promises);
        var race = new VoidPromise();
        foreach (var source in promises)
            source.React(() =>
            {
                if (source.Error is { } error) race.Reject(error);
                else race.Complete();
            });
        return race;
    }

    /// <summary>Fulfilled as soon as one is; rejected with an <see cref="AggregateException"/> when all are rejected.</summary>
    public static Promise Any(params IEnumerable<Promise> promises)
    {
        var sources = promises.ToArray();
        var any = new VoidPromise();
        var left = sources.Length;
        if (left == 0) any.Reject(new AggregateException("All promises were rejected"));
        foreach (var source in sources)
            source.React(() =>
            {
                if (source.Error is null) any.Complete();
                else if (--left == 0)
                    any.Reject(new AggregateException("All promises were rejected", sources.Select(static each => each.Error!)));
            });
        return any;
    }
}
