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
        if (RuntimeFeature.IsDynamicCodeSupported && Generic(typeof(T)) is { } codec) return (PayloadCodec<T>)codec;
        return new AbsentCodec<T>();
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where code can be made at run time.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "As above.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "As above.")]
    private static object? Generic(Type type)
    {
        if (type.IsSZArray) return Create(typeof(ArrayCodec<>), type.GetElementType()!);
        if (!type.IsGenericType) return null;
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (definition == typeof(List<>)) return Create(typeof(ListCodec<>), arguments);
        if (definition == typeof(Dictionary<,>)) return Create(typeof(DictionaryCodec<,>), arguments);
        if (definition == typeof(HashSet<>)) return Create(typeof(HashSetCodec<>), arguments);
        if (definition == typeof(ValueTuple<,>)) return Create(typeof(PairCodec<,>), arguments);
        if (definition == typeof(ValueTuple<,,>)) return Create(typeof(TripleCodec<,,>), arguments);
        if (definition == typeof(SharedArray<>)) return Create(typeof(SharedArrayCodec<>), arguments);
        return null;
    }

    [RequiresDynamicCode("Makes a generic type at run time.")]
    [RequiresUnreferencedCode("Makes a generic type at run time.")]
    private static object Create(Type codec, params Type[] arguments) => Activator.CreateInstance(codec.MakeGenericType(arguments))!;
}
