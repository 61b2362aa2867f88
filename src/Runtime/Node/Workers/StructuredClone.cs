using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Quintet.Node;

/// <summary>Copies messages, so that two loops never share what they change.</summary>
/// <remarks>What cannot change (numbers, text, enums, dates) is handed over as it is; bytes are copied; everything else goes through
/// JSON, with
/// public properties and fields. Functions and handles cannot be copied.</remarks>
public static class StructuredClone
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };
    private static readonly ConcurrentDictionary<Type, bool> Immutable = new();

    /// <summary>A copy of <paramref name="value"/>.</summary>
    /// <exception cref="NotSupportedException">Its type cannot be copied.</exception>
    public static T Of<T>(T value)
    {
        if (value is null || Immutable.GetOrAdd(value.GetType(), IsImmutable)) return value;
        if (value is byte[] bytes) return (T)(object)bytes.Clone();
        if (value is Delegate) throw new NotSupportedException("A function cannot be sent to another loop (DataCloneError).");
        return (T)JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Json), value.GetType(), Json)!;
    }

    private static bool IsImmutable(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan) || type == typeof(Guid)
        || (type.IsValueType && typeof(ITuple).IsAssignableFrom(type) && type.GetGenericArguments().All(IsImmutable));
}
