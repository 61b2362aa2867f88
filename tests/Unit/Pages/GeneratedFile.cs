namespace Quintet.Tests.Pages;

/// <summary>
/// Regions of documents that are derived from code. Normally they are compared; with <c>QUINTET_UPDATE=1</c> they are written,
/// and the test fails all the same, once, so that nobody updates without looking.
/// </summary>
internal static class GeneratedFile
{
    public const string Variable = "QUINTET_UPDATE";

    public static bool Updates => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>The text between two markers, or null where they are missing.</summary>
    public static string? Region(string text, string begin, string end)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        return from < 0 || to < from ? null : text[(from + begin.Length)..to].Trim('\n');
    }

    /// <summary>The region of a file is what is expected, or becomes it.</summary>
    public static void HasRegion(string file, string begin, string end, string expected)
    {
        var path = Repository.PathOf(file);
        var text = File.ReadAllText(path);
        var actual = Region(text, begin, end);
        Assert.True(actual is not null, $"{file} lacks the markers {begin} and {end}.");
        if (actual == expected) return;
        if (Updates)
        {
            var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
            File.WriteAllText(path, $"{text[..from]}\n{expected}\n{text[text.IndexOf(end, StringComparison.Ordinal)..]}");
            Assert.Fail($"{file} was rewritten: look at the change, then run the tests again without {Variable}.");
        }

        Assert.Fail($"{file} is out of date; {Variable}=1 dotnet test tests/Unit writes it anew. Expected:\n{expected}\nActual:\n{actual}");
    }
}
