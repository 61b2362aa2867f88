namespace Quintet.Multiprocessing;

/// <summary>Moves an end of a pipe.</summary>
/// <typeparam name="TSend">What is sent from the end.</typeparam>
/// <typeparam name="TReceive">What is received at the end.</typeparam>
public sealed class ProcessConnectionCodec<TSend, TReceive> : PayloadCodec<ProcessConnection<TSend, TReceive>?>
{
    /// <inheritdoc/>
    public override int SmallestSize => 2 * sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, ProcessConnection<TSend, TReceive>? value)
    {
        value?.ThrowIfGiven();
        SharedAddress.Write(writer, value?.Incoming?.Segment);
        SharedAddress.Write(writer, value?.Outgoing?.Segment);
    }

    /// <inheritdoc/>
    public override ProcessConnection<TSend, TReceive>? Read(ref PayloadReader reader)
    {
        var incoming = MessageRing.Read(ref reader, "ProcessConnection");
        var outgoing = MessageRing.Read(ref reader, "ProcessConnection");
        if (incoming is null && outgoing is null) return null;
        var end = new ProcessConnection<TSend, TReceive>(incoming, outgoing);
        end.Move();
        return end;
    }
}
