namespace Quintet.Multiprocessing;

/// <summary>Carries the address of an object in shared memory.</summary>
internal sealed class SharedObjectCodec<T>(long size, Func<SharedSegment, T> open) : PayloadCodec<T?> where T : SharedObject
{
    public override int SmallestSize => sizeof(int);

    public override void Write(PayloadWriter writer, T? value) => SharedAddress.Write(writer, value?.Handle);

    public override T? Read(ref PayloadReader reader) => SharedAddress.Read(ref reader, size, typeof(T).Name) is { } segment
        ? open(segment)
        : null;
}
