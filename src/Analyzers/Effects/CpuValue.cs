namespace Quintet.Analyzers.Effects;

/// <summary>On which of the loops around it a value depends, one bit for each loop, and how.</summary>
/// <param name="Index">The value is computed from the loop's counter alone: <c>i * width + j</c>.</param>
/// <param name="Element">The value is, or is computed from, data that the loop's counter or variable selects.</param>
/// <param name="Loose">The loop decides over the value in a way that cannot be read: through a call or a condition.</param>
/// <param name="Given">The value is, or is computed from, what the body's caller gave.</param>
internal readonly record struct CpuValue(ulong Index, ulong Element, ulong Loose, bool Given = false)
{
    /// <summary>Every loop that the value depends on.</summary>
    public ulong All => Index | Element | Loose;

    /// <summary>The loops whose data went into it; conditions and calls add to data, but are none by themselves.</summary>
    public ulong Data => Element == 0 ? 0 : Element | Loose;

    public static CpuValue operator |(CpuValue left, CpuValue right) =>
        new(left.Index | right.Index, left.Element | right.Element, left.Loose | right.Loose, left.Given || right.Given);

    /// <summary>What an access with this index yields.</summary>
    public CpuValue AsElement() => new(0, Index | Element, Loose, Given);

    public CpuValue AsLoose() => new(0, 0, All, Given);

    public CpuValue Without(ulong loops) => new(Index & ~loops, Element & ~loops, Loose & ~loops, Given);
}
