using System.Runtime.CompilerServices;

namespace Quintet.Node;

/// <summary>What can be done with chunks that are made of smaller things: bytes and text.</summary>
internal static class Chunks
{
    internal static bool CanBeCut<T>() =>
        typeof(T) == typeof(byte[]) || typeof(T) == typeof(string) || typeof(T) == typeof(ReadOnlyMemory<byte>);

    internal static int Length<T>(T chunk) => chunk switch
    {
        byte[] bytes => bytes.Length,
        string text => text.Length,
        ReadOnlyMemory<byte> memory => memory.Length,
        _ => 1,
    };

    internal static T Join<T>(IReadOnlyCollection<T> chunks)
    {
        if (typeof(T) == typeof(string)) return (T)(object)string.Concat((IEnumerable<string>)chunks);
        var bytes = new byte[chunks.Sum(Length)];
        var at = 0;
        foreach (var chunk in chunks)
        {
            Bytes(chunk).CopyTo(bytes.AsMemory(at));
            at += Length(chunk);
        }

        return From<T>(bytes);
    }

    internal static (T Head, T Tail) Cut<T>(T chunk, int length)
    {
        if (chunk is string text) return ((T)(object)text[..length], (T)(object)text[length..]);
        var bytes = Bytes(chunk);
        return typeof(T) == typeof(byte[])
            ? ((T)(object)bytes[..length].ToArray(), (T)(object)bytes[length..].ToArray())
            : ((T)(object)bytes[..length], (T)(object)bytes[length..]);
    }

    private static ReadOnlyMemory<byte> Bytes<T>(T chunk) =>
        chunk is byte[] bytes ? bytes : Unsafe.As<T, ReadOnlyMemory<byte>>(ref chunk);

    private static T From<T>(byte[] bytes) =>
        typeof(T) == typeof(byte[]) ? (T)(object)bytes : (T)(object)(ReadOnlyMemory<byte>)bytes;
}
