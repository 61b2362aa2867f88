using System.Reflection;
using System.Reflection.Metadata.Ecma335;

namespace Quintet.BuildTasks.Reading;

// Which bodies are read
// ---------------------
// Following what a body does costs a hundred times what it costs to see whom it names, and of most bodies nothing comes: they lead to
// no member that anything is known of. So bodies are followed only where something known can be reached from them by names (calls,
// overrides, interfaces, objects that are made, functions that are handed on), and where somebody outside can come to them. Both are
// answered too generously rather than too narrowly: what is left out could not have changed a line.

/// <summary>Decides which bodies of an assembly have to be followed, and which of their calls.</summary>
internal sealed class BodiesThatMatter
{
    private readonly MemberNames _names;
    private readonly IReadOnlyList<MethodDraft> _drafts;
    private readonly Dictionary<int, List<int>> _users = [];
    private readonly Dictionary<string, List<int>> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _ofId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _virtualsOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly bool[] _leads;
    private readonly bool[] _reached;

    private BodiesThatMatter(IReadOnlyList<MethodDraft> drafts, MemberNames names, Func<string, bool> isKnown)
    {
        (_drafts, _names) = (drafts, names);
        (_leads, _reached) = (new bool[drafts.Count], new bool[drafts.Count]);
        for (var i = 0; i < drafts.Count; i++) Enter(i);
        var (seeds, takers) = (new List<int>(), new List<int>());
        for (var i = 0; i < drafts.Count; i++)
            if (drafts[i].IsOpaque) seeds.Add(i);
        foreach (var token in _users.Keys) Classify(token, isKnown, seeds, takers);
        Lead(seeds);
        // Who takes a lock matters where somebody works while holding one.
        if (takers.Exists(taker => _leads[taker])) Lead(takers);
        Reach(takers);
    }

    /// <summary>
    /// Of each draft, whether its body is to be followed, and whether somebody asks for the method; and the ids of the members that a call
    /// may be judged by.
    /// </summary>
    public static (bool[] Followed, bool[] Asked, HashSet<string> Targets) Of(
        IReadOnlyList<MethodDraft> drafts, MemberNames names, Func<string, bool> isKnown)
    {
        var found = new BodiesThatMatter(drafts, names, isKnown);
        var (followed, asked) = (new bool[drafts.Count], new bool[drafts.Count]);
        var seen = new HashSet<int>();
        for (var i = 0; i < followed.Length; i++)
        {
            followed[i] = drafts[i].IsOpaque
                || found._reached[i] && (found._leads[i] || drafts[i].Callee.ParameterTypes.Any(Frame.IsDelegate));
            asked[i] |= followed[i];
            if (!followed[i]) continue;
            foreach (var token in drafts[i].Named)
                if (seen.Add(token))
                    foreach (var named in found.NamedBy(token)) asked[named] = true;
        }

        return (followed, asked, found._known);
    }

    private void Enter(int draft)
    {
        var found = _drafts[draft];
        ListOf(_ofId, found.Callee.Id).Add(draft);
        foreach (var slot in found.Implements) ListOf(_ofId, slot).Add(draft);
        if ((found.Method.Attributes & MethodAttributes.Virtual) != 0) ListOf(_virtualsOf, found.Type).Add(draft);
        foreach (var token in found.Named) ListOf(_users, token).Add(draft);
    }

    private void Classify(int token, Func<string, bool> isKnown, List<int> seeds, List<int> takers)
    {
        Callee? callee;
        try
        {
            callee = _names.Of(MetadataTokens.EntityHandle(token));
        }
        catch (Exception bad) when (AssemblyReader.IsOfFile(bad))
        {
            seeds.AddRange(_users[token]);
            return;
        }

        if (callee is null) return;
        ListOf(_tokens, callee.Id).Add(token);
        if (callee.Calling.Made is { } type) ListOf(_makers, type).Add(token);
        if (HeldLocks.IsTaker(callee)) takers.AddRange(_users[token]);
        if (!isKnown(callee.Id)) return;
        _known.Add(callee.Id);
        seeds.AddRange(_users[token]);
    }

    /// <summary>From what is known to those who come to it.</summary>
    private void Lead(List<int> seeds)
    {
        var pending = new Stack<int>();
        foreach (var seed in seeds) Take(seed);
        while (pending.Count > 0)
        {
            var found = _drafts[pending.Pop()];
            foreach (var id in found.Implements.Append(found.Callee.Id))
            {
                _known.Add(id);
                foreach (var token in Of(_tokens, id)) TakeAll(_users[token]);
            }

            // Whoever makes an object may call it by a name that says nothing of it.
            if ((found.Method.Attributes & MethodAttributes.Virtual) == 0) continue;
            foreach (var token in Of(_makers, found.Type)) TakeAll(_users[token]);
        }

        void TakeAll(List<int> drafts)
        {
            foreach (var draft in drafts) Take(draft);
        }

        void Take(int draft)
        {
            if (_leads[draft]) return;
            _leads[draft] = true;
            pending.Push(draft);
        }
    }

    /// <summary>From those whom others can call to all whom they name.</summary>
    private void Reach(List<int> roots)
    {
        var pending = new Stack<int>();
        for (var i = 0; i < _drafts.Count; i++)
            if (_drafts[i].IsVisible || _drafts[i].IsForFriends) Take(i);
        foreach (var root in roots) Take(root);
        var seen = new HashSet<int>();
        while (pending.Count > 0)
        {
            foreach (var token in _drafts[pending.Pop()].Named)
                if (seen.Add(token))
                    foreach (var named in NamedBy(token)) Take(named);
        }

        void Take(int draft)
        {
            if (_reached[draft]) return;
            _reached[draft] = true;
            pending.Push(draft);
        }
    }

    /// <summary>The methods that may run where a token stands: those it names, that fill the slot, or that an object has.</summary>
    private IEnumerable<int> NamedBy(int token)
    {
        if (CalleeOf(token) is not { } callee) return [];
        var named = Of(_ofId, callee.Id);
        return callee.Calling.Made is { } type ? named.Concat(Of(_virtualsOf, type)) : named;
    }

    private Callee? CalleeOf(int token)
    {
        try
        {
            return _names.Of(MetadataTokens.EntityHandle(token));
        }
        catch (Exception bad) when (AssemblyReader.IsOfFile(bad))
        {
            return null;
        }
    }

    private static IReadOnlyList<int> Of(Dictionary<string, List<int>> lists, string key) =>
        lists.TryGetValue(key, out var list) ? list : [];

    private static List<int> ListOf<T>(Dictionary<T, List<int>> lists, T key) where T : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
        return list;
    }
}
