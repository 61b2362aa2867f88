using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>New locals are written with <c>var</c>, unless the settings or the other locals of the file say otherwise.</summary>
public sealed class LocalStyleTests
{
    private const string Elsewhere = "csharp_style_var_elsewhere = false:warning";
    private const string BuiltIn = "csharp_style_var_for_built_in_types = false";

    private static readonly QNT3003LockHeldOverBlockingWorkFix Fix = new();

    private static string Code(string members, string load) =>
        $"readonly object _gate = new();\nreadonly Dictionary<string, object> _all = new();\n{members}\n{load}";

    private static string Before(string call) => $"void Load(string path)\n{{\n    lock (_gate) _all[path] = [|{call}|];\n}}";

    private static string After(string type, string name, string call) =>
        $"void Load(string path)\n{{\n    {type} {name} = {call};\n    lock (_gate) _all[path] = {name};\n}}";

    private static Task Becomes(string settings, string members, string call, string type, string name) => FixAssert.BecomesAsync(
        Fix, FixLab.OfMembers(Code(members, Before(call))).WithSettings(settings),
        [FixLab.Wrap(Code(members, After(type, name, call)))]);

    [Theory]
    [InlineData(BuiltIn, "string")]
    [InlineData("csharp_style_var_for_built_in_types = false:error\n" + Elsewhere, "string")]
    // The near misses: the setting is for other types, asks for the opposite, or is not there.
    [InlineData(Elsewhere, "var")]
    [InlineData("csharp_style_var_for_built_in_types = true:warning", "var")]
    [InlineData("", "var")]
    public Task The_settings_decide(string settings, string type) =>
        Becomes(settings, "", "File.ReadAllText(path)", type, "text");

    [Theory]
    [InlineData(Elsewhere, "string[]")]
    [InlineData(BuiltIn, "var")]
    public Task And_for_each_kind_of_type_its_own(string settings, string type) =>
        Becomes(settings, "", "File.ReadAllLines(path)", type, "lines");

    [Theory]
    [InlineData("int M() { int a = 1; string b = \"\"; return a + b.Length; }", "string")]
    // The near misses: too few to be a habit, mixed, without values, a constant, which never has var.
    [InlineData("int M() { int a = 1; return a; }", "var")]
    [InlineData("int M() { int a = 1; string b = \"\"; var c = 2; return a + b.Length + c; }", "var")]
    [InlineData("int M() { int a, c; string b = \"\"; a = c = 1; return a + c + b.Length; }", "var")]
    [InlineData("int M() { const int a = 1; string b = \"\"; return a + b.Length; }", "var")]
    public Task Without_settings_the_other_locals_do(string members, string type) =>
        Becomes("", members, "File.ReadAllText(path)", type, "text");

    [Fact]
    public Task What_may_be_null_says_so() => Becomes(
        BuiltIn, "", "Path.GetDirectoryName(File.ReadAllText(path))!.Length > 1 ? null : Path.GetFileName(path)", "string?", "value");
}
