using System.Runtime.CompilerServices;

namespace Quintet.Multiprocessing;

/// <summary>One value in shared memory, with a mutex (Python: <c>multiprocessing.Value</c>).</summary>
/// <typeparam name="T">A type without references.</typeparam>
public sealed unsafe class SharedValue<T> : SharedObject where T : unmanaged
{
    /// <summary>A value that is <paramref name="initial"/>.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public SharedValue(T initial = default) : this(SharedSegment.Create(Size)) => Unguarded = initial;

    internal SharedValue(SharedSegment segment) : base(segment) => Mutex = new ProcessMutex(segment);

    /// <summary>Guards the value. Several steps that belong together are done while it is held.</summary>
    public ProcessMutex Mutex { get; }

    /// <summary>The value, read and written under the mutex.</summary>
    /// <exception cref="AbandonedProcessMutexException">A holder of the mutex died.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public T Value
    {
        get
        {
            using var held = Mutex.Enter();
            return Unguarded;
        }
        set
        {
            using var held = Mutex.Enter();
            Unguarded = value;
        }
    }

    /// <summary>
    /// The value by reference, without the mutex: for <see cref="Interlocked"/> and <see cref="Volatile"/>, or while the mutex is held.
    /// Not to be used after <see cref="SharedObject.Dispose()"/>, nor when nothing refers to this object any more.
    /// </summary>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public ref T Unguarded
    {
        get
        {
            Segment.ThrowIfDisposed();
            return ref *(T*)(Segment.Pointer + ProcessMutex.Size);
        }
    }

    internal static long Size => ProcessMutex.Size + Unsafe.SizeOf<T>();

    /// <summary>Sets the value to what <paramref name="change"/> makes of it, under the mutex, and returns that.</summary>
    /// <exception cref="AbandonedProcessMutexException">A holder of the mutex died.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of in this process.</exception>
    public T Update(Func<T, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        using var held = Mutex.Enter();
        return Unguarded = change(Unguarded);
    }
}
