namespace Quintet.Multiprocessing;

/// <summary>Says why a type cannot cross, at the moment when it should.</summary>
internal sealed class AbsentCodec<T> : PayloadCodec<T>
{
    public override void Write(PayloadWriter writer, T value) => throw Refused();

    public override T Read(ref PayloadReader reader) => throw Refused();

    private static PayloadSerializationException Refused() => new(
        typeof(T).Name,
        IsNameable(typeof(T))
            ? $"no codec for {typeof(T)}. Use it in the signature of a [ProcessFunction] so that one is generated, or register a "
                + "PayloadCodec."
            : $"no codec for {typeof(T)}, because only its class or file may name it. Make it at least internal.");

    private static bool IsNameable(Type type)
    {
        if (type.IsArray) return IsNameable(type.GetElementType()!);
        for (var at = type; at is not null; at = at.DeclaringType)
            if (at.IsNestedPrivate || at.IsNestedFamily || at.IsNestedFamANDAssem || at.Name.Contains('<')) return false;
        return Array.TrueForAll(type.GetGenericArguments(), IsNameable);
    }
}
