using System.Runtime.CompilerServices;

namespace Quintet.Multiprocessing;

/// <summary>Values without references, copied as they lie in memory: both processes run the same program.</summary>
internal sealed class RawCodec<T> : PayloadCodec<T>
{
    public override int SmallestSize => Unsafe.SizeOf<T>();

    public override void Write(PayloadWriter writer, T value) => writer.Unchecked(value);

    public override T Read(ref PayloadReader reader) => reader.Unchecked<T>();
}
