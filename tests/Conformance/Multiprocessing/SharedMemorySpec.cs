using System.Runtime.CompilerServices;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>The portable part of CPython's _TestArray, _TestSharedCTypes, _TestHeap and _TestSharedMemory.</summary>
public sealed class SharedMemorySpec
{
    // An Array has the elements of its sequence, one by one and in slices; what a process writes into it is seen here.
    [Fact(Timeout = Patience.OfATest), Ports("_TestArray.test_array", "_TestArray.test_rawarray")]
    public async Task A_process_writes_into_the_array_that_it_was_given()
    {
        int[] expected = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
        using var array = new SharedArray<int>(expected);
        Assert.Equal((10, 4), (array.Length, array[2]));
        Assert.Equal(expected[2..7], array.Span[2..7].ToArray());
        int[] slice = [10, 20, 30, 40];
        slice.CopyTo(array.Span[4..8]);
        slice.CopyTo(expected, 4);
        Assert.Equal(expected, array.Span.ToArray());
        for (var i = 1; i < expected.Length; i++) expected[i] += expected[i - 1];
        await using var process = WorkerProcess.Start(SharedMemoryFunctions.SumUp, array);
        Assert.Equal(0, await process.WaitAsync());
        Assert.Equal(expected, array.Span.ToArray());
        Assert.Throws<IndexOutOfRangeException>(() => { array[10] = 0; });
        Assert.Throws<IndexOutOfRangeException>(() => { array[-1] = 0; });
    }

