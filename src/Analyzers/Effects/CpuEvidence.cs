namespace Quintet.Analyzers.Effects;

/// <summary>Why a piece of a body is believed to be CPU-bound.</summary>
/// <param name="Start">Where the evidence starts in the tree.</param>
/// <param name="Length">Its length.</param>
/// <param name="Evidence">In words, for the message: "two nested loops over 'rows' and 'columns' that compute on both indexes".</param>
/// <param name="Certain">Definite form; otherwise only the info ids may use it.</param>
/// <param name="HasCheckpoint">An await inside the loop that really suspends gives the others a turn.</param>
/// <param name="Forever">The loop never ends and never awaits.</param>
internal sealed record CpuEvidence(int Start, int Length, string Evidence, bool Certain, bool HasCheckpoint, bool Forever)
{
    /// <summary>The work is heavy only when this parameter is as large as a number, or larger; null when no parameter decides.</summary>
    public (int Parameter, int Least)? Grows { get; init; }

    /// <summary>
    /// Two loops as long as two parameters say: whoever gives either of them a number that is small has one loop, or none, to speak of.
    /// </summary>
    public (int First, int Second, int Least)? Sides { get; init; }

    /// <summary>
    /// The work is heavy only for callers whose loops choose one of these parameters, or elements of two loops two of them; a bit for each.
    /// </summary>
    public (ulong Parameters, bool Both)? Chosen { get; init; }

    /// <summary>Nested loops whose elements meet: see <see cref="CpuLoop.Kernel"/>.</summary>
    public bool OfElements { get; init; }

    /// <summary>The work is heavy only for callers that give this parameter such a number, or a greater one.</summary>
    public (int Parameter, long Least, int Power)? Given { get; init; }
}
