using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

// Which bodies are read
// ---------------------
// Following what a body does costs a hundred times what it costs to see whom it names, and of most bodies nothing comes: they lead to
// no member that anything is known of. So bodies are followed only where something known can be reached from them by names (calls,
// overrides, interfaces, objects that are made, functions that are handed on), and where somebody outside can come to them; and those
// that are given delegates, where somebody can come to them with one. All is answered too generously rather than too narrowly: what is
// left out could not have changed a line. What gives a task ends the way: nobody waits for it, and nothing is told of it, so that it is
// followed only where it holds a lock or is given a delegate. Everything here is a number: of most methods nobody ever needs the name.

/// <summary>Decides which bodies of an assembly have to be followed, and which of their calls.</summary>
internal sealed class BodiesThatMatter
{
    private readonly OwnTypes _types;
    private readonly NamedMembers _members;
    private readonly BodyTable _bodies;
    private readonly SlotTable _slots;
    private readonly int[] _movers;
    private readonly ChainEnds _ends;
    private readonly int[] _userStarts;
    private readonly int[] _users;
    private readonly Dictionary<int, List<int>> _makers = [];
    private readonly bool[] _leads;
    private readonly bool[] _judged;
    private readonly HashSet<int> _takes = [];

    [MethodImpl(Speed.Hot)]
    public BodiesThatMatter(
        OwnTypes types, NamedMembers members, BodyTable bodies, SlotTable slots, int[] movers, ChainEnds ends, KnownMembers known)
    {
        (_types, _members, _bodies, _slots, _movers, _ends) = (types, members, bodies, slots, movers, ends);
        (_leads, _judged) = (new bool[bodies.Methods], new bool[members.Count]);
        (Followed, Asked) = (new bool[bodies.Methods], new bool[bodies.Methods]);
        (_userStarts, _users) = Users();
        var (seeds, takers) = (Seeds, Takers);
        for (var method = 0; method < bodies.Methods; method++)
            if (bodies.StateOf(method) == BodyState.Opaque) seeds.Add(method);
        for (var member = 0; member < members.Count; member++)
            if (_userStarts[member] < _userStarts[member + 1]) Classify(member, known, seeds, takers);
        Lead(seeds);
        // Who takes a lock matters where somebody works while holding one.
        if (takers.Exists(taker => _leads[taker])) Lead(takers);
    }

    /// <summary>Whether the body of a method is to be followed.</summary>
    public bool[] Followed { get; }

    /// <summary>Whether somebody asks for a method.</summary>
    public bool[] Asked { get; }

    /// <summary>The methods that name something known, or what cannot be told.</summary>
    public List<int> Seeds { get; } = [];

    /// <summary>The methods that take a lock.</summary>
    public List<int> Takers { get; } = [];

    /// <summary>
    /// Whether something may come of a body beside what it does with delegates: of what gives a task only when it holds a lock meanwhile.
    /// </summary>
    public bool IsAsked(int method) => Followed[method] && _leads[method] && (!_ends.Is(method) || _takes.Contains(method));

    /// <summary>Whether a call of a method may be judged.</summary>
    public bool IsJudgedOf(int method) => _judged[method];

    /// <summary>Whether a call of the member that a token names may be judged.</summary>
    public bool IsJudged(int token) => _members.Of(token) is >= 0 and var member && _judged[_members.Definition(member)];

    /// <summary>From those whom others can call, by name or by a contract, to all who lead somewhere or are given a delegate.</summary>
    [MethodImpl(Speed.Hot)]
    public void Choose(Func<int, bool> isCalledFromOutside, Func<int, bool> isAnswer, Func<int, bool> isGivenDelegate)
    {
        var pending = new Stack<int>();
        for (var method = 0; method < Followed.Length; method++)
        {
            if (_bodies.StateOf(method) == BodyState.Opaque
                || isCalledFromOutside(method) && IsToldOf(method)
                || _leads[method] && !_ends.Is(method) && isAnswer(method)) Follow(method);
        }

        foreach (var taker in Takers)
            if (_leads[taker]) Follow(taker);
        _takes.UnionWith(Takers);
        var seen = new bool[_members.Count];
        while (pending.Count > 0) Visit(pending.Pop());

        void Follow(int method)
        {
            if (Followed[method]) return;
            Followed[method] = Asked[method] = true;
            pending.Push(method);
        }

        bool IsToldOf(int method) => _leads[method] && !_ends.Is(method) || isGivenDelegate(method);

        void Mean(int member)
        {
            seen[member] = true;
            foreach (var named in MeantBy(member))
            {
                Asked[named] = true;
                if (IsToldOf(named)) Follow(named);
            }
        }

        void Visit(int method)
        {
            for (var body = method; body >= 0; body = Next(method, body))
                for (var i = _bodies.StartOf(body); i < _bodies.StartOf(body + 1); i++)
                    if (!seen[_bodies.Named[i]]) Mean(_bodies.Named[i]);
        }
    }

