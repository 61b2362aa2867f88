namespace Quintet.Multiprocessing;

/// <summary>Carries the address of a queue.</summary>
/// <typeparam name="T">What the queue holds.</typeparam>
public sealed class ProcessQueueCodec<T> : PayloadCodec<ProcessQueue<T>?>
{
    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, ProcessQueue<T>? value) => SharedAddress.Write(writer, value?.Handle);

    /// <inheritdoc/>
    public override ProcessQueue<T>? Read(ref PayloadReader reader) => MessageRing.Read(ref reader, "ProcessQueue") is { } ring
        ? new ProcessQueue<T>(ring)
        : null;
}
