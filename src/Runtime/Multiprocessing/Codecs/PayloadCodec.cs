namespace Quintet.Multiprocessing;

/// <summary>How values of one type become bytes and values again. Must be safe for use by several threads.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class PayloadCodec<T>
{
    private static PayloadCodec<T>? _registered;

    /// <summary>The codec of this type: registered, generated, or built in; one that throws if there is none.</summary>
    public static PayloadCodec<T> Default
    {
        get => _registered ?? (_registered = BuiltInCodecs.Find<T>());
        internal set => _registered = value;
    }

    /// <summary>The fewest bytes that a value takes; limits what a damaged count can make us allocate.</summary>
    public virtual int SmallestSize => 1;

    /// <summary>Appends the value.</summary>
    /// <exception cref="PayloadSerializationException">Something in it cannot cross.</exception>
    public abstract void Write(PayloadWriter writer, T value);

    /// <summary>Reads a value that <see cref="Write"/> wrote.</summary>
    /// <exception cref="PayloadSerializationException">The bytes are no such value.</exception>
    public abstract T Read(ref PayloadReader reader);
}