    /// <summary>For each member the methods that name it, or start a state machine that does, one behind the other.</summary>
    [MethodImpl(Speed.Hot)]
    private (int[] Starts, int[] Users) Users()
    {
        var named = _bodies.Named;
        var starts = new int[_members.Count + 1];
        for (var method = 0; method < _movers.Length; method++)
            for (var body = method; body >= 0; body = Next(method, body))
                for (var i = _bodies.StartOf(body); i < _bodies.StartOf(body + 1); i++) starts[named[i] + 1]++;
        for (var member = 0; member < _members.Count; member++) starts[member + 1] += starts[member];
        var users = new int[starts[_members.Count]];
        var next = (int[])starts.Clone();
        for (var method = 0; method < _movers.Length; method++)
            for (var body = method; body >= 0; body = Next(method, body))
                for (var i = _bodies.StartOf(body); i < _bodies.StartOf(body + 1); i++) users[next[named[i]]++] = method;
        return (starts, users);
    }

    /// <summary>Behind the body of a method comes that of its state machine.</summary>
    private int Next(int method, int body) => body == method && _movers[method] != method ? _movers[method] : -1;

    [MethodImpl(Speed.Hot)]
    private void Classify(int member, KnownMembers known, List<int> seeds, List<int> takers)
    {
        try
        {
            if (_members.IsConstructor(member) && _members.OwnTypeOf(member) is >= 0 and var made)
            {
                if (!_makers.TryGetValue(made, out var makers)) _makers.Add(made, makers = []);
                makers.Add(member);
            }

            var type = _members.TypeOf(member);
            var mayTake = HeldLocks.IsOfTakers(type);
            if (!mayTake && !known.Type(type) || _members.CalleeOf(member) is not { } callee) return;
            if (mayTake && HeldLocks.IsTaker(callee)) AddUsers(member, takers);
            if (callee.ReturnsTask || !known.Member(callee.Id)) return;
            _judged[member] = true;
            AddUsers(member, seeds);
        }
        catch (Exception bad) when (AssemblyReader.IsOfFile(bad))
        {
            AddUsers(member, seeds);
        }
    }

    private void AddUsers(int member, List<int> list)
    {
        for (var i = _userStarts[member]; i < _userStarts[member + 1]; i++) list.Add(_users[i]);
    }

    /// <summary>From what is known to those who come to it.</summary>
    [MethodImpl(Speed.Hot)]
    private void Lead(List<int> seeds)
    {
        var pending = new Stack<int>();
        foreach (var seed in seeds) Take(seed);
        while (pending.Count > 0)
        {
            var found = pending.Pop();
            _judged[found] = true;
            foreach (var slot in _slots.Of(found)) _judged[slot] = true;
            foreach (var user in UsersOf(found)) Take(user);
        }

        void Take(int method)
        {
            if (_leads[method]) return;
            _leads[method] = true;
            if (!_ends.Is(method)) pending.Push(method);
        }
    }

    /// <summary>
    /// The methods that may run another one: they name it, or one whose place it takes, or make an object which has it.
    /// </summary>
    public List<int> UsersOf(int method)
    {
        var found = new List<int>();
        AddUsers(method, found);
        foreach (var slot in _slots.Of(method)) AddUsers(slot, found);
        // Whoever makes an object may call it by a name that says nothing of it.
        if (!_types.IsVirtual(method) || !_makers.TryGetValue(_types.OwnerOf(method), out var makers)) return found;
        foreach (var maker in makers) AddUsers(maker, found);
        return found;
    }

    /// <summary>The methods that may run where a member is named: itself, who fills its slot, what a new object has.</summary>
    public IEnumerable<int> MeantBy(int member)
    {
        if (member >= _types.Methods)
        {
            if (!_members.IsConstructor(member)) yield break;
        }
        else
        {
            yield return member;
            foreach (var filler in _slots.FillersOf(member)) yield return filler;
        }

        if (!_members.IsConstructor(member) || _members.OwnTypeOf(member) is not (>= 0 and var made)) yield break;
        foreach (var method in _types.MethodsOf(made))
            if (_types.IsVirtual(method)) yield return method;
    }
}
