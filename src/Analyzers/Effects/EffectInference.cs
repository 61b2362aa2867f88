using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

// How effects travel
// ------------------
// A body's effects are its own steps plus what its calls reach. Bodies form a graph; strongly connected ones (recursion) are
// solved together: starting from nothing, each round derives every body's effects from the last round's, until none
// changes. The best few witnesses of a cause are kept, in a total order that does not depend on who asked first, so the result
// is the same whatever body is visited first and on however many threads.
//
// Invariants:
//   I1  Only results of finished components are published; a half-computed one is seen by nobody else.
//   I2  A body with a context of its own ends the chain: it reports for itself.
//   I3  Depth costs no stack: components are found with an explicit one.

/// <summary>What every body reaches, computed when asked for. Safe for concurrent use; one instance per compilation.</summary>
internal sealed class EffectInference(SummarySource source)
{
    /// <summary>More causes than this behind one body are the same story told again.</summary>
    private const int MostReaches = 16;

    /// <summary>Rounds after which a component that still changes is cut: only loops that grow through recursion get there.</summary>
    private const int MostRounds = 24;

    private readonly SummarySource _source = source;
    private readonly ConcurrentDictionary<string, BodyEffects> _solved = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<BodySummary, ImmutableArray<CallSite>> _sites = new();

    public BodyEffects Of(string key, CancellationToken cancellation) =>
        _solved.TryGetValue(key, out var known) ? known : new Solver(this, cancellation).Solve(key);

    /// <summary>Everything that the steps of one body reach, site by site: what the body's findings are made of.</summary>
    public IReadOnlyList<Reach> OfSteps(BodySummary body, CancellationToken cancellation)
    {
        if (body.Steps.IsEmpty) return [];
        var reaches = new List<Reach>();
        foreach (var site in SitesOf(body, cancellation))
        {
            Through(body, site, Known, reaches);
            reaches.RemoveAll(static reach => reach.Kind == StepKind.RunsParameter);
            if (site.Multiplied is not { } callee || site.Step.Loops == LoopNest.None) continue;
            if (MultipliedWork.Of(body, site.Step, callee, Known(callee.Key).Deepest) is { } work) reaches.Add(work);
        }

        return reaches;

        BodyEffects Known(string key) => Of(key, cancellation);
    }

    /// <summary>Everything that one step of a body reaches, with the callees' effects known.</summary>
    private static void Through(BodySummary body, CallSite site, Func<string, BodyEffects> effects, List<Reach> reaches)
    {
        if (site.Direct is { } direct)
        {
            reaches.Add(direct);
            return;
        }

        foreach (var callee in site.Callees)
        {
            var reached = effects(callee.Key).Reaches;
            var runsParameter = false;
            foreach (var reach in reached)
            {
                if (reach.Kind == StepKind.RunsParameter) runsParameter = true;
                else if (Reach.Through(body, site.Step, reach, oneOfSeveral: site.IsOneOfSeveral) is { } through) reaches.Add(through);
            }

            if (!runsParameter) continue;
            foreach (var reach in reached)
                if (reach.Kind == StepKind.RunsParameter) ThroughFunction(body, site, reach, effects, reaches);
        }
    }

    /// <summary>The callee runs one of its delegate parameters at once: the function given here runs here.</summary>
    private static void ThroughFunction(
        BodySummary body, CallSite site, Reach ran, Func<string, BodyEffects> effects, List<Reach> reaches)
    {
        var (step, parameter) = (site.Step, ran.RunParameter);
        var argument = parameter < step.Arguments.Length ? step.Arguments[parameter] : default;
        if (argument.Knowledge == ArgumentKnowledge.Parameter)
        {
            if (Reach.Through(body, step, ran, site.IsOneOfSeveral) is { } passedOn) reaches.Add(passedOn.Running(argument.Parameter));
        }
        else if (argument.Function is { } function && site.Functions.Contains(function))
        {
            foreach (var reach in effects(function).Reaches)
            {
                if (reach.Kind != StepKind.RunsParameter
                    && Reach.Through(body, step, reach, site.IsOneOfSeveral || ran.Certainty == Certainty.Possible) is { } through)
                    reaches.Add(through);
            }
        }
    }

