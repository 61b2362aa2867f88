using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing;

/// <summary>One-dimensional arrays. Elements without references are copied in one piece.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class ArrayCodec<T> : PayloadCodec<T[]?>
{
    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, T[]? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Count(value?.Length ?? -1);
        if (value is null) return;
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>()) writer.Bytes(ElementBytes(value));
        else Elements.Write(writer, value);
    }

    /// <inheritdoc/>
    public override T[]? Read(ref PayloadReader reader)
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            var length = reader.Count(Unsafe.SizeOf<T>());
            if (length < 0) return null;
            var raw = GC.AllocateUninitializedArray<T>(length);
            reader.Bytes(checked(length * Unsafe.SizeOf<T>())).CopyTo(ElementBytes(raw));
            return raw;
        }
        var codec = PayloadCodec<T>.Default;
        var count = reader.Count(codec.SmallestSize);
        if (count < 0) return null;
        var values = new T[count];
        for (var i = 0; i < values.Length; i++) values[i] = codec.Read(ref reader);
        return values;
    }

    private static Span<byte> ElementBytes(T[] values) => MemoryMarshal.CreateSpan(
        ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(values)), checked(values.Length * Unsafe.SizeOf<T>()));

    /// <summary>Elements one by one, with the place of the one that cannot cross.</summary>
    internal static class Elements
    {
        internal static void Write(PayloadWriter writer, ReadOnlySpan<T> values)
        {
            var codec = PayloadCodec<T>.Default;
            var place = 0;
            try
            {
                for (; place < values.Length; place++) codec.Write(writer, values[place]);
            }
            catch (PayloadSerializationException failure)
            {
                var rest = failure.MemberPath.AsSpan().IndexOfAny('.', '[') is var end and >= 0 ? failure.MemberPath[end..] : "";
                throw new PayloadSerializationException($"{typeof(T).Name}[{place}]{rest}", failure.Reason, failure.InnerException);
            }
        }
    }
}
