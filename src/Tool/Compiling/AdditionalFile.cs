using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Tool.Compiling;

/// <summary>A file that is not source but is given to analyzers and generators.</summary>
internal sealed class AdditionalFile(string path) : AdditionalText
{
    private readonly Lazy<Microsoft.CodeAnalysis.Text.SourceText?> _text = new(() => SourceFile.Read(path));

    public override string Path { get; } = path;

    public override Microsoft.CodeAnalysis.Text.SourceText? GetText(CancellationToken cancellationToken = default) => _text.Value;
}
