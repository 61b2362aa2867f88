namespace Quintet.Multiprocessing;

/// <summary>
/// Says why values of a type cannot cross. Registered by generated code, so that the reason is known where the value is met.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="reason">A sentence.</param>
public sealed class RefusedCodec<T>(string reason) : PayloadCodec<T>
{
    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, T value) => throw new PayloadSerializationException(typeof(T).Name, reason);

    /// <inheritdoc/>
    public override T Read(ref PayloadReader reader) => throw new PayloadSerializationException(typeof(T).Name, reason);
}
