namespace Quintet.Goroutines;

/// <summary>All goroutines of a scheduler are asleep and nothing can wake them.</summary>
public sealed class GoDeadlockException : Exception
{
    internal GoDeadlockException(string message, IReadOnlyList<ParkedGoroutine> parked)
        : base(Tell(message, parked)) => Parked = parked;

    /// <summary>Who waits for what, and since when.</summary>
    public IReadOnlyList<ParkedGoroutine> Parked { get; }

    private static string Tell(string message, IReadOnlyList<ParkedGoroutine> parked) =>
        parked.Count == 0 ? message : message + Environment.NewLine + string.Join(Environment.NewLine, parked.Take(32));
}
