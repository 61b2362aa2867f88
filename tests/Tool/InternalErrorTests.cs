using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Quintet.Tool.Analysis;
using Quintet.Tool.Commands;

namespace Quintet.Tests.Tool;

public sealed class InternalErrorTests
{
    [Fact]
    public async Task An_analyzer_that_throws_is_reported_loudly_with_an_exit_code_of_its_own()
    {
        using var tree = new SourceTree().WithProject("App", "<PropertyGroup><NoWarn>$(NoWarn);AD0001</NoWarn></PropertyGroup>");
        tree.With("App/App.cs", "class App;");
        var output = new StringWriter();
        var request = new CheckRequest(tree.Root)
        {
            Rules = new SelectedRules([new Thrower()], [], [], []),
            Restore = true,
        };

        var code = await CheckCommand.RunAsync(request, output, new StringWriter(), TestContext.Current.CancellationToken);

        Assert.True(code == 4, output.ToString());
        Assert.Contains("INTERNAL ERROR, please report it: App (net10.0): System.InvalidOperationException: it broke", output.ToString());
    }

#pragma warning disable RS1001 // Never loaded as an extension: only handed to the tool.
    private sealed class Thrower : DiagnosticAnalyzer
#pragma warning restore RS1001
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new("QNT9999", "Title", "Message", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(_ => throw new InvalidOperationException("it broke"), SymbolKind.NamedType);
        }
    }
}
