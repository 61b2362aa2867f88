namespace Quintet.Multiprocessing;

/// <summary>Says why a type cannot cross, at the moment when it should.</summary>
internal sealed class AbsentCodec<T> : PayloadCodec<T>
{
    public override void Write(PayloadWriter writer, T value) => throw Refused();

    public override T Read(ref PayloadReader reader) => throw Refused();

    private static PayloadSerializationException Refused() => new(
        typeof(T).Name,
        $"no codec for {typeof(T)}. Use it in the signature of a [ProcessFunction] so that one is generated, or register a PayloadCodec.");
}
