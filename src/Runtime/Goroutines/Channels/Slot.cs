using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>How a value travels in the goroutine that sends or receives it.</summary>
internal static class Slot<T>
{
    private static bool FitsNumber
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !RuntimeHelpers.IsReferenceOrContainsReferences<T>() && Unsafe.SizeOf<T>() <= sizeof(long);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Put(Goroutine goroutine, T value)
    {
        if (FitsNumber) Unsafe.As<long, T>(ref goroutine.SlotValue) = value;
        else goroutine.SlotObject = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Take(Goroutine goroutine)
    {
        if (FitsNumber) return Unsafe.As<long, T>(ref goroutine.SlotValue);
        var value = goroutine.SlotObject;
        goroutine.SlotObject = null;
        return value is null ? default! : (T)value;
    }
}