    // "Test for zeroing", several times, so that memory which was used before would be seen; large enough to be kept and used again.
    [Theory(Timeout = Patience.OfATest), Ports("_TestArray.test_array_from_size")]
    [InlineData(10)]
    [InlineData(1 << 20)]
    public async Task An_array_of_a_size_is_all_zeros(int size)
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        for (var again = 0; again < 3; again++)
        {
            using var array = new SharedArray<int>(size);
            Assert.Equal(-1, array.Span.IndexOfAnyExcept(0));
            array.Span.Fill(7);

            // A large body leaves its memory to the next.
            Assert.Equal(size, await pool.RunAsync(static numbers => numbers.Length, array.Span.ToArray()));
        }
    }

    // Value('i'), Value(c_double), Value(c_longlong), a structure and an array, with their lock and without.
    [Theory(Timeout = Patience.OfATest), Ports("_TestSharedCTypes.test_sharedctypes", "_TestSharedCTypes.test_synchronize")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Numbers_and_structures_are_shared_with_and_without_their_mutex(bool locked)
    {
        using var integer = new SharedValue<int>(7);
        using var real = new SharedValue<double>(1.0 / 3);
        using var large = new SharedValue<long>(1L << 33);
        using var structure = new SharedValue<SharedMemoryFunctions.Reading>(new SharedMemoryFunctions.Reading(3, 2.5));
        using var array = new SharedArray<double>([0, 1, 2, 3]);
        await using var process = WorkerProcess.Start(
            SharedMemoryFunctions.Double, (integer, real, large, structure), array, locked);
        Assert.Equal(0, await process.WaitAsync());
        Assert.Equal((14, 2.0 / 3, 1L << 34), (integer.Value, real.Value, large.Value));
        Assert.Equal((6, 5.0), (structure.Value.Id, structure.Value.Value));
        Assert.Equal([0, 2, 4, 6], array.Span.ToArray());
    }

    // A copy of a structure does not change with it.
    [Fact, Ports("_TestSharedCTypes.test_copy")]
    public void A_value_that_was_read_is_a_copy()
    {
        using var structure = new SharedValue<SharedMemoryFunctions.Reading>(new SharedMemoryFunctions.Reading(2, 5));
        var copy = structure.Value;
        structure.Unguarded.Id = 0;
        Assert.Equal((2, 0), (copy.Id, structure.Value.Id));
    }

    // "Check that freeing of blocks by the garbage collector doesn't deadlock", of those that refer to each other too; and it happens.
    [Fact, Ports("_TestHeap.test_free_from_gc")]
    public void What_nobody_disposed_of_is_freed_by_the_collector()
    {
        if (!OperatingSystem.IsLinux()) return;
        var references = Leave(200);

        // They are those of segments, long ones: such a segment is gone when its finalizer, which gives the memory back, has run.
        for (var turn = 0; turn < 100 && references.Any(static reference => reference.IsAlive); turn++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.DoesNotContain(references, static reference => reference.IsAlive);
    }

    // The memory of an argument stays until the function has returned, whatever the function still refers to. (In code that is optimised,
    // an argument that is not used any more is nobody's.)
    [Fact(Timeout = Patience.OfATest)]
    public async Task The_memory_of_an_argument_is_there_until_its_function_returns()
    {
        using var array = new SharedArray<int>([1, 2, 3, 4]);
        var (ofPool, ofProcess) = (new ProcessPoolOptions { WorkerCount = 1 }, new WorkerProcessOptions());
        const string tiers = "DOTNET_TieredCompilation";
        ofPool.WorkerEnvironment[tiers] = ofProcess.Environment[tiers] = "0";
        await using var pool = new ProcessPool(ofPool);
        Assert.Equal(10, await pool.RunAsync(SharedMemoryFunctions.SumAfterCollections, array));
        await using var process = WorkerProcess.Start(SharedMemoryFunctions.SumAfterCollections, array, ofProcess);
        Assert.Equal(10, await process.WaitAsync());
    }

    // SharedMemory(create=True, size=...): zero and less are a ValueError.
    [Theory, Ports("_TestSharedMemory.test_invalid_shared_memory_creation")]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_array_without_elements_is_refused(int size)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedArray<byte>(size));
        if (size == 0) Assert.Throws<ArgumentOutOfRangeException>(() => new SharedArray<byte>([]));
    }

    // Who attaches sees what was written, and what is written there is seen here; a view that was closed is closed for its process only.
    [Fact(Timeout = Patience.OfATest)]
    [Ports(
        "_TestSharedMemory.test_shared_memory_basics",
        "_TestSharedMemory.test_shared_memory_across_processes",
        "_TestSharedMemory.test_shared_memory_pickle_unpickle")]
    public async Task Memory_is_the_same_for_all_who_have_it()
    {
        using var memory = new SharedArray<byte>(512);
        using var seen = new ProcessEvent();
        memory[0] = 42;
        await using var process = WorkerProcess.Start(SharedMemoryFunctions.ReadAndWrite, memory, seen);
        Assert.True(seen.Wait(Patience.OfAWait));
        Assert.Equal((42, 43), (memory[0], memory[1]));
        Assert.Equal(0, await process.WaitAsync());
        Assert.Equal(43, memory[1]);
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory[0]);
        memory.Dispose();
    }

    // Unpickling what was unlinked is FileNotFoundError: here what was disposed of cannot be given away, and what was given away and
    // disposed of before it was opened is said to be gone.
    [Fact(Timeout = Patience.OfATest), Ports("_TestSharedMemory.test_shared_memory_pickle_unpickle_dead_object")]
    public async Task Memory_that_is_gone_cannot_be_opened()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        var memory = new SharedArray<byte>(512);
        using var queue = new ProcessQueue<SharedArray<byte>>();
        queue.Put(memory);
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _ = pool.RunAsync(static bytes => bytes.Length, memory); });
        Assert.Throws<ObjectDisposedException>(() => queue.Put(memory));
        var gone = Assert.Throws<PayloadSerializationException>(() => queue.Get());
        Assert.IsAssignableFrom<IOException>(gone.InnerException);
        Assert.Equal(0, queue.Count);
    }

    // The number of a closed file is soon that of another: whoever was given the old memory is not given what has its number now.
    [Fact, Ports("_TestSharedMemory.test_shared_memory_pickle_unpickle_dead_object")]
    public void Memory_that_is_gone_is_not_taken_for_what_came_after_it()
    {
        using var queue = new ProcessQueue<SharedArray<byte>>();
        using var kept = new SharedArray<byte>(512);
        var gone = new SharedArray<byte>(512);
        queue.Put(gone);
        queue.Put(kept);
        gone.Dispose();
        // One of them has the number of the file that was closed.
        var others = Enumerable.Range(0, 8).Select(static _ => new SharedArray<byte>(512)).ToList();
        Assert.Throws<PayloadSerializationException>(() => queue.Get());
        kept[0] = 7;
        using var again = queue.Get();
        Assert.Equal(7, again[0]);
        others.ForEach(static other => other.Dispose());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Leave(int count) => [.. Enumerable.Range(0, count).SelectMany(static _ =>
    {
        var (array, value, queue) = (new SharedArray<int>(10), new SharedValue<long>(), new ProcessQueue<int>(2));
        object[] circle = [array, value, queue, null!];
        circle[3] = circle;
        return new[] { array.Segment, value.Handle, queue.Handle }
            .Select(static segment => new WeakReference(segment, trackResurrection: true)).ToArray();
    })];
}
