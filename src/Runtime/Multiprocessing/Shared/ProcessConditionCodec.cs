namespace Quintet.Multiprocessing;

/// <summary>Carries the addresses of a condition and its mutex.</summary>
internal sealed class ProcessConditionCodec : PayloadCodec<ProcessCondition?>
{
    public override int SmallestSize => sizeof(int);

    public override void Write(PayloadWriter writer, ProcessCondition? value)
    {
        SharedAddress.Write(writer, value?.Handle);
        if (value is not null) SharedAddress.Write(writer, value.Mutex.Handle);
    }

    public override ProcessCondition? Read(ref PayloadReader reader)
    {
        if (SharedAddress.Read(ref reader, ProcessCondition.Size, "ProcessCondition") is not { } condition) return null;
        var mutex = SharedAddress.Read(ref reader, ProcessMutex.Size, "ProcessMutex")
            ?? throw new PayloadSerializationException("ProcessCondition", "it has no mutex.");
        return new ProcessCondition(new ProcessMutex(mutex), condition, ownsMutex: true);
    }
}
