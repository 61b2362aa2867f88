using System.Runtime.CompilerServices;
using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Inference;

// How effects travel in an assembly
// ---------------------------------
// A method that calls known members starts with what those do; then effects go from callee to caller until nothing changes. A body is read
// when an effect may arrive there: most never are. A method
// keeps the best effect of each verb in a total order, so the result does not depend on the order of the walk. What makes it sure or
// possible is what makes it so in source: a call behind which only a throw lies is cold, a handler is exceptional, a field that is
// tested and filled is filled once, what stands in an `if` need not happen unless it is in the `else` too (Choices, Parts), more than
// eight hops or two early returns is nobody's certainty, and a dispatched call is sure only when nobody outside can put another method in
// the place.

/// <summary>The effects of one assembly's methods.</summary>
internal sealed class EffectInference
{
    private const int LongestCertainPath = 8;
    private const int LongestPath = 12;
    private const int MostBranches = 2;

    /// <summary>What one of so many implementations does is not what the call does.</summary>
    private const int MostAnswers = 4;

    /// <summary>They wait until an event loop has run what they are given, or run it at once where they are on it.</summary>
    private static readonly string[] Handovers =
        ["DispatcherOperation.Wait", "Dispatcher.Invoke", "Control.Invoke", "SynchronizationContext.Send"];

