using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// How a file is indented, where its braces stand and how its lines end, read from the file itself: few repositories say so in an
/// .editorconfig, and new code that differs from what stands around it is the first thing that a reviewer sees.
/// </summary>
internal static class FileStyle
{
    /// <summary>Wider steps than this are alignment, not indentation.</summary>
    private const int WidestStep = 8;

    public static async Task<OptionSet> OfAsync(Document document, CancellationToken cancellation)
    {
        OptionSet options = await document.GetOptionsAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        options = BraceStyle.In(root!, options);
        options = options.WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, NewLine(text));
        var (tabs, step) = Indentation(text);
        if (tabs) return options.WithChangedOption(FormattingOptions.UseTabs, LanguageNames.CSharp, true);
        if (step == 0) return options;
        return options
            .WithChangedOption(FormattingOptions.UseTabs, LanguageNames.CSharp, false)
            .WithChangedOption(FormattingOptions.IndentationSize, LanguageNames.CSharp, step);
    }

    private static string NewLine(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }

    /// <summary>Whether tabs indent most lines; else by how many blanks a line most often goes further in than the one before.</summary>
    private static (bool Tabs, int Step) Indentation(SourceText text)
    {
        var (tabs, blanks, before) = (0, 0, 0);
        var steps = new int[WidestStep + 1];
        foreach (var line in text.Lines)
        {
            if (line.End == line.Start) continue;
            if (text[line.Start] == '\t') tabs++;
            var width = 0;
            while (line.Start + width < line.End && text[line.Start + width] == ' ') width++;
            if (line.Start + width == line.End) continue;
            if (width > 0) blanks++;
            if (width > before && width - before <= WidestStep) steps[width - before]++;
            before = width;
        }

        var best = 0;
        for (var step = 2; step <= WidestStep; step++)
            if (steps[step] > steps[best]) best = step;
        return (tabs > blanks, best);
    }
}
