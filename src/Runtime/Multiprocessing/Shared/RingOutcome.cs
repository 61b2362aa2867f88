namespace Quintet.Multiprocessing;

/// <summary>What became of an attempt to take a message.</summary>
internal enum RingOutcome
{
    /// <summary>There was one.</summary>
    Taken,

    /// <summary>There was none in time.</summary>
    Late,

    /// <summary>There is none, and there will be none.</summary>
    Ended,
}