    private readonly CallJudge _judge;
    private readonly DelegateInference _delegates;
    private readonly AssemblyFacts _assembly;
    private readonly Func<Effect, bool> _isWorthTelling;
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _askers = new(StringComparer.Ordinal);
    private readonly HashSet<MethodFacts> _opened = [];
    private readonly Queue<MethodFacts> _changed = [];
    private readonly Parts _parts = new();
    private readonly Completion _completion;
    private int _entered;
    private readonly IReadOnlyDictionary<string, MethodFacts> _methods;
    private readonly Dictionary<string, List<(MethodFacts Caller, CallFact Call)>> _callers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MethodFacts>> _fillers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Id, ApiVerb Verb, Given? Given, bool IsBrief), Effect> _effects = [];
    private readonly Dictionary<string, List<(ApiVerb Verb, Given? Given, bool IsBrief)>> _known = new(StringComparer.Ordinal);

    [MethodImpl(Speed.Hot)]
    private EffectInference(AssemblyFacts assembly, Knowledge knowledge, Func<Effect, bool> isWorthTelling)
    {
        _isWorthTelling = isWorthTelling;
        (_assembly, _judge, _delegates) = (assembly, new CallJudge(knowledge), new DelegateInference(assembly, knowledge));
        (_methods, _completion) = (assembly.ById, new Completion(assembly));
    }

    /// <summary>Sees the methods that were come to since.</summary>
    private void EnterNew()
    {
        for (; _entered < _assembly.Methods.Count; _entered++)
        {
            var method = _assembly.Methods[_entered];
            _types.Add(method.Type);
            foreach (var slot in method.Implements) ListOf(_fillers, slot).Add(method);
        }
    }

    /// <summary>What the methods that others can call do, in the order of their ids.</summary>
    public static IEnumerable<(MethodFacts Method, Effect Effect)> Of(AssemblyFacts assembly, Knowledge knowledge,
        Func<Effect, bool> isWorthTelling)
    {
        var inference = new EffectInference(assembly, knowledge, isWorthTelling);
        inference.Solve();
        return inference._effects.Select(static found => (found.Key.Id, found.Key.Verb, found.Value)).Concat(inference.OfContracts())
            .Select(found => (found.Id, found.Verb, Value: inference.Doubted(found.Id, found.Item3)))
            .Where(found => isWorthTelling(found.Value))
            .GroupBy(static found => (found.Id, found.Verb), static found => found.Value)
            .Select(found => (Method: inference._methods[found.Key.Id], Effect: Strongest(found)))
            .Where(static found =>
                found.Method is { EndsChain: false } and ({ IsVisible: true } or { IsForFriends: true })
                && found.Method.Name.IndexOf("static ", StringComparison.Ordinal) < 0)
            .OrderBy(static found => found.Method.Id, StringComparer.Ordinal).ThenBy(static found => found.Effect.Verb);
    }

    /// <summary>
    /// What the members without a body do that the assembly answers for itself, each answer surely: possible, since another assembly may
    /// answer, too.
    /// </summary>
    private IEnumerable<(string Id, ApiVerb Verb, Effect Value)> OfContracts()
    {
        foreach (var slot in _fillers)
        {
            if (!_methods.TryGetValue(slot.Key, out var contract) || !contract.IsAbstract || contract.EndsChain) continue;
            var answers = slot.Value.Where(static filler => !filler.IsAbstract).ToList();
            if (answers.Count is 0 or > MostAnswers) continue;
            foreach (var verb in new[] { ApiVerb.Blocks, ApiVerb.Burns })
            {
                var sure = answers.ConvertAll(answer => SureOf(answer, verb));
                if (sure.TrueForAll(static effect => effect is not null))
                    yield return (slot.Key, verb, Strongest(sure!) with { IsPossible = true, Unless = ApiConditions.None });
            }
        }
    }

    /// <summary>
    /// What a method does that another one in the assembly may take the place of: possible, unless all who may do it are sure to do it.
    /// </summary>
    private Effect Doubted(string id, Effect effect) => effect.IsPossible || !_fillers.TryGetValue(id, out var fillers)
        || !_methods[id].IsVirtual || fillers.TrueForAll(filler => filler.IsAbstract || DoesTheSame(filler, effect))
            ? effect : effect with { IsPossible = true };

    private bool DoesTheSame(MethodFacts filler, Effect effect) => _known.TryGetValue(filler.Id, out var known) && known.Exists(key =>
        key.Verb == effect.Verb && (!key.IsBrief || effect.IsBrief) && (key.Given is null || key.Given == effect.Given)
        && _effects[(filler.Id, key.Verb, key.Given, key.IsBrief)] is { IsPossible: false } own
        && (own.Unless is ApiConditions.None or ApiConditions.Zero || own.Unless == effect.Unless && own.Parameter == effect.Parameter));

    private Effect? SureOf(MethodFacts answer, ApiVerb verb) =>
        answer.EndsChain || !_known.TryGetValue(answer.Id, out var known) ? null
            : known.Where(key => key.Verb == verb && !key.IsBrief && key.Given is null)
                .Select(key => _effects[(answer.Id, key.Verb, key.Given, key.IsBrief)])
                .FirstOrDefault(static effect => !effect.IsPossible && effect.Unless is ApiConditions.None or ApiConditions.Zero);

    /// <summary>Sure at every call before sure at some calls before possible.</summary>
    private static Effect Strongest(IEnumerable<Effect> effects) =>
        effects.OrderBy(static effect => effect.IsPossible).ThenBy(static effect => effect.IsBrief)
            .ThenBy(static effect => effect.Given is not null).ThenBy(static effect => effect, Comparer<Effect>.Create(
                static (one, other) => one.CompareTo(other))).First();

    [MethodImpl(Speed.Hot)]
    private void Solve()
    {
        var callers = _assembly.Callers!;
        foreach (var caller in callers.OfKnown) Open(caller);
        Spread();
        var held = new LockInference(callers.Takers.Where(_opened.Contains), callers.Takers, EffectsOf).HeldOverWork();
        foreach (var (taker, call, effect) in held)
        {
            Open(taker);
            Improve(taker, call, At(call, effect, isOpen: false));
        }

        Spread();
    }

    /// <summary>Sees whom a method calls, and what comes of those of whom something is known by now.</summary>
    [MethodImpl(Speed.Hot)]
    private void Open(MethodFacts caller)
    {
        if (!_opened.Add(caller)) return;
        var calls = caller.Calls;
        EnterNew();
        if (calls.Any(static call => AsksForLoop(call.Target))) _askers.Add(caller.Id);
        foreach (var call in calls)
        {
            if (Judged(caller, call) is { } known) Improve(caller, call, At(call, known, isOpen: false));
            foreach (var target in TargetsOf(caller, call)) Join(caller, call, target.Id);
            foreach (var lambda in RunAtOnce(caller, call)) Join(caller, lambda, lambda.Target);
        }
    }

    private void Join(MethodFacts caller, CallFact call, string target)
    {
        ListOf(_callers, target).Add((caller, call));
        if (_known.ContainsKey(target)) Take(caller, call, target);
    }

    /// <summary>What one call in a body is sure to do.</summary>
    private IEnumerable<Effect> EffectsOf(MethodFacts caller, CallFact call)
    {
        if (Judged(caller, call) is { } known) yield return At(call, known, isOpen: false);
        foreach (var target in TargetsOf(caller, call))
            foreach (var (verb, given, isBrief) in _known.TryGetValue(target.Id, out var effects) ? effects : [])
                if (Through(caller, call, target, _effects[(target.Id, verb, given, isBrief)]) is { } through) yield return through;
    }

    /// <summary>The lambdas that a call runs before it returns, each as a call of its own.</summary>
    private IEnumerable<CallFact> RunAtOnce(MethodFacts caller, CallFact call)
    {
        if (DelegateInference.IsPutOff(caller, call)) yield break;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (call.Arguments[i].Kind != ValueKind.Delegate || !_methods.ContainsKey(call.Arguments[i].Name)) continue;
            if (_delegates.Of(call, i) != RunContext.Caller && !DelegateInference.RunsPerhaps(call.Target)) continue;
            // A query runs when somebody walks through it, and what a dictionary makes for a key it makes once.
            var isSure = !DelegateInference.RunsPerhaps(call.Target);
            yield return call with
            {
                Target = call.Arguments[i].Name, IsVirtual = false, Receiver = Value.Unknown, Arguments = [],
                IsGuarded = call.IsGuarded || !isSure,
            };
        }

        if (call.Receiver.Kind == ValueKind.Delegate && call.Target.IndexOf(".Invoke", StringComparison.Ordinal) >= 0)
            yield return call with { Target = call.Receiver.Name, IsVirtual = false, Receiver = Value.Unknown };
    }

    [MethodImpl(Speed.Hot)]
    private void Spread()
    {
        while (_changed.Count > 0)
        {
            var method = _changed.Dequeue();
            foreach (var caller in _assembly.Callers!.Of(method)) Open(caller);
            if (!_callers.TryGetValue(method.Id, out var callers)) continue;
            foreach (var (caller, call) in callers) Take(caller, call, method.Id);
        }
    }

    /// <summary>What a call has of the methods that it may run, one of which does something that was not known before.</summary>
    [MethodImpl(Speed.Hot)]
    private void Take(MethodFacts caller, CallFact call, string changed)
    {
        // What one of several answers does is sure as soon as the others do it too.
        foreach (var target in call.IsVirtual ? TargetsOf(caller, call) : [_methods[changed]])
            foreach (var (verb, given, isBrief) in _known.TryGetValue(target.Id, out var known) ? known.ToArray() : [])
            {
                if (Through(caller, call, target, _effects[(target.Id, verb, given, isBrief)]) is { } through)
                    Improve(caller, call, through);
            }
    }

    /// <summary>What a member does that is known by its name; of a new object whose member is at hand, the body tells.</summary>
    [MethodImpl(Speed.Hot)]
    private Effect? Judged(MethodFacts caller, CallFact call)
    {
        if (_completion.IsComplete(caller, call) || IsPrivate(call) || ExactTarget(call) is not null) return null;
        var known = _judge.Of(caller, call);
        return known is { Kind: BlockKind.Task, IsPossible: false } && _completion.MayBeSynchronous(caller, call)
            ? known with { IsPossible = true } : known;
    }

    /// <summary>The bodies that a call may run: the named one, or those that fill its slot.</summary>
    private IEnumerable<MethodFacts> TargetsOf(MethodFacts caller, CallFact call)
    {
        if (call.ReturnsTask && !(_methods.TryGetValue(call.Target, out var dual) && dual.IsDualMode)) return [];
        if (ExactTarget(call) is { } exact) return [exact];
        // Who answers IEnumerator.MoveNext here says nothing about a call of it: most of those who answer are elsewhere.
        var fillers = call.IsVirtual && _methods.ContainsKey(call.Target) && _fillers.TryGetValue(call.Target, out var found)
            && found.Count <= MostAnswers ? found : [];
        // Nobody but this type answers for an object of a sealed one.
        if (call.Receiver == Value.This && caller.IsOfSealed && fillers.FirstOrDefault(filler => filler.Type == caller.Type) is { } mine)
            return [mine];
        return _methods.TryGetValue(call.Target, out var named) && !named.IsAbstract ? fillers.Prepend(named) : fillers;
    }

    /// <summary>
    /// A new object is of exactly its type: <c>using</c> calls <c>Dispose</c> through the interface, and yet there is no doubt whose.
    /// </summary>
    [MethodImpl(Speed.Hot)]
    private MethodFacts? ExactTarget(CallFact call) =>
        call.IsVirtual && call.Receiver.Kind == ValueKind.Created ? OwnMember(call.Receiver.Name, call.Target) : null;

    private MethodFacts? OwnMember(string type, string target)
    {
        var open = target.IndexOf('(');
        var name = target.Substring(target.LastIndexOf('.', open < 0 ? target.Length - 1 : open));
        return _methods.TryGetValue($"M:{type}{name}", out var own) && !own.IsAbstract ? own : null;
    }

    private Effect? Through(MethodFacts caller, CallFact call, MethodFacts callee, Effect effect) =>
        Passed(caller, call, callee, effect) is { } passed ? At(call, passed, IsOpen(caller, call, callee, effect.Verb)) : null;

    /// <summary>Somebody else may answer a call, and does not do the same.</summary>
    private bool IsOpen(MethodFacts caller, CallFact call, MethodFacts callee, ApiVerb verb)
    {
        if (!call.IsVirtual || call.Receiver.Kind == ValueKind.Created) return false;
        if (callee.Id == call.Target && !_fillers.ContainsKey(call.Target)) return false;
        var slot = _methods.TryGetValue(call.Target, out var named) ? named : callee;
        if (slot.IsOpen) return true;
        var answers = TargetsOf(caller, call).ToList();
        if (answers.Count == 1 && _fillers.TryGetValue(call.Target, out var fillers) && fillers.Count > MostAnswers) return true;
        return answers.Count != 1 && !answers.TrueForAll(answer => IsSure(caller, call, answer, verb));
    }

    private bool IsSure(MethodFacts caller, CallFact call, MethodFacts answer, ApiVerb verb) =>
        _known.TryGetValue(answer.Id, out var known) && known.Exists(key => key.Verb == verb && !key.IsBrief
            && Passed(caller, call, answer, _effects[(answer.Id, key.Verb, key.Given, key.IsBrief)])
                is { IsPossible: false, Given: null, Unless: ApiConditions.None or ApiConditions.Zero });

    /// <summary>What an effect of a called body is to the caller, given what is passed.</summary>
    [MethodImpl(Speed.Hot)]
    private Effect? Passed(MethodFacts caller, CallFact call, MethodFacts callee, Effect effect)
    {
        if (effect.Path.Count >= LongestPath || LogNames.IsLogger(Short(callee.Type))) return null;
        var logs = effect.Verb == ApiVerb.Blocks && LogNames.IsLogging(callee.Name);
        if (logs && effect.Kind == BlockKind.Console) return null;
        if (callee.EndsChain && !(effect.Given is { } mode && mode.Parameter < callee.Modes.Count
            && callee.Modes[mode.Parameter] != ModeSwitch.None)) return null;
        if (Resolve(call, callee, effect) is not { } resolved) return null;
        effect = resolved;
        if (effect.Given is { } mine && call.Given is { } asked && mine.Parameter == asked.Parameter
            && mine.Value != asked.Value) return null;
        var time = effect.Time >= 0 && effect.Time < call.Arguments.Count ? call.Arguments[effect.Time] : Value.Unknown;
        if (CallJudge.IsZero(time)) return null;
        var (unless, parameter, possible) = (effect.Unless, -1, effect.IsPossible || logs && effect.Kind == BlockKind.File);
        if (unless != ApiConditions.None)
        {
            var passed = effect.Parameter < call.Arguments.Count ? call.Arguments[effect.Parameter] : Value.Unknown;
            if (passed.Kind == ValueKind.Parameter) parameter = (int)passed.Number;
            else if (unless == ApiConditions.Zero)
            {
                if (CallJudge.IsZero(passed)) return null;
                unless = ApiConditions.None;
            }
            else if (unless == ApiConditions.Completed
                && (_judge.IsComplete(passed) || _completion.IsComplete(caller, passed))) return null;
            else
            {
                if (unless == ApiConditions.InMemory && (_judge.IsInMemory(passed) || IsOfOwnType(passed))) return null;
                possible |= unless == ApiConditions.InMemory ? !Devices.Is(passed)
                    : passed.Kind is ValueKind.Unknown or ValueKind.Field;
                unless = ApiConditions.None;
            }
        }

        return effect with { IsPossible = possible, Unless = unless, Parameter = parameter,
            Time = time.Kind == ValueKind.Parameter ? (int)time.Number : -1, Path = [callee.Name, .. effect.Path] };
    }

    /// <summary>A stream or reader that this assembly defines: what its members do is told of them.</summary>
    private bool IsOfOwnType(Value value) => value.Kind == ValueKind.Created && _types.Contains(value.Name);

    /// <summary>What a call's arguments make of a condition on the callee's parameters; null when it does not hold.</summary>
    private static Effect? Resolve(CallFact call, MethodFacts callee, Effect effect)
    {
        if (effect.Given is not { } given) return effect;
        var passed = given.Parameter < call.Arguments.Count ? call.Arguments[given.Parameter] : Value.Unknown;
        return passed.Kind switch
        {
            ValueKind.Constant => passed.Number != 0 == given.Value ? effect with { Given = null } : null,
            ValueKind.Parameter => effect with { Given = new Given((int)passed.Number, given.Value != passed.Not) },
            // Nobody knows which form a coroutine is asked for; then it is taken at its word.
            _ => callee.EndsChain ? null : effect with { Given = null, IsPossible = true },
        };
    }

    [MethodImpl(Speed.Hot)]
    private static Effect At(CallFact call, Effect effect, bool isOpen)
    {
        var branches = effect.ConditionalHops + (call.IsConditional ? 1 : 0);
        var isContradiction = effect.Given is { } mine && call.Given is { } asked && mine != asked;
        return effect with
        {
            Given = effect.Given ?? call.Given,
            ConditionalHops = branches,
            Lock = call.Locks.Count > 0 ? call.Locks[0] : effect.Lock,
            IsPossible = effect.IsPossible || isOpen || isContradiction || call.IsCold || call.IsInHandler || call.IsGuarded
                || effect.Path.Count >= LongestCertainPath || branches >= MostBranches,
        };
    }

    /// <summary>What is said of all overloads is said of those that others can call.</summary>
    [MethodImpl(Speed.Hot)]
    private bool IsPrivate(CallFact call) => _methods.TryGetValue(call.Target, out var own) && !own.IsVisible && !own.IsAbstract;

    private static bool AsksForLoop(string target) => target.EndsWith(".CheckAccess", StringComparison.Ordinal)
        || target.EndsWith(".get_InvokeRequired", StringComparison.Ordinal);

    /// <summary>What a call does, which need not happen on some sides of a branch.</summary>
    private void Improve(MethodFacts caller, CallFact call, Effect effect)
    {
        if (effect.IsPossible || call.Sides.Count == 0)
        {
            Improve(caller, effect);
            return;
        }

        Improve(caller, effect with { IsPossible = true });
        var branches = call.IsConditional ? effect.ConditionalHops - 1 : effect.ConditionalHops;
        foreach (var sure in _parts.Enter(caller, call, effect with { ConditionalHops = branches })) Improve(caller, sure);
    }

    private void Improve(MethodFacts method, Effect effect)
    {
        // Who asks whether it is on its loop waits for the loop elsewhere only; a window that opens is on it.
        if (Handovers.Contains(effect.Path[effect.Path.Count - 1]) && _askers.Contains(method.Id)) return;
        if (method.TakesLock && effect.Kind is BlockKind.Wait or BlockKind.Task) effect = effect with { IsBrief = true,
            Kind = BlockKind.Wait };
        // Further up it would be as possible, as brief, and further away.
        if (effect.IsPossible && !_isWorthTelling(effect)) return;
        var key = (method.Id, effect.Verb, effect.Given, effect.IsBrief);
        if (_effects.TryGetValue(key, out var known))
        {
            if (known.CompareTo(effect) <= 0) return;
        }
        else ListOf(_known, method.Id).Add((effect.Verb, effect.Given, effect.IsBrief));
        _effects[key] = effect;
        _changed.Enqueue(method);
    }

    private static string Short(string type) => type.Substring(type.LastIndexOf('.') + 1);

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
        return list;
    }
}
