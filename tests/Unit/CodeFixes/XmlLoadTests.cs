using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>XML that is read from a stream: its asynchronous form wants options and token spelled out.</summary>
public sealed class XmlLoadTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Fix = new();

    private static string Text(string body, string token = ", CancellationToken token") => FixLab.Usings
        + "using System.Xml.Linq;\n"
        + $"class C {{ async Task M(Stream s, TextReader r{token}) {{ var d = {body}; await Task.Yield(); }} }}\n";

    [Theory]
    [InlineData("[|XDocument.Load(s)|]", "await XDocument.LoadAsync(s, LoadOptions.None, token)")]
    [InlineData("[|XElement.Load(r)|].Name", "(await XElement.LoadAsync(r, LoadOptions.None, token)).Name")]
    [InlineData("[|XDocument.Load(s, LoadOptions.SetLineInfo)|]", "await XDocument.LoadAsync(s, LoadOptions.SetLineInfo, token)")]
    public Task The_token_is_passed(string before, string after) => FixAssert.BecomesAsync(Fix, FixLab.Of([Text(before)]), [Text(after)]);

    [Fact]
    public Task Without_a_token_none_is_passed() => FixAssert.BecomesAsync(
        Fix, FixLab.Of([Text("[|XDocument.Load(s)|]", "")]), [Text("await XDocument.LoadAsync(s, LoadOptions.None, default)", "")]);

    [Theory]
    // No asynchronous form opens the file by its name.
    [InlineData("[|XDocument.Load(\"a.xml\")|]")]
    [InlineData("[|XElement.Load(\"a.xml\")|]")]
    public Task By_its_name_nothing_is_read_asynchronously(string before) => FixAssert.RefusedAsync(Fix, FixLab.Of([Text(before)]));
}
