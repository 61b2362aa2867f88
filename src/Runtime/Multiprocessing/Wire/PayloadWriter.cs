using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Quintet.Multiprocessing;

/// <summary>Collects the bytes of a value. For codecs, generated and hand-written; not safe for use by several threads.</summary>
public sealed class PayloadWriter
{
    /// <summary>An object graph deeper than this is taken for a cycle.</summary>
    public const int MaxDepth = 256;

    private byte[] _bytes = new byte[256];
    private int _length;
    private int _depth;

    /// <summary>What has been written so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>How many bytes have been written.</summary>
    public int Length => _length;

    internal ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    /// <summary>Writes an unmanaged value as it lies in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw<T>(T value) where T : unmanaged => Unchecked(value);

    /// <summary>Writes the elements of an unmanaged span as they lie in memory, without their count.</summary>
    public void RawSpan<T>(ReadOnlySpan<T> values) where T : unmanaged => Bytes(MemoryMarshal.AsBytes(values));

    /// <summary>Writes bytes, without their count.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Writes a count, or -1 for null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(int count) => Unchecked(count);

    /// <summary>Writes a string or null as UTF-8; a lone surrogate is kept by falling back to UTF-16.</summary>
    public void Text(string? text)
    {
        if (text is null)
        {
            Count(-1);
            return;
        }
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var span = Take(most + 5);
        if (System.Text.Unicode.Utf8.FromUtf16(text, span[5..], out _, out var written, replaceInvalidSequences: false)
            == System.Buffers.OperationStatus.Done)
        {
            span[4] = 0;
        }
        else
        {
            var raw = MemoryMarshal.AsBytes(text.AsSpan());
            span[4] = 1;
            raw.CopyTo(span[5..]);
            written = raw.Length;
        }
        MemoryMarshal.Write(span, written);
        _length -= most - written;
    }

    /// <summary>Begins an object that holds others.</summary>
    /// <exception cref="PayloadSerializationException">The graph is too deep, which is what a cycle looks like.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(string type)
    {
        if (++_depth > MaxDepth) ThrowTooDeep(type);
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => _depth--;

    internal void Clear()
    {
        _length = 0;
        _depth = 0;
    }

    /// <summary>Gives up what was written after <paramref name="length"/>.</summary>
    internal void CutTo(int length)
    {
        _length = length;
        _depth = 0;
    }

    /// <summary>Does not keep the memory of one large value for ever.</summary>
    internal void Trim()
    {
        Clear();
        if (_bytes.Length > 1 << 20) _bytes = new byte[256];
    }

    internal Span<byte> At(int position, int length) => _bytes.AsSpan(position, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Unchecked<T>(T value)
    {
        var size = Unsafe.SizeOf<T>();
        if (_bytes.Length - _length < size) Grow(size);
        Unsafe.WriteUnaligned(ref _bytes[_length], value);
        _length += size;
    }

    internal Span<byte> Take(int length)
    {
        if (_bytes.Length - _length < length) Grow(length);
        var span = _bytes.AsSpan(_length, length);
        _length += length;
        return span;
    }

    private static void ThrowTooDeep(string type) =>
        throw new PayloadSerializationException(type, $"nested more than {MaxDepth} deep; a cycle cannot cross.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int more)
    {
        var needed = (long)_length + more;
        if (needed > Array.MaxLength) throw new PayloadSerializationException("payload", "larger than two gigabytes.");
        Array.Resize(ref _bytes, (int)Math.Min(Math.Max(needed, _bytes.Length * 2L), Array.MaxLength));
    }
}
