namespace Quintet.Multiprocessing;

/// <summary>
/// Says why values of a type cannot cross. Registered by generated code, so that the reason is known where the value is met.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="member">The member that is the reason, or nothing if it is the type itself.</param>
/// <param name="reason">A sentence.</param>
public sealed class RefusedCodec<T>(string member, string reason) : PayloadCodec<T>
{
    /// <summary>The type itself cannot cross.</summary>
    public RefusedCodec(string reason) : this("", reason) { }

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, T value) => throw Refused();

    /// <inheritdoc/>
    public override T Read(ref PayloadReader reader) => throw Refused();

    internal PayloadSerializationException Refused() => new(member.Length == 0 ? typeof(T).Name : $"{typeof(T).Name}.{member}", reason);
}
