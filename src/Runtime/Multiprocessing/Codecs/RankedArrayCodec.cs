using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing;

/// <summary>Arrays of several dimensions, and of other lower bounds than zero. The elements follow one another as they lie in
/// memory.</summary>
/// <typeparam name="TArray">The array's type, such as <c>double[,]</c>.</typeparam>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class RankedArrayCodec<TArray, T> : PayloadCodec<TArray?> where TArray : class
{
    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, TArray? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Raw(value is null ? (byte)0 : (byte)1);
        if ((Array?)(object?)value is not { } array) return;
        for (var dimension = 0; dimension < array.Rank; dimension++)
        {
            writer.Raw(array.GetLength(dimension));
            writer.Raw(array.GetLowerBound(dimension));
        }
        ArrayCodec<T>.Elements.Write(writer, Elements(array));
    }

    /// <inheritdoc/>
    public override TArray? Read(ref PayloadReader reader)
    {
        if (reader.Raw<byte>() == 0) return null;
        var rank = typeof(TArray).GetArrayRank();
        var (lengths, bounds) = (new int[rank], new int[rank]);
        var count = 1L;
        for (var dimension = 0; dimension < rank; dimension++)
        {
            lengths[dimension] = reader.Raw<int>();
            bounds[dimension] = reader.Raw<int>();
            // Also an empty array says its lengths, and they are numbers that somebody sent.
            if (lengths[dimension] < 0) throw Damaged();
            count = Math.Min(count * lengths[dimension], (long)int.MaxValue + 1);
        }
        if (count * ArrayCodec<T>.Elements.SmallestSize > reader.Left) throw Damaged();
        var array = Array.CreateInstanceFromArrayType(typeof(TArray), lengths, bounds);
        ArrayCodec<T>.Elements.Read(ref reader, Elements(array));
        return (TArray)(object)array;
    }

    private static Span<T> Elements(Array array) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private static PayloadSerializationException Damaged() => new(typeof(TArray).Name, "its lengths are none.");
}
