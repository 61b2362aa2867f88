using System.Runtime.CompilerServices;

namespace Quintet.Multiprocessing;

/// <summary>
/// An array that lives in shared memory: given to a process function, only its address crosses, and both sides see the same elements
/// (Python: <c>multiprocessing.Array</c>, <c>shared_memory</c>).
/// </summary>
/// <remarks>
/// Elements are not locked: what several processes write needs a mutex or a partition. The memory goes when every process has
/// disposed of it or ended; nothing is left in any directory.
/// </remarks>
/// <typeparam name="T">A type without references.</typeparam>
public sealed unsafe class SharedArray<T> : IDisposable where T : unmanaged
{
    private readonly SharedSegment _segment;
    private bool _disposed;

    /// <summary>An array of <paramref name="length"/> zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not above zero.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public SharedArray(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _segment = SharedSegment.Create((long)length * sizeof(T));
        Length = length;
    }

    /// <summary>A copy of <paramref name="values"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no values.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public SharedArray(ReadOnlySpan<T> values) : this(values.Length) => values.CopyTo(Span);

    internal SharedArray(SharedSegment segment, int length) => (_segment, Length) = (segment, length);

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>
    /// The elements. The span must not be used after <see cref="Dispose"/>, nor when nothing refers to the array any more: what nobody
    /// disposed of is freed by the collector. A process function's arguments are kept until it has returned.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The array was disposed of in this process.</exception>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new Span<T>(_segment.Pointer, Length);
        }
    }

    internal SharedSegment Segment
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _segment;
        }
    }

    /// <summary>One element, by reference, for as long as <see cref="Span"/> may be used.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed of in this process.</exception>
    public ref T this[int index]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if ((uint)index >= (uint)Length) throw new IndexOutOfRangeException();
            return ref Unsafe.Add(ref *(T*)_segment.Pointer, index);
        }
    }

    /// <summary>Gives up this process's view. Other processes keep theirs.</summary>
    public void Dispose()
    {
        _disposed = true;
        _segment.Dispose();
    }
}
