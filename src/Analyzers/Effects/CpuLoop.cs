using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>One loop while it is walked, and what is known about it afterwards.</summary>
internal sealed class CpuLoop(IOperation operation, CpuRegion region, CpuLoop? parent, ulong bit)
{
    public IOperation Operation { get; } = operation;

    public CpuRegion Region { get; } = region;

    /// <summary>The loop around it, also when a lambda that runs at once stands between them.</summary>
    public CpuLoop? Parent { get; } = parent;

    public ulong Bit { get; } = bit;

    /// <summary>What a loop asks in each round; null for one that asks nothing in its head.</summary>
    public static IOperation? ConditionOf(IOperation loop) => loop switch
    {
        IWhileLoopOperation whileLoop => whileLoop.Condition,
        IForLoopOperation forLoop => forLoop.Condition,
        _ => null,
    };

    public CpuRange Range { get; set; }

    /// <summary>Variables that depend on this loop; their bits are cleared when it ends.</summary>
    public List<ISymbol> Dependents { get; } = [];

    /// <summary>An await inside can suspend, so that others get their turn.</summary>
    public bool HasCheckpoint { get; set; }

    /// <summary>The consumer of the iterator decides how long it runs.</summary>
    public bool Yields { get; set; }

    /// <summary>A <c>break</c> or <c>return</c> may end it before its count is reached.</summary>
    public bool EndsEarly { get; set; }

    /// <summary>The exits that also end the loops around it.</summary>
    public bool Returns { get; set; }

    public bool Throws { get; set; }

    /// <summary>Something happens inside.</summary>
    public bool HasWork { get; set; }

    /// <summary>The loops whose data the arithmetic inside reads.</summary>
    public ulong WorkedOn { get; set; }

    /// <summary>The loops on whose counters or data the floating-point arithmetic inside depends.</summary>
    public ulong IteratedOn { get; set; }

    /// <summary>It depends on what the body's caller gave.</summary>
    public bool IteratesGiven { get; set; }

    /// <summary>The loops on which a computation depends that is repeated inside.</summary>
    public ulong RepeatedFor { get; set; }

    /// <summary>Floating-point numbers are multiplied or divided inside.</summary>
    public bool Multiplies { get; set; }

    /// <summary>The greatest product of constant counts inside; 1 when only straight work is.</summary>
    public long InnerTrips { get; set; } = 1;

    /// <summary>No constant loop of the product inside ends early.</summary>
    public bool InnerEndsEarly { get; set; }

    public CpuNest Inner { get; set; } = CpuNest.None;

    /// <summary>The greatest nest inside that a parameter counts.</summary>
    public CpuGiven? InnerGiven { get; set; }

    /// <summary>The kernel that starts here: this loop and those inside whose elements meet in arithmetic.</summary>
    public IReadOnlyList<CpuLoop> Kernel { get; set; } = [];

    /// <summary>The elements of this loop meet those of another one inside: its rounds are parts of one computation.</summary>
    public bool JoinsElements { get; set; }

    /// <summary>How much the kernel computes: adding up a table is little, a product or two operations are enough.</summary>
    public int KernelWeight { get; set; }

    /// <summary>Arithmetic beside the kernel's, on what the loop alone selects.</summary>
    public int OwnWeight { get; set; }

    /// <summary>The parameters that decide how often the loop runs, a bit for each.</summary>
    public ulong Limits { get; set; }

    /// <summary>The parameters that meet the loop's elements in arithmetic.</summary>
    public ulong JoinedWith { get; set; }

    /// <summary>How much is computed of both.</summary>
    public int JoinWeight { get; set; }

    /// <summary>An exception that ends the loop is handled in this body.</summary>
    public bool IsInTry { get; init; }

    /// <summary>A value that counts up goes through a hash: the loop searches.</summary>
    public bool SearchesByHash { get; set; }

    /// <summary>How many findings its body had when it began.</summary>
    public int FindingsBefore { get; } = region.Evidence.Count;
}
