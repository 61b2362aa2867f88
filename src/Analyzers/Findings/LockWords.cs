using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Effects;

namespace Quintet.Analyzers.Findings;

/// <summary>Where the text of a tree may take a lock: one look at each tree spares reading most members for their locks.</summary>
/// <remarks>Hangs on the tree; a comment may be among the places.</remarks>
internal sealed class LockWords
{
    private static readonly ConditionalWeakTable<SyntaxTree, LockWords> Trees = new();

    private readonly List<int> _places = [];

    private LockWords(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsLetter(text[i])) continue;
            var start = i;
            while (i < text.Length && IsLetter(text[i])) i++;
            if (text[start] is 'l' or 'E' or 'T' or 'W' or 'A' && IsCalled(text, i) && Takes(text.Substring(start, i - start)))
                _places.Add(start);
        }
    }

    /// <summary>Whether a stretch of a tree may take a lock.</summary>
    public static bool In(SyntaxTree tree, TextSpan span, CancellationToken cancellation)
    {
        if (!Trees.TryGetValue(tree, out var words))
        {
            var made = new LockWords(tree.GetText(cancellation).ToString());
            words = Trees.GetValue(tree, _ => made);
        }

        var first = words._places.BinarySearch(span.Start);
        if (first < 0) first = ~first;
        return first < words._places.Count && words._places[first] < span.End;
    }

    private static bool Takes(string word) => word == "lock" || LockCall.TakingMembers.Contains(word);

    private static bool IsLetter(char letter) => letter == '_' || char.IsLetterOrDigit(letter);

    private static bool IsCalled(string text, int end)
    {
        while (end < text.Length && char.IsWhiteSpace(text[end])) end++;
        return end < text.Length && text[end] is '(' or '/';
    }
}
