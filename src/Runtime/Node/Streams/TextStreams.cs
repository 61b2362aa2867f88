using System.Text;

namespace Quintet.Node;

/// <summary>Text out of streams of bytes.</summary>
public static class TextStreams
{
    /// <summary>The text of a stream of bytes; a character whose bytes lie in two chunks comes whole (Node: <c>setEncoding</c>).</summary>
    /// <param name="stream">The bytes. From now on they belong to the text.</param>
    /// <param name="encoding">The encoding; null means UTF-8.</param>
    public static Readable<string> SetEncoding(this IReadable<byte[]> stream, Encoding? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new TextReadable(stream, encoding ?? Encoding.UTF8);
    }
}
