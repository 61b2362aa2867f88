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
        if (value is not null) Elements.Write(writer, value);
    }

    /// <inheritdoc/>
    public override T[]? Read(ref PayloadReader reader) => ReadElements(ref reader);

    internal static T[]? ReadElements(ref PayloadReader reader)
    {
        var count = reader.Count(Elements.SmallestSize);
        if (count < 0) return null;
        var values = Elements.AreRaw ? GC.AllocateUninitializedArray<T>(count) : new T[count];
        if (Elements.AreRaw) LargeArrays.Prepare(Elements.AsBytes(values));
        Elements.Read(ref reader, values);
        return values;
    }

    /// <summary>Elements without their count: in one piece, or one by one with the place of the one that cannot cross.</summary>
    internal static class Elements
    {
        /// <summary>Whether they are copied as they lie in memory.</summary>
        internal static bool AreRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<T>() && PayloadCodec<T>.Default is RawCodec<T>;

        internal static int SmallestSize => PayloadCodec<T>.Default.SmallestSize;

        internal static void Read(ref PayloadReader reader, Span<T> values)
        {
            if (AreRaw)
            {
                reader.Bytes(checked(values.Length * Unsafe.SizeOf<T>())).CopyTo(AsBytes(values));
                return;
            }
            var codec = PayloadCodec<T>.Default;
            for (var i = 0; i < values.Length; i++) values[i] = codec.Read(ref reader);
        }

        internal static void Write(PayloadWriter writer, ReadOnlySpan<T> values)
        {
            if (AreRaw)
            {
                writer.Bytes(AsBytes(values));
                return;
            }
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

        internal static Span<byte> AsBytes(ReadOnlySpan<T> values) => MemoryMarshal.CreateSpan(
            ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values)), checked(values.Length * Unsafe.SizeOf<T>()));
    }
}
