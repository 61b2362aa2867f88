using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.Analyzers.Source;

/// <summary>
/// What was found out about places in the text by binding them, kept from one compilation to the next: an edit inside a body leaves it
/// standing for every other body.
/// </summary>
/// <remarks>
/// What is kept holds no symbols and no places, and speaks of one place alone. Whoever shares an instance compiles the same declarations;
/// safe for concurrent use.
/// </remarks>
internal sealed class Sightings
{
    private readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<(string Asked, int Place), (TextSpan Home, object Seen)>> _trees
        = new();

    public bool TryGet<T>(SyntaxTree tree, string asked, int place, out T seen) where T : class
    {
        seen = _trees.TryGetValue(tree, out var known) && known.TryGetValue((asked, place), out var entry) ? (T)entry.Seen : null!;
        return seen is not null;
    }

    /// <param name="asked">The question.</param>
    /// <param name="node">The place.</param>
    /// <param name="seen">The answer.</param>
    public void Keep(string asked, SyntaxNode node, object seen) =>
        _trees.GetOrCreateValue(node.SyntaxTree)[(asked, node.SpanStart)] = (TreeEdit.HomeOf(node).Span, seen);

    public void Move(TreeEdit edit)
    {
        if (!_trees.TryGetValue(edit.Old, out var known)) return;
        var moved = _trees.GetOrCreateValue(edit.Now);
        foreach (var entry in known)
        {
            if (edit.MoveOf(entry.Value.Home) is not { } by) continue;
            var home = entry.Value.Home;
            moved[(entry.Key.Asked, entry.Key.Place + by)] = (new TextSpan(home.Start + by, home.Length), entry.Value.Seen);
        }
    }
}
