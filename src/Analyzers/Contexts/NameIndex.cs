using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Contexts;

/// <summary>Where the text of one tree has which word: the cheap half of a search for callers.</summary>
/// <remarks>
/// Hangs on the tree, so an edit of another tree keeps it. Words are kept as hashes in two flat arrays, because a solution
/// has millions of them; comments and strings are in, because an interpolated string holds code. The reader sorts them out.
/// </remarks>
internal sealed class NameIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, NameIndex> Trees = new();

    /// <summary>Nobody looks for these, and they are nearly half of all words; <c>new</c> is a caller's word.</summary>
    private static readonly HashSet<int> Keywords =
    [
        .. SyntaxFacts.GetReservedKeywordKinds().Where(static kind => kind != SyntaxKind.NewKeyword)
            .Select(static kind => Hash(SyntaxFacts.GetText(kind))),
    ];

    private readonly int[] _hashes;
    private readonly int[] _positions;

    private NameIndex(List<int> hashes, List<int> positions)
    {
        _hashes = [.. hashes];
        _positions = [.. positions];
        Array.Sort(_hashes, _positions);
    }

    /// <summary>The names in a tree that are written so, as nodes, in the order of the text.</summary>
    public static IEnumerable<SimpleNameSyntax> Find(SyntaxTree tree, string name, CancellationToken cancellation)
    {
        foreach (var position in Positions(tree, name, cancellation))
        {
            // A word inside a comment or a string belongs to a token of another kind, or to none that starts here.
            var token = tree.GetRoot(cancellation).FindToken(position);
            if (token.ValueText == name && token.Span.Contains(position) && token.Parent is SimpleNameSyntax found) yield return found;
        }
    }

    /// <summary>The tokens in a tree that are written so.</summary>
    public static IEnumerable<SyntaxToken> FindTokens(SyntaxTree tree, string word, CancellationToken cancellation) =>
        Positions(tree, word, cancellation).Select(position => (Position: position, Token: tree.GetRoot(cancellation).FindToken(position)))
            .Where(found => found.Token.SpanStart == found.Position && found.Token.ValueText == word).Select(static found => found.Token);

    /// <summary>Every <c>new(…)</c> that leaves its type to the target.</summary>
    public static IEnumerable<ImplicitObjectCreationExpressionSyntax> FindImplicitCreations(SyntaxTree tree, CancellationToken cancellation)
    {
        foreach (var position in Positions(tree, "new", cancellation))
        {
            var token = tree.GetRoot(cancellation).FindToken(position);
            if (token.SpanStart == position && token.Parent is ImplicitObjectCreationExpressionSyntax creation) yield return creation;
        }
    }

    private static IEnumerable<int> Positions(SyntaxTree tree, string name, CancellationToken cancellation)
    {
        if (!Trees.TryGetValue(tree, out var index))
        {
            // Built outside the table: what is cancelled half-way must not be kept.
            var built = Scan(tree, cancellation);
            index = Trees.GetValue(tree, _ => built);
        }

        var hash = Hash(name);
        var first = Array.BinarySearch(index._hashes, hash);
        if (first < 0) return [];
        var last = first;
        while (first > 0 && index._hashes[first - 1] == hash) first--;
        while (last + 1 < index._hashes.Length && index._hashes[last + 1] == hash) last++;
        return index._positions.Skip(first).Take(last - first + 1).OrderBy(static position => position);
    }

    private static NameIndex Scan(SyntaxTree tree, CancellationToken cancellation)
    {
        var text = tree.GetText(cancellation);
        List<int> hashes = [], positions = [];
        var buffer = new char[4096];
        int start = -1, hash = Seed;
        for (var offset = 0; offset < text.Length; offset += buffer.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(buffer.Length, text.Length - offset);
            text.CopyTo(offset, buffer, 0, count);
            for (var i = 0; i < count; i++)
            {
                var letter = buffer[i];
                if (letter == '_' || char.IsLetterOrDigit(letter))
                {
                    if (start < 0) (start, hash) = (offset + i, Seed);
                    hash = Step(hash, letter);
                }
                else if (start >= 0)
                {
                    Add();
                }
            }
        }

        if (start >= 0) Add();
        return new NameIndex(hashes, positions);

        void Add()
        {
            if (!Keywords.Contains(hash))
            {
                hashes.Add(hash);
                positions.Add(start);
            }

            start = -1;
        }
    }

    private const int Seed = unchecked((int)2166136261);

    private static int Step(int hash, char letter) => unchecked((hash ^ letter) * 16777619);

    private static int Hash(string word)
    {
        var hash = Seed;
        foreach (var letter in word) hash = Step(hash, letter);
        return hash;
    }
}
