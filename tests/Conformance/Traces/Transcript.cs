using System.Collections;
using System.Globalization;

namespace Quintet.Tests.Conformance.Traces;

/// <summary>What a twin prints: arguments with a space between them, written as Python writes them (Node's programs print text).</summary>
public sealed class Transcript
{
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();

    public string Text
    {
        get
        {
            lock (_gate) return string.Concat(_lines.Select(line => line + "\n"));
        }
    }

    public void Print(params object?[] values)
    {
        var line = string.Join(' ', values.Select(value => value as string ?? Repr(value)));
        lock (_gate) _lines.Add(line);
    }

    /// <summary>Python's <c>repr</c>.</summary>
    public static string Repr(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        string text => text.Contains('\'') && !text.Contains('"') ? $"\"{text}\"" : $"'{text}'",
        byte[] bytes => "b'" + string.Concat(bytes.Select(Escape)) + "'",
        double number => number.ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Repr)) + "]",
        _ => value.ToString() ?? "",
    };

    private static string Escape(byte value) => value switch
    {
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        (byte)'\'' => "\\'",
        (byte)'\\' => "\\\\",
        < 32 or > 126 => $"\\x{value:x2}",
        _ => ((char)value).ToString(),
    };
}
