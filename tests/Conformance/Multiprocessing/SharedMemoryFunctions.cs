using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>What the specifications of shared memory run in workers.</summary>
internal static class SharedMemoryFunctions
{
    internal static void SumUp(SharedArray<int> values)
    {
        for (var i = 1; i < values.Length; i++) values[i] += values[i - 1];
    }

    /// <summary>Doubles a number of each kind, a structure, and every element of an array.</summary>
    internal static void Double(
        (SharedValue<int> Int, SharedValue<double> Double, SharedValue<long> Long, SharedValue<Reading> Reading) values,
        SharedArray<double> array,
        bool locked)
    {
        if (locked)
        {
            values.Int.Update(static x => x * 2);
            values.Double.Update(static x => x * 2);
            values.Long.Update(static x => x * 2);
            values.Reading.Update(static x => new Reading(x.Id * 2, x.Value * 2));
        }
        else
        {
            values.Int.Unguarded *= 2;
            values.Double.Unguarded *= 2;
            values.Long.Unguarded *= 2;
            values.Reading.Unguarded.Id *= 2;
            values.Reading.Unguarded.Value *= 2;
        }
        foreach (ref var element in array.Span) element *= 2;
    }

    /// <summary>Uses a span when nothing here refers to its array any more.</summary>
    internal static int SumAfterCollections(SharedArray<int> values)
    {
        var span = values.Span;
        values = null!;
        for (var turn = 0; turn < 5; turn++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        var sum = 0;
        foreach (var value in span) sum += value;
        return sum;
    }

    internal static void ReadAndWrite(SharedArray<byte> memory, ProcessEvent seen)
    {
        memory[1] = (byte)(memory[0] + 1);
        seen.Set();
    }

    internal struct Reading(int id, double value)
    {
        public int Id = id;
        public double Value = value;
    }
}
