using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Quintet.Tests;

/// <summary>The verbs of a rule's tests. A test shows members only; <c>[|…|]</c> marks what is flagged.</summary>
internal static class Verify<TRule>
    where TRule : DiagnosticAnalyzer, new()
{
    /// <summary>Exactly the marked spans are flagged.</summary>
    public static Task Flags(string members) => Run(members, null, requireMarks: true);

    /// <summary>Exactly the marked span is flagged, and the message holds the given evidence.</summary>
    public static Task Flags(string members, params string[] saying) => Run(members, saying, requireMarks: true);

    /// <summary>Nothing is flagged; marks are refused, so that the verb cannot be misused.</summary>
    public static Task Allows(string members) => Run(members, null, requireMarks: false);

    /// <summary>What the user configured: an additional file, or <c>.editorconfig</c>.</summary>
    public static Setup With(string file, string text) => new(file, text);

    /// <summary>The verbs again, for a project with a file of settings.</summary>
    internal sealed class Setup(string file, string text)
    {
        public Task Flags(string members, params string[] saying) => Run(members, saying, requireMarks: true, (file, text));

        public Task Allows(string members) => Run(members, null, requireMarks: false, (file, text));
    }

    private static async Task Run(string members, string[]? saying, bool requireMarks, (string Name, string Text)? settings = null)
    {
        var marked = members.Contains("[|", StringComparison.Ordinal);
        Assert.True(marked == requireMarks, requireMarks ? "Flags needs a mark [|…|]." : "Allows takes no marks.");
        var test = new Test { TestCode = Source.Wrap(members) };
        test.TestState.AdditionalReferences.AddRange(AllRules.ReferencesOf(members));
        if (settings is (".editorconfig", { } keys))
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{keys}\n"));
        else if (settings is { } file) test.TestState.AdditionalFiles.Add(file);
        await test.RunAsync(TestContext.Current.CancellationToken);
        foreach (var text in saying ?? [])
            Assert.Contains(test.Messages, message => message.Contains(text, StringComparison.Ordinal));
    }

    private sealed class Test : CSharpAnalyzerTest<TRule, DefaultVerifier>
    {
        public Test()
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestBehaviors = TestBehaviors.SkipSuppressionCheck;
            CompilerDiagnostics = CompilerDiagnostics.Errors;
            MarkupOptions = MarkupOptions.UseFirstDescriptor;
        }

        public List<string> Messages { get; } = [];

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview);

        protected override CompilationOptions CreateCompilationOptions() =>
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Disable);

        protected override CompilationWithAnalyzers CreateCompilationWithAnalyzers(
            Compilation compilation, System.Collections.Immutable.ImmutableArray<DiagnosticAnalyzer> analyzers, AnalyzerOptions options,
                CancellationToken cancellationToken)
        {
            var created = base.CreateCompilationWithAnalyzers(compilation, analyzers, options, cancellationToken);
            var found = created.GetAnalyzerDiagnosticsAsync(cancellationToken).GetAwaiter().GetResult();
            Messages.AddRange(found.Select(static diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
            return created;
        }
    }
}
