namespace Quintet.Node;

/// <summary>How long a loop has waited and worked. Source: Node's <c>performance.eventLoopUtilization</c>.</summary>
/// <param name="Idle">Milliseconds in which it waited in the poll phase.</param>
/// <param name="Active">Milliseconds in which it did not.</param>
public readonly record struct LoopUtilization(double Idle, double Active)
{
    /// <summary>The share of <see cref="Active"/>, from 0 to 1; 0 where there was no time.</summary>
    public double Utilization => Idle + Active > 0 ? Active / (Idle + Active) : 0;

    /// <summary>What came to it since <paramref name="earlier"/>.</summary>
    public LoopUtilization Since(LoopUtilization earlier) => new(Idle - earlier.Idle, Active - earlier.Active);
}
