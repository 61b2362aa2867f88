using System.Runtime.CompilerServices;

namespace Quintet.Multiprocessing;

/// <summary>Carries the address of a shared array.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class SharedArrayCodec<T> : PayloadCodec<SharedArray<T>?> where T : unmanaged
{
    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, SharedArray<T>? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Text(value?.Segment.Address);
        if (value is null) return;
        writer.Count(value.Length);
        SharedHandover.Keep(value.Segment);
    }

    /// <inheritdoc/>
    public override SharedArray<T>? Read(ref PayloadReader reader)
    {
        if (reader.Text() is not { } address) return null;
        var length = reader.Raw<int>();
        if (length < 1) throw new PayloadSerializationException("SharedArray", $"a length of {length}.");
        SharedHandover.Opened();
        try
        {
            return new SharedArray<T>(SharedSegment.Open(address, (long)length * Unsafe.SizeOf<T>()), length);
        }
        catch (IOException gone)
        {
            throw new PayloadSerializationException("SharedArray", "its maker has disposed of it or has ended.", gone);
        }
    }
}
