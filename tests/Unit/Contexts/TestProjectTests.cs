using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Contexts;

/// <summary>A project of tests: by its name, and by a test framework among its references.</summary>
public sealed class TestProjectTests
{
    private const string Fixture =
        """
        using System.Threading;
        using System.Threading.Tasks;
        public class Job { public async Task RunAsync() { await Task.Yield(); Thread.Sleep(1); } }
        public class View : System.Windows.Forms.Form
        {
            void OnClick(object sender, System.EventArgs e) { Work().Wait(); }
            async Task Work() => await Task.Delay(1);
        }
        """;

    private static readonly MetadataReference Framework =
        CSharpCompilation.Create("xunit.core", [CSharpSyntaxTree.ParseText("public class FactAttribute { }")],
        HostFramework.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();

    [Theory]
    [InlineData("Acme.Tests", true, "QNT5006")]
    [InlineData("Acme.TestKit", true, "QNT5006")]
    [InlineData("Acme.Tests", false, "QNT4001,QNT5006")]
    [InlineData("Acme.Attestation", true, "QNT4001,QNT5006")]
    [InlineData("Acme", true, "QNT4001,QNT5006")]
    public async Task Fixtures_block_on_purpose_and_deadlock_by_mistake(string assembly, bool hasFramework, string expected)
    {
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(Fixture, cancellationToken: TestContext.Current.CancellationToken))
            .WithAssemblyName(assembly);
        if (hasFramework) compilation = compilation.AddReferences(Framework);
        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(expected, string.Join(",", found.Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal)));
    }
}
