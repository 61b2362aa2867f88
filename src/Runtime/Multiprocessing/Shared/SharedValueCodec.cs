namespace Quintet.Multiprocessing;

/// <summary>Carries the address of a shared value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class SharedValueCodec<T> : PayloadCodec<SharedValue<T>?> where T : unmanaged
{
    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, SharedValue<T>? value) => SharedAddress.Write(writer, value?.Handle);

    /// <inheritdoc/>
    public override SharedValue<T>? Read(ref PayloadReader reader) =>
        SharedAddress.Read(ref reader, SharedValue<T>.Size, "SharedValue") is { } segment ? new SharedValue<T>(segment) : null;
}
