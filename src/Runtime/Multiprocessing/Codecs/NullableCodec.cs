namespace Quintet.Multiprocessing;

/// <summary>Structures that may be absent, of which some member is a reference.</summary>
/// <typeparam name="T">The structure's type.</typeparam>
public sealed class NullableCodec<T> : PayloadCodec<T?> where T : struct
{
    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, T? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Raw(value is null ? (byte)0 : (byte)1);
        if (value is { } present) PayloadCodec<T>.Default.Write(writer, present);
    }

    /// <inheritdoc/>
    public override T? Read(ref PayloadReader reader) => reader.Raw<byte>() == 0 ? null : PayloadCodec<T>.Default.Read(ref reader);
}
