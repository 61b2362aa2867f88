using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing;

/// <summary>Reads the bytes of a value. Every count is checked against what is there before anything is allocated.</summary>
public ref struct PayloadReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>How many bytes have not been read yet.</summary>
    public readonly int Left => _left.Length;

    /// <summary>Reads an unmanaged value.</summary>
    /// <exception cref="PayloadSerializationException">The payload ends before it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Raw<T>() where T : unmanaged => Unchecked<T>();

    /// <summary>Reads a count, or -1 for null, of elements that take at least <paramref name="smallest"/> bytes each.</summary>
    /// <exception cref="PayloadSerializationException">There cannot be that many.</exception>
    public int Count(int smallest)
    {
        var count = Unchecked<int>();
        if (count < -1 || (long)count * smallest > _left.Length) ThrowShort();
        return count;
    }

    /// <summary>Reads bytes; the span is valid until the codec returns.</summary>
    /// <exception cref="PayloadSerializationException">The payload ends before them.</exception>
    public ReadOnlySpan<byte> Bytes(int length)
    {
        if ((uint)length > (uint)_left.Length) ThrowShort();
        var bytes = _left[..length];
        _left = _left[length..];
        return bytes;
    }

    /// <summary>Fills a span of unmanaged elements.</summary>
    /// <exception cref="PayloadSerializationException">The payload ends before them.</exception>
    public void RawSpan<T>(Span<T> destination) where T : unmanaged
    {
        var target = MemoryMarshal.AsBytes(destination);
        Bytes(target.Length).CopyTo(target);
    }

    /// <summary>Reads a string or null.</summary>
    /// <exception cref="PayloadSerializationException">The payload ends before it.</exception>
    public string? Text()
    {
        var length = Count(sizeof(char));
        return length < 0 ? null : new string(MemoryMarshal.Cast<byte, char>(Bytes(length * sizeof(char))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T Unchecked<T>()
    {
        if (_left.Length < Unsafe.SizeOf<T>()) ThrowShort();
        var value = Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetReference(_left));
        _left = _left[Unsafe.SizeOf<T>()..];
        return value;
    }

    private static void ThrowShort() => throw new PayloadSerializationException("payload", "ends before the value does.");
}
