using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing;

/// <summary>Collects the bytes of a value. For codecs, generated and hand-written; not safe for use by several threads.</summary>
public sealed unsafe class PayloadWriter
{
    /// <summary>An object graph deeper than this is taken for a cycle.</summary>
    public const int MaxDepth = 256;

    private const int FirstSize = 256;
    private const int LargestKept = 1 << 20;

    // The memory is a pinned array, or, once a payload has become large, the shared segment in which it will travel: so it is
    // written once, where the other process reads it.
    private byte[] _array = GC.AllocateUninitializedArray<byte>(FirstSize, pinned: true);
    private SharedSegment? _segment;
    private byte* _start;
    private int _capacity = FirstSize;
    private int _length;
    private int _depth;

    /// <summary>An empty payload.</summary>
    public PayloadWriter() => UseArray();

    /// <summary>What has been written so far; valid until more is.</summary>
    public ReadOnlySpan<byte> Written => new(_start, _length);

    /// <summary>How many bytes have been written.</summary>
    public int Length => _length;

    /// <summary>From which size on the payload lies in shared memory; by default never.</summary>
    internal int SegmentFrom { get; init; } = int.MaxValue;

    /// <summary>Writes an unmanaged value as it lies in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw<T>(T value) where T : unmanaged => Unchecked(value);

    /// <summary>Writes the elements of an unmanaged span as they lie in memory, without their count.</summary>
    public void RawSpan<T>(ReadOnlySpan<T> values) where T : unmanaged => Bytes(MemoryMarshal.AsBytes(values));

    /// <summary>Writes bytes, without their count.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= SegmentFrom && _segment is null) Append(bytes);
        else bytes.CopyTo(Take(bytes.Length));
    }

    /// <summary>Writes a count, or -1 for null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(int count) => Unchecked(count);

    /// <summary>Writes a string or null as it lies in memory: both ends are on one machine, and a lone surrogate is kept too.</summary>
    public void Text(string? text)
    {
        Count(text?.Length ?? -1);
        if (text is not null) Bytes(MemoryMarshal.AsBytes(text.AsSpan()));
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

    /// <summary>Begins anew and does not keep the memory of one large value for ever.</summary>
    internal void Trim()
    {
        Clear();
        if (_segment is null && _capacity <= LargestKept) return;
        _segment?.Dispose();
        _segment = null;
        _array = GC.AllocateUninitializedArray<byte>(FirstSize, pinned: true);
        UseArray();
    }

    /// <summary>Hands over the payload in shared memory, which is then the caller's, and begins anew.</summary>
    internal SharedSegment TakeSegment()
    {
        var segment = _segment ?? LargeBody.Store(Written);
        _segment = null;
        Clear();
        _array = GC.AllocateUninitializedArray<byte>(FirstSize, pinned: true);
        UseArray();
        return segment;
    }

    internal Span<byte> At(int position, int length) => new Span<byte>(_start, _length).Slice(position, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Unchecked<T>(T value)
    {
        var size = Unsafe.SizeOf<T>();
        if (_capacity - _length < size) Grow(size);
        Unsafe.WriteUnaligned(_start + _length, value);
        _length += size;
    }

    internal Span<byte> Take(int length)
    {
        if (_capacity - _length < length) Grow(length);
        var span = new Span<byte>(_start + _length, length);
        _length += length;
        return span;
    }

    private static void ThrowTooDeep(string type) =>
        throw new PayloadSerializationException(type, $"nested more than {MaxDepth} deep; a cycle cannot cross.");

    private void UseArray()
    {
        _start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _capacity = _array.Length;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _segment = SharedSegment.Create(Written, bytes);
        _start = _segment.Pointer;
        _capacity = _length += bytes.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int more)
    {
        var needed = (long)_length + more;
        if (needed > Array.MaxLength) throw new PayloadSerializationException("payload", "larger than two gigabytes.");
        var capacity = (int)Math.Min(Math.Max(needed, _capacity * 2L), Array.MaxLength);
        var before = Written;
        if (needed >= SegmentFrom)
        {
            var segment = SharedSegment.Create(capacity);
            before.CopyTo(segment.Span(0, _length));
            _segment?.Dispose();
            _segment = segment;
            _start = segment.Pointer;
            _capacity = capacity;
            return;
        }
        var array = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
        before.CopyTo(array);
        _array = array;
        UseArray();
    }
}