    /// <summary>The steps of a body with what they lead to: sought once, and used in every round.</summary>
    private ImmutableArray<CallSite> SitesOf(BodySummary body, CancellationToken cancellation) =>
        _sites.TryGetValue(body, out var known)
            ? known
            : _sites.GetOrAdd(body, body.Steps.Select(step => SiteOf(body, step, cancellation)).ToImmutableArray());

    private CallSite SiteOf(BodySummary body, Step step, CancellationToken cancellation)
    {
        if (step.Kind != StepKind.Calls) return new CallSite(step) { Direct = Reach.Direct(body, step) };
        var targets = _source.TargetsOf(step.Target!, cancellation);
        var functions = step.Arguments.Select(static argument => argument.Function).OfType<string>().ToList();
        var multiplies = step is { Dispatch: Dispatch.Direct or Dispatch.Field, Once: false };
        return new CallSite(step)
        {
            Callees = targets.Select(target => _source.Get(target, cancellation)).OfType<BodySummary>()
                .Where(callee => !EndsChain(callee, step)).ToImmutableArray(),
            IsOneOfSeveral = targets.Count > 1,
            Functions = functions.Where(function => _source.Get(function, cancellation) is { } given && !EndsChain(given)).ToList(),
            Leads = targets.Concat(functions).ToImmutableArray(),
            Multiplied = multiplies && _source.Get(step.Target!, cancellation) is { } callee && !EndsChain(callee) ? callee : null,
        };
    }

    /// <summary>A body with a context of its own, or one that a task stands for, reports for itself.</summary>
    public static bool EndsChain(BodySummary callee) => callee.IsAsync || (callee.Contexts & ~(RunContext.Caller | RunContext.Later)) != 0;

    private static bool EndsChain(BodySummary callee, Step call) =>
        call.RunsSynchronously
            ? (callee.Contexts & ~(RunContext.Caller | RunContext.Later | RunContext.Coroutine)) != 0
            : EndsChain(callee);

    private IEnumerable<string> Callees(BodySummary body, CancellationToken cancellation) =>
        SitesOf(body, cancellation).SelectMany(static site => site.Leads).Distinct();

    /// <summary>Tarjan's components, found and solved innermost first.</summary>
    private sealed class Solver
    {
        private readonly EffectInference _inference;
        private readonly CancellationToken _cancellation;
        private readonly Func<string, BodyEffects> _known;
        private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
        private readonly Stack<Node> _open = new();
        private readonly Stack<(Node Node, IEnumerator<string> Callees)> _frames = new();

        public Solver(EffectInference inference, CancellationToken cancellation)
        {
            (_inference, _cancellation) = (inference, cancellation);
            _known = Known;
        }

        public BodyEffects Solve(string key)
        {
            Enter(key);
            while (_frames.Count > 0)
            {
                _cancellation.ThrowIfCancellationRequested();
                var (node, callees) = _frames.Peek();
                if (!callees.MoveNext())
                {
                    Leave(node);
                    continue;
                }

                if (_inference._solved.ContainsKey(callees.Current)) continue;
                if (_nodes.TryGetValue(callees.Current, out var seen))
                {
                    if (seen.IsOpen) node.Low = Math.Min(node.Low, seen.Index);
                }
                else Enter(callees.Current);
            }

            return _inference._solved[key];
        }

        private void Enter(string key)
        {
            var body = _inference._source.Get(key, _cancellation);
            if (body is null)
            {
                _inference._solved[key] = BodyEffects.None;
                return;
            }

            var node = new Node(key, body, _nodes.Count);
            _nodes.Add(key, node);
            _open.Push(node);
            _frames.Push((node, _inference.Callees(body, _cancellation).ToList().GetEnumerator()));
        }

