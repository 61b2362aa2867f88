using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Quintet.Multiprocessing;

/// <summary>The codecs that need no generator: unmanaged data, strings, and (where code can be made at run time) collections of what has a
/// codec.</summary>
internal static class BuiltInCodecs
{
    internal static PayloadCodec<T> Find<T>()
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>()) return new RawCodec<T>();
        if (typeof(T) == typeof(string)) return (PayloadCodec<T>)(object)new TextCodec();
        if (typeof(T).IsAssignableTo(typeof(SharedObject)) && Shared(typeof(T)) is { } shared) return (PayloadCodec<T>)shared;
        if (BaseLibraryCodecs.Find(typeof(T)) is { } known) return (PayloadCodec<T>)known;
        if (RuntimeFeature.IsDynamicCodeSupported && Generic(typeof(T)) is { } codec) return (PayloadCodec<T>)codec;
        return new AbsentCodec<T>();
    }

    private static object? Shared(Type type)
    {
        if (type == typeof(ProcessMutex))
            return new SharedObjectCodec<ProcessMutex>(ProcessMutex.Size, static segment => new ProcessMutex(segment));
        if (type == typeof(ProcessSemaphore))
            return new SharedObjectCodec<ProcessSemaphore>(ProcessSemaphore.Size, static segment => new ProcessSemaphore(segment));
        if (type == typeof(ProcessEvent))
            return new SharedObjectCodec<ProcessEvent>(ProcessEvent.Size, static segment => new ProcessEvent(segment));
        if (type == typeof(ProcessBarrier))
            return new SharedObjectCodec<ProcessBarrier>(ProcessBarrier.Size, static segment => new ProcessBarrier(segment));
        return type == typeof(ProcessCondition) ? new ProcessConditionCodec() : null;
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where code can be made at run time.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "As above.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "As above.")]
    private static object? Generic(Type type)
    {
        if (type.IsSZArray) return Create(typeof(ArrayCodec<>), type.GetElementType()!);
        if (type.IsArray) return Create(typeof(RankedArrayCodec<,>), type, type.GetElementType()!);
        if (!type.IsGenericType) return null;
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (definition == typeof(List<>)) return Create(typeof(ListCodec<>), arguments);
        if (definition == typeof(Dictionary<,>)) return Create(typeof(DictionaryCodec<,>), arguments);
        if (definition == typeof(HashSet<>)) return Create(typeof(HashSetCodec<>), arguments);
        if (definition == typeof(Nullable<>)) return Create(typeof(NullableCodec<>), arguments);
        if (definition == typeof(Memory<>)) return Create(typeof(MemoryCodec<>), arguments);
        if (definition == typeof(ReadOnlyMemory<>)) return Create(typeof(ReadOnlyMemoryCodec<>), arguments);
        if (definition == typeof(KeyValuePair<,>)) return Create(typeof(KeyValueCodec<,>), arguments);
        if (definition == typeof(ValueTuple<,>)) return Create(typeof(PairCodec<,>), arguments);
        if (definition == typeof(ValueTuple<,,>)) return Create(typeof(TripleCodec<,,>), arguments);
        if (definition == typeof(SharedArray<>)) return Create(typeof(SharedArrayCodec<>), arguments);
        if (definition == typeof(SharedValue<>)) return Create(typeof(SharedValueCodec<>), arguments);
        if (definition == typeof(ProcessQueue<>)) return Create(typeof(ProcessQueueCodec<>), arguments);
        if (definition == typeof(ProcessConnection<,>)) return Create(typeof(ProcessConnectionCodec<,>), arguments);
        return null;
    }

    [RequiresDynamicCode("Makes a generic type at run time.")]
    [RequiresUnreferencedCode("Makes a generic type at run time.")]
    private static object Create(Type codec, params Type[] arguments) => Activator.CreateInstance(codec.MakeGenericType(arguments))!;
}
