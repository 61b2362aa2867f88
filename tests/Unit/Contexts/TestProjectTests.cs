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

    // Where the package is missing, the text still says what it was written for.
    [Theory]
    [InlineData("Acme.Tests", "global using Xunit;", "QNT5006")]
    [InlineData("Acme.Tests", "using Xylophone;", "QNT4001,QNT5006")]
    [InlineData("Acme", "using Xunit;", "QNT4001,QNT5006")]
    public async Task A_framework_that_does_not_resolve_is_known_by_its_name(string assembly, string directive, string expected)
    {
        var tree = CSharpSyntaxTree.ParseText(directive + "\n" + Fixture, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, await Found(AllRules.Compile(tree).WithAssemblyName(assembly)));
    }

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
        Assert.Equal(expected, await Found(compilation));
    }

    private static async Task<string> Found(Compilation compilation) => string.Join(",",
        (await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken))
        .Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));

    private const string Locks =
        """
        using System.Collections.Generic; using System.IO; using System.Threading; using System.Threading.Tasks;
        class Desk
        {
            readonly object gate = new(); int orders, visitors;
            public void Order() { lock (gate) orders++; } public int Orders() { lock (gate) return orders; }
            public void Visit() { lock (gate) visitors++; } public int Visitors() { lock (gate) return visitors; }
        }
        class Prices
        {
            readonly object gate = new(); string text; public void Load() { lock (gate) text = File.ReadAllText("a"); }
            public async Task<string> ReadAsync() { await Task.Yield(); lock (gate) return text; }
        }
        class Sums
        {
            readonly object gate = new(); readonly List<int> totals = new();
            public void Sum(List<int[]> orders) => Parallel.ForEach(orders, order =>
            {
                lock (gate) { foreach (var line in order) totals.Add(line); }
            });
        }
        class Python
        {
            readonly Quintet.GilThreads.GlobalInterpreterLock gil = new(); public void Rest() { using (gil.Enter()) { Thread.Sleep(10); } }
        }
        """;

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "QNT3001,QNT3002,QNT3003,QNT3013")]
    public async Task Fixtures_hold_locks_on_purpose(bool hasFramework, string expected)
    {
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(Locks, cancellationToken: TestContext.Current.CancellationToken))
            .WithAssemblyName("Acme.Tests");
        if (hasFramework) compilation = compilation.AddReferences(Framework);
        Assert.Equal(expected, await Found(compilation));
    }

    // Whoever asks its user in a program of one console keeps nobody waiting; a turn that asks keeps its actor.
    [Theory]
    [InlineData(OutputKind.ConsoleApplication, "class P", "async Task", "await Task.Yield();", "QNT4003")]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, "class P", "async Task", "await Task.Yield();", "QNT4001")]
    [InlineData(OutputKind.ConsoleApplication, "class P : Microsoft.AspNetCore.SignalR.Hub", "void", "", "QNT4001")]
    public async Task A_console_program_asks_its_own_user(OutputKind kind, string type, string result, string first, string expected)
    {
        var code = $"using System; using System.Threading.Tasks; {type} {{ static void Main() {{ }} "
            + $"public {result} Ask() {{ {first} Console.ReadLine(); }} }}";
        var compilation = AllRules.Compile(CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(expected, await Found(compilation.WithOptions(new CSharpCompilationOptions(kind))));
    }
}
