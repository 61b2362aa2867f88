using System.Text;

namespace Quintet.BuildTasks.Caching;

/// <summary>Lines as the bytes that are kept and that the compiler gets.</summary>
internal static class EffectText
{
    private const byte LineFeed = (byte)'\n';

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public static byte[] Of(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines) text.Append(line).Append('\n');
        return Utf8.GetBytes(text.ToString());
    }

    public static string[] LinesOf(byte[] text) => text.Length == 0 ? [] : Utf8.GetString(text, 0, text.Length).TrimEnd('\n').Split('\n');

    /// <summary>Where a line ends that starts here; the end of the text for the last one.</summary>
    public static int EndOfLine(byte[] text, int start) => Array.IndexOf(text, LineFeed, start) is >= 0 and var end ? end : text.Length;

    public static string Line(byte[] text, int start, int end) => Utf8.GetString(text, start, end - start);
}
