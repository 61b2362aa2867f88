namespace Quintet.Goroutines;

/// <summary>A deterministic run failed. <see cref="Exception.InnerException"/> tells how.</summary>
public sealed class GoScheduleException : Exception
{
    internal GoScheduleException(int seed, Exception cause)
        : base($"seed {seed}: {cause.Message}", cause) => Seed = seed;

    /// <summary>Run it again with <see cref="GoTest.Run"/>.</summary>
    public int Seed { get; }
}
