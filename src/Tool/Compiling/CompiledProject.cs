using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Quintet.Tool.Loading;

namespace Quintet.Tool.Compiling;

/// <summary>A compiler call with its sources parsed and its generators run.</summary>
internal sealed record CompiledProject(
    CompilerCall Call, CSharpCompilation Compilation, AnalyzerOptions Options, IReadOnlyList<string> Remarks)
{
    /// <summary>Lines of the sources that people wrote: not those of generators and of the build.</summary>
    public int Lines { get; init; }

    public int Files { get; init; }
}
