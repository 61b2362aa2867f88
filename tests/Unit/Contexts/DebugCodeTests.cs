using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Contexts;

/// <summary>What only the program's developers run is only possible; each case with one fact changed.</summary>
public sealed class DebugCodeTests
{
    private const string Write = "File.WriteAllText(\"a\", \"b\");\n";

    [Theory]
    [InlineData("#if DEBUG\n" + Write + "#endif\n", "QNT4003")]
    [InlineData("#if DEBUG && !TRACE\n" + Write + "#endif\n", "QNT4003")]
    [InlineData("#if RELEASE\n#elif DEBUG\n" + Write + "#endif\n", "QNT4003")]
    [InlineData("#if DEBUG\n#if !TRACE\n#endif\n" + Write + "#endif\n", "QNT4003")]
    [InlineData("#if (DEBUG)\n" + Write + "#endif\n", "QNT4003")]
    [InlineData("#if !TRACE && DEBUG\n" + Write + "#endif\n", "QNT4003")]
    [InlineData("#if RELEASE\n#elif WINDOWS\n" + Write + "#endif\n", "QNT4001")]
    [InlineData("#if (WINDOWS)\n" + Write + "#endif\n", "QNT4001")]
    [InlineData("#if WINDOWS && !TRACE\n" + Write + "#endif\n", "QNT4001")]
    [InlineData("#if WINDOWS\n" + Write + "#endif\n", "QNT4001")]
    [InlineData("#if DEBUG || WINDOWS\n" + Write + "#endif\n", "QNT4001")]
    [InlineData("#if !DEBUG\n#else\n" + Write + "#endif\n", "QNT4001")]
    [InlineData("#if DEBUG\n#endif\n" + Write, "QNT4001")]
    [InlineData("#if DEBUG\n#if WINDOWS\n#endif\n#endif\n" + Write, "QNT4001")]
    public async Task What_is_compiled_for_developers_is_possible_only(string part, string id)
    {
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(
            "using System.IO;\nusing System.Threading.Tasks;\nclass C { async Task M() { await Task.Yield();\n" + part + "} }",
            new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: ["DEBUG", "WINDOWS"]),
            cancellationToken: TestContext.Current.CancellationToken));

        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(id, Assert.Single(found).Id);
    }
}
