extern alias analyzers;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using analyzers::Quintet.Analyzers.Findings;

namespace Quintet.Tool.Analysis;

/// <summary>A place in a file, in the numbers that editors show (from 1).</summary>
internal sealed record Place(string File, int Line, int Column, int EndLine, int EndColumn)
{
    public static Place? Of(Location location)
    {
        if (location.Kind == LocationKind.None) return null;
        // Mapped by #line: what the user wrote is a .razor or .cshtml file.
        var span = location.GetMappedLineSpan();
        if (!span.IsValid) return null;
        return new Place(
            span.Path,
            span.StartLinePosition.Line + 1,
            span.StartLinePosition.Character + 1,
            span.EndLinePosition.Line + 1,
            span.EndLinePosition.Character + 1);
    }
}
