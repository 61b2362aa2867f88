using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Tool.Compiling;

/// <summary>The keys of <c>.editorconfig</c> and global files that hold for one source.</summary>
internal sealed class ConfigOptions(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
{
    private readonly ImmutableDictionary<string, string> _values = values.WithComparers(KeyComparer);

    public override IEnumerable<string> Keys => _values.Keys;

    public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => _values.TryGetValue(key, out value);
}

/// <summary>Gives generators and analyzers the keys, looked up by path as the compiler does.</summary>
internal sealed class ConfigOptionsProvider(AnalyzerConfigSet files) : AnalyzerConfigOptionsProvider
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, ConfigOptions> _byPath = new(StringComparer.Ordinal);

    public override AnalyzerConfigOptions GlobalOptions { get; } = new ConfigOptions(files.GlobalConfigOptions.AnalyzerOptions);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Of(tree.FilePath);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => Of(textFile.Path);

    private ConfigOptions Of(string path) =>
        _byPath.GetOrAdd(path, static (path, files) => new ConfigOptions(files.GetOptionsForSourcePath(path).AnalyzerOptions), files);
}

/// <summary>Gives the compiler the severities that the same files set.</summary>
internal sealed class ConfigSeverities(AnalyzerConfigSet files) : SyntaxTreeOptionsProvider
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, AnalyzerConfigOptionsResult> _byPath =
        new(StringComparer.Ordinal);

    public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!Of(tree).AnalyzerOptions.TryGetValue("generated_code", out var value)) return GeneratedKind.Unknown;
        return bool.TryParse(value, out var generated)
            ? generated ? GeneratedKind.MarkedGenerated : GeneratedKind.NotGenerated
            : GeneratedKind.Unknown;
    }

    public override bool TryGetDiagnosticValue(
        SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
        Of(tree).TreeOptions.TryGetValue(diagnosticId, out severity);

    public override bool TryGetGlobalDiagnosticValue(
        string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
        files.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);

    private AnalyzerConfigOptionsResult Of(SyntaxTree tree) =>
        _byPath.GetOrAdd(tree.FilePath, static (path, files) => files.GetOptionsForSourcePath(path), files);
}

/// <summary>A file that is not source but is given to analyzers and generators.</summary>
internal sealed class AdditionalFile(string path) : AdditionalText
{
    private readonly Lazy<Microsoft.CodeAnalysis.Text.SourceText?> _text = new(() => SourceFile.Read(path));

    public override string Path { get; } = path;

    public override Microsoft.CodeAnalysis.Text.SourceText? GetText(CancellationToken cancellationToken = default) => _text.Value;
}
