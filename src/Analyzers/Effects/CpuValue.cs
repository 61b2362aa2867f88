namespace Quintet.Analyzers.Effects;

/// <summary>On which of the loops around it a value depends, one bit for each loop, and how.</summary>
/// <remarks>The bits above those of the loops stand for what the body itself is given: see <see cref="OfParameter"/>.</remarks>
/// <param name="Index">The value is computed from the loop's counter alone: <c>i * width + j</c>.</param>
/// <param name="Element">The value is, or is computed from, data that the loop's counter or variable selects.</param>
/// <param name="Loose">The loop decides over the value in a way that cannot be read: through a call or a condition.</param>
/// <param name="Given">The value is, or is computed from, what the body's caller gave.</param>
internal readonly record struct CpuValue(ulong Index, ulong Element, ulong Loose, bool Given = false)
{
    /// <summary>How many nested loops have a bit.</summary>
    public const int MostLoops = 48;

    /// <summary>The place of the object that the body belongs to, among its parameters.</summary>
    public const int This = 63 - MostLoops;

    private const ulong Loops = (1UL << MostLoops) - 1;

    /// <summary>What a parameter is: a whole number may be an index, all else is data that the caller has chosen.</summary>
    public static CpuValue OfParameter(int ordinal, bool isIndex) => ordinal > This ? default
        : isIndex ? new CpuValue(1UL << (MostLoops + ordinal), 0, 0, true)
        : new CpuValue(0, 1UL << (MostLoops + ordinal), 0, true);

    /// <summary>The parameters whose data, or an element that they select, went into it: a bit for each.</summary>
    public ulong Parameters => Element >> MostLoops;

    /// <summary>The parameters that it depends on.</summary>
    public ulong AllParameters => (Index | Element) >> MostLoops;

    /// <summary>The same without the parameters.</summary>
    public CpuValue OfLoops => new(Index & Loops, Element & Loops, Loose, Given);

    /// <summary>Every loop that the value depends on.</summary>
    public ulong All => (Index | Element | Loose) & Loops;

    /// <summary>The loops whose data went into it; conditions and calls add to data, but are none by themselves.</summary>
    public ulong Data => (Element & Loops) == 0 ? 0 : (Element | Loose) & Loops;

    public static CpuValue operator |(CpuValue left, CpuValue right) =>
        new(left.Index | right.Index, left.Element | right.Element, left.Loose | right.Loose, left.Given || right.Given);

    /// <summary>What an access with this index yields.</summary>
    public CpuValue AsElement() => new(0, Index | Element, Loose, Given);

    public CpuValue AsLoose() => new(0, 0, All, Given);

    public CpuValue Without(ulong loops) => new(Index & ~loops, Element & ~loops, Loose & ~loops, Given);
}
