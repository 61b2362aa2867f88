// How a message is copied
// -----------------------
// What cannot change is handed over as it is, bytes are copied, and everything else goes through JSON, which keeps shared references and
// cycles. What is in the transfer list is handed over instead: in the JSON there is its place in the list.
//
// Source: HTML, 2.7 (safe passing of structured data); Node src/node_messaging.cc.

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Quintet.Node;

/// <summary>Copies messages, so that two loops never share what they change.</summary>
/// <remarks>What cannot change (numbers, text, enums, dates) is handed over as it is; bytes are copied; everything else goes through
/// JSON, with public properties and fields. Functions and handles cannot be copied.</remarks>
public static class StructuredClone
{
    private static readonly JsonSerializerOptions Json = new()
    {
        IncludeFields = true,
        ReferenceHandler = ReferenceHandler.Preserve,
        Converters = { new HandedOver<MessagePort>(), new HandedOver<byte[]>() },
    };

    private static readonly ConcurrentDictionary<Type, bool> Immutable = new();

    [ThreadStatic]
    private static object[]? _handed;

    /// <summary>A copy of <paramref name="value"/>.</summary>
    /// <exception cref="DataCloneException">Its type cannot be copied.</exception>
    public static T Of<T>(T value) => Of(value, [], []);

    /// <summary>A copy in which the members of one list, where they are met, are replaced by those of another.</summary>
    internal static T Of<T>(T value, object[] given, object[] taken)
    {
        if (value is null || Immutable.GetOrAdd(value.GetType(), IsImmutable)) return value;
        if (Array.IndexOf(given, value) is >= 0 and var index) return (T)taken[index];
        if (value is byte[] bytes) return (T)(object)bytes.Clone();
        if (value is Delegate) throw new DataCloneException("A function cannot be sent to another loop.");
        if (value is MessagePort)
            throw new DataCloneException("Object that needs transfer was found in message but not listed in transferList");
        var outer = _handed;
        try
        {
            _handed = given;
            var json = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Json);
            _handed = taken;
            return (T)JsonSerializer.Deserialize(json, value.GetType(), Json)!;
        }
        catch (Exception error) when (error is NotSupportedException or JsonException)
        {
            throw error as DataCloneException ?? new DataCloneException($"A {value.GetType()} cannot be sent: {error.Message}", error);
        }
        finally
        {
            _handed = outer;
        }
    }

    private static bool IsImmutable(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan) || type == typeof(Guid)
        || (type.IsValueType && typeof(ITuple).IsAssignableFrom(type) && type.GetGenericArguments().All(IsImmutable));

    /// <summary>Writes the place in the transfer list, or bytes as such where they are not in it.</summary>
    private sealed class HandedOver<T> : JsonConverter<T>
        where T : class
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? (T)_handed![reader.GetInt32()]
                : (T)(object)reader.GetBytesFromBase64();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            if (Array.IndexOf(_handed!, value) is >= 0 and var index) writer.WriteNumberValue(index);
            else if (value is byte[] bytes) writer.WriteBase64StringValue(bytes);
            else throw new DataCloneException("Object that needs transfer was found in message but not listed in transferList");
        }
    }
}
