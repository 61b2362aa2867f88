using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Contexts;

/// <summary>A console program that hosts nothing: what its commands reach is waited for by one user, who asked for it.</summary>
public sealed class CommandProgramTests
{
    private const string Reached =
        """
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;
        public class Export
        {
            public async Task RunAsync() { await Task.Yield(); Load(); }
            void Load() => CALL;
        }
        public static class Program { public static void Main() { } }
        """;

    private static readonly IReadOnlyList<MetadataReference> Bare =
        [.. HostFramework.References.Where(static reference =>
            Path.GetFileName(reference.Display!).StartsWith("System.", StringComparison.Ordinal)
            && !Path.GetFileName(reference.Display!).StartsWith("System.Windows", StringComparison.Ordinal))];

    [Theory]
    [InlineData(OutputKind.ConsoleApplication, false, "File.ReadAllText(\"a\")", "QNT4003")]
    [InlineData(OutputKind.ConsoleApplication, true, "File.ReadAllText(\"a\")", "QNT4002")]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, false, "File.ReadAllText(\"a\")", "QNT4002")]
    [InlineData(OutputKind.WindowsApplication, false, "File.ReadAllText(\"a\")", "QNT4002")]
    [InlineData(OutputKind.ConsoleApplication, false, "Thread.Sleep(1000)", "QNT4002")]
    public async Task A_file_that_a_command_reaches_is_possible(OutputKind kind, bool hosts, string call, string expected)
    {
        Assert.Equal(expected, Assert.Single(await Diagnose(Reached.Replace("CALL", call, StringComparison.Ordinal), kind, hosts)));
    }

    [Fact]
    public async Task A_file_that_a_command_reads_itself_is_certain() =>
        Assert.Equal("QNT4001", Assert.Single(await Diagnose(
            Reached.Replace("Load();", "File.ReadAllText(\"a\");", StringComparison.Ordinal)
                .Replace("CALL", "Load()", StringComparison.Ordinal),
            OutputKind.ConsoleApplication, hosts: false)));

    private static async Task<IEnumerable<string>> Diagnose(string code, OutputKind kind, bool hosts)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(code, cancellationToken: cancellation);
        var compilation = CSharpCompilation.Create("Acme", [tree], Bare, new CSharpCompilationOptions(kind));
        if (hosts) compilation = compilation.AddReferences(Host);
        return (await AllRules.DiagnoseAsync(compilation, cancellation: cancellation)).Select(static diagnostic => diagnostic.Id);
    }

    private static readonly MetadataReference Host =
        CSharpCompilation.Create("Microsoft.Extensions.Hosting.Abstractions", [], HostFramework.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();
}