        private void Leave(Node node)
        {
            _frames.Pop();
            if (_frames.Count > 0) _frames.Peek().Node.Low = Math.Min(_frames.Peek().Node.Low, node.Low);
            if (node.Low != node.Index) return;

            var component = new List<Node>();
            Node member;
            do
            {
                member = _open.Pop();
                member.IsOpen = false;
                component.Add(member);
            }
            while (member != node);
            component.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
            if (component.Count == 1)
            {
                Iterate(component);
                _inference._solved[node.Key] = node.Effects;
                return;
            }

            // Whoever else comes to the same ring waits for this result instead of working it out a second time.
            lock (_inference._solved)
            {
                if (_inference._solved.ContainsKey(node.Key)) return;
                Iterate(component);
                foreach (var solved in component) _inference._solved[solved.Key] = solved.Effects;
            }
        }

        private void Iterate(List<Node> component)
        {
            var inside = component.ToDictionary(static node => node.Key, StringComparer.Ordinal);
            foreach (var node in component)
                foreach (var callee in _inference.Callees(node.Body, _cancellation))
                    if (inside.TryGetValue(callee, out var called)) called.Callers.Add(node);

            // Who calls nothing that changed in the last round would only derive the same again. In the second round all are asked, as
            // from there on recursion counts.
            var due = component;
            for (var round = 0; round < MostRounds && due.Count > 0; round++)
            {
                _cancellation.ThrowIfCancellationRequested();
                var asked = round == 1 ? component : due;
                var next = asked.ConvertAll(node => Derive(node, recursive: round > 0));
                var changed = new HashSet<Node>();
                for (var i = 0; i < asked.Count; i++)
                {
                    if (!next[i].SameAs(asked[i].Effects)) changed.Add(asked[i]);
                    asked[i].Effects = next[i];
                }

                if (changed.Count == 0) return;
                due = changed.SelectMany(static node => node.Callers).Distinct().ToList();
            }
        }

        private BodyEffects Derive(Node node, bool recursive)
        {
            var best = new BestReaches(MostReaches);
            var deepest = node.Body.Cpu.Deepest;
            var through = new List<Reach>();
            foreach (var site in _inference.SitesOf(node.Body, _cancellation))
            {
                through.Clear();
                Through(node.Body, site, _known, through);
                foreach (var reach in through) best.Add(reach);
                if (site.Multiplied is not { } callee) continue;
                var step = site.Step;
                // Loops multiply through calls, but not round and round a recursion.
                if (_nodes.TryGetValue(callee.Key, out var inComponent) && inComponent.Index >= node.Low && recursive
                    && !_inference._solved.ContainsKey(callee.Key)) continue;
                var inner = Known(callee.Key).Deepest;
                var nest = step.Loops.Times(inner);
                if (MultipliedWork.Of(node.Body, step, callee, inner) is { } work) best.Add(work);
                if (nest.InputDepth > deepest.InputDepth
                    || nest.InputDepth == deepest.InputDepth && nest.ConstantTrips > deepest.ConstantTrips) deepest = nest;
            }

            return new BodyEffects(best.ToImmutable(), deepest);
        }

        private BodyEffects Known(string key) =>
            _inference._solved.TryGetValue(key, out var solved)
                ? solved
                : _nodes.TryGetValue(key, out var node) ? node.Effects : BodyEffects.None;

        private sealed class Node(string key, BodySummary body, int index)
        {
            public string Key { get; } = key;

            public BodySummary Body { get; } = body;

            public int Index { get; } = index;

            public int Low { get; set; } = index;

            public bool IsOpen { get; set; } = true;

            public BodyEffects Effects { get; set; } = BodyEffects.None;

            /// <summary>Who in the same component calls it.</summary>
            public List<Node> Callers { get; } = [];
        }
    }
}
