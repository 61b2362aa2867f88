using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Tool.Compiling;

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
