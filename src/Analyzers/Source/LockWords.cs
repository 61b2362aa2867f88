using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.Analyzers.Source;

/// <summary>Where the text of a tree may take a lock: one look at each tree spares reading most members for their locks.</summary>
/// <remarks>Hangs on the tree; a comment may be among the places.</remarks>
internal sealed class LockWords
{
    private static readonly ConditionalWeakTable<SyntaxTree, LockWords> Trees = new();

    private readonly List<int> _places = [];
    private readonly List<int> _mentions = [];

    private LockWords(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsLetter(text[i])) continue;
            var start = i;
            while (i < text.Length && IsLetter(text[i])) i++;
            if (text[start] is not ('l' or 'A' or 'E' or 'G' or 'H' or 'L' or 'R' or 'T' or 'U' or 'W') || !IsCalled(text, i)) continue;
            var word = text.Substring(start, i - start);
            var takes = word == "lock" || LockMembers.Taking.Contains(word);
            if (takes) _places.Add(start);
            if (takes || LockMembers.Releasing.Contains(word) || LockMembers.IsCalledSo(word)) _mentions.Add(start);
        }
    }

    /// <summary>Whether a stretch of a tree may take a lock.</summary>
    public static bool In(SyntaxTree tree, TextSpan span, CancellationToken cancellation) =>
        Any(Of(tree, cancellation)._places, span);

    /// <summary>Whether a stretch of a tree may take a lock or give one up, by itself or through a member that is called so.</summary>
    public static bool MentionedIn(SyntaxTree tree, TextSpan span, CancellationToken cancellation) =>
        Any(Of(tree, cancellation)._mentions, span);

    /// <summary>Where in a tree a lock may be taken or given up.</summary>
    public static IReadOnlyList<int> MentionsIn(SyntaxTree tree, CancellationToken cancellation) => Of(tree, cancellation)._mentions;

    private static LockWords Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (Trees.TryGetValue(tree, out var words)) return words;
        var made = new LockWords(tree.GetText(cancellation).ToString());
        return Trees.GetValue(tree, _ => made);
    }

    private static bool Any(List<int> places, TextSpan span)
    {
        var first = places.BinarySearch(span.Start);
        if (first < 0) first = ~first;
        return first < places.Count && places[first] < span.End;
    }

    private static bool IsLetter(char letter) => letter == '_' || char.IsLetterOrDigit(letter);

    private static bool IsCalled(string text, int end)
    {
        while (end < text.Length && char.IsWhiteSpace(text[end])) end++;
        return end < text.Length && text[end] is '(' or '/';
    }
}
