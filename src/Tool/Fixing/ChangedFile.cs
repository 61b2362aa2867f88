using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.Tool.Fixing;

/// <summary>A file that fixes have changed; written with the encoding, byte order mark and line ends that it had.</summary>
internal sealed record ChangedFile(string Path, Document Before, Document After)
{
    public static async Task<IReadOnlyList<ChangedFile>> BetweenAsync(
        Solution before, Solution after, Func<string, bool> ours, CancellationToken cancellation)
    {
        var files = new SortedDictionary<string, ChangedFile>(StringComparer.Ordinal);
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()))
        {
            var (old, now) = (before.GetDocument(id)!, after.GetDocument(id)!);
            if (now.FilePath is not { } path || !ours(path) || files.ContainsKey(path)) continue;
            // A finding that was tried and refused leaves a new tree of the same text.
            if ((await old.GetTextAsync(cancellation)).ContentEquals(await now.GetTextAsync(cancellation))) continue;
            files.Add(path, new ChangedFile(path, old, now));
        }

        return [.. files.Values];
    }

    public async Task WriteAsync(CancellationToken cancellation)
    {
        var old = await File.ReadAllBytesAsync(Path, cancellation);
        var text = await After.GetTextAsync(cancellation);
        var encoding = EncodingOf(old, (await Before.GetTextAsync(cancellation)).Encoding);
        var content = WithLineEndsOf(encoding.GetString(old), text);
        // Not the overload without a token: a file cut in half by Ctrl-C would be worse than one not yet written.
        await File.WriteAllBytesAsync(Path, [.. encoding.GetPreamble(), .. encoding.GetBytes(content)], CancellationToken.None);
    }

    private static string WithLineEndsOf(string old, SourceText text)
    {
        var content = text.ToString();
        var windows = CountOf(old, "\r\n");
        var unix = CountOf(old, "\n") - windows;
        // A file that mixes them is left as the fix made it.
        if (windows > 0 && unix == 0) return content.ReplaceLineEndings("\r\n");
        if (unix > 0 && windows == 0) return content.Replace("\r\n", "\n");
        return content;
    }

    private static int CountOf(string text, string part) => text.AsSpan().Count(part);

    private static Encoding EncodingOf(byte[] content, Encoding? read) => content switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ when read is null or UTF8Encoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        _ => read,
    };
}
