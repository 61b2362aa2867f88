using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

// How effects travel
// ------------------
// A body's effects are its own steps plus what its calls reach. Bodies form a graph; strongly connected ones (recursion) are
// solved together: starting from nothing, callees first, those are derived again whose callees changed, until none
// changes. The best few witnesses of a cause are kept, in a total order that does not depend on who asked first, so the result
// is the same whatever body is visited first and on however many threads.
//
// Invariants:
//   I1  Only results of finished components are published; a half-computed one is seen by nobody else.
//   I2  A body with a context of its own ends the chain: it reports for itself.
//   I3  Depth costs no stack: components are found with an explicit one.

/// <summary>What every body reaches, computed when asked for. Safe for concurrent use; one instance per compilation.</summary>
/// <param name="source">Where summaries come from.</param>
/// <param name="inherited">What is known already, from a compilation that differs in bodies only.</param>
internal sealed class EffectInference(SummarySource source, InheritedEffects inherited)
{
    /// <summary>More causes than this behind one body are the same story told again.</summary>
    private const int MostReaches = 16;

    /// <summary>Rounds after which a component that still changes is cut: only loops that grow through recursion get there.</summary>
    private const int MostRounds = 24;

    /// <summary>A function of worker processes that is called runs here, for all that it may run there too.</summary>
    private const RunContext WithCaller = RunContext.Caller | RunContext.Later | RunContext.WorkerProcess;

    private readonly SummarySource _source = source;
    private readonly object _publishing = new();

    private SolvedEffects Solved(CancellationToken cancellation) => inherited.Of(_source, cancellation);

    public BodyEffects Of(string key, CancellationToken cancellation) =>
        Solved(cancellation).Effects.TryGetValue(key, out var known) ? known : new Solver(this, cancellation).Solve(key);

    /// <summary>Everything that the steps of one body reach, site by site: what the body's findings are made of.</summary>
    public IReadOnlyList<Reach> OfSteps(BodySummary body, CancellationToken cancellation)
    {
        if (body.Steps.IsEmpty) return [];
        var reaches = new List<Reach>();
        foreach (var site in SitesOf(body, cancellation))
        {
            Through(body, site, Known, reaches);
            reaches.RemoveAll(static reach => reach.Kind == StepKind.RunsParameter || reach.IsDeferred || reach.IsAsked);
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
            // Of what answers for itself only the synchronous form is its caller's, and so on up to who asks for it.
            var onlyMode = site.Step.PassesMode && EndsChain(callee);
            foreach (var reach in reached)
            {
                if (onlyMode && !reach.IsOfSynchronousForm) continue;
                if (reach.Kind == StepKind.RunsParameter) runsParameter = true;
                else if (Reach.Through(body, site.Step, reach, oneOfSeveral: site.IsOneOfSeveral) is { } through) reaches.Add(through);
            }

            if (!runsParameter) continue;
            foreach (var reach in reached)
                if (reach.Kind == StepKind.RunsParameter) ThroughFunction(body, site, reach, effects, reaches);
        }

        // What a coroutine is given to run, it runs for whoever gave it.
        foreach (var coroutine in site.Coroutines)
        {
            foreach (var reach in effects(coroutine.Key).Reaches)
                if (reach.Kind == StepKind.RunsParameter) ThroughFunction(body, site, reach, effects, reaches);
        }
    }

    /// <summary>The callee runs one of its delegate parameters at once: the function given here runs here.</summary>
    private static void ThroughFunction(
        BodySummary body, CallSite site, Reach ran, Func<string, BodyEffects> effects, List<Reach> reaches)
    {
        var (step, parameter) = (site.Step, ran.RunParameter);
        if (ran.RunParameterOf is not null)
        {
            if (Reach.Through(body, step, ran, site.IsOneOfSeveral) is { } captured) reaches.Add(captured.Running(ran));
            return;
        }

        var argument = parameter < step.Arguments.Length ? step.Arguments[parameter] : default;
        if (argument.Knowledge == ArgumentKnowledge.Parameter)
        {
            if (Reach.Through(body, step, ran, site.IsOneOfSeveral) is { } passedOn) reaches.Add(passedOn.Running(argument.Parameter));
        }
        else if (argument.Function is { } function && site.Functions.Contains(function)
            && Reach.Through(body, step, ran, site.IsOneOfSeveral) is { } run)
        {
            foreach (var reach in effects(function).Reaches)
            {
                // `Run(() => result = load())`: the function calls what its method was given.
                if (reach.Kind == StepKind.RunsParameter && reach.RunParameterOf is null) continue;
                if (Reach.Through(body, step, reach, site.IsOneOfSeveral || run.Certainty == Certainty.Possible,
                        walked: ran.Cause.Sequence == SequenceUse.WalkedThrough) is { } through)
                    reaches.Add(reach.Kind == StepKind.RunsParameter ? through.Running(reach) : through);
            }
        }
    }

    /// <summary>The steps of a body with what they lead to: sought once, and used in every round.</summary>
    private ImmutableArray<CallSite> SitesOf(BodySummary body, CancellationToken cancellation)
    {
        var sites = Solved(cancellation).Sites;
        return sites.TryGetValue(body, out var known)
            ? known
            : sites.GetOrAdd(body, body.Steps.Select(step => SiteOf(body, step, cancellation)).ToImmutableArray());
    }

    private CallSite SiteOf(BodySummary body, Step step, CancellationToken cancellation)
    {
        if (step.TaskSource is { } asked) return SiteOfWait(body, step, _source.TargetsOf(asked, cancellation), cancellation);
        if (step.Kind != StepKind.Calls) return new CallSite(step) { Direct = Reach.Direct(body, step) };
        var targets = _source.TargetsOf(step.Target!, cancellation);
        var bodies = targets.Select(target => _source.Get(target, cancellation)).OfType<BodySummary>().ToList();
        var functions = step.Arguments.Select(static argument => argument.Function).OfType<string>().ToList();
        var multiplies = step is
            { Dispatch: Dispatch.Direct or Dispatch.Field, Once: false, IsDeferred: false, Sequence: not SequenceUse.WalkedThroughLater };
        return new CallSite(step)
        {
            Coroutines = functions.Count == 0 || step.RunsSynchronously || step.PassesMode
                ? ImmutableArray<BodySummary>.Empty
                : bodies.Where(static callee => callee.IsAsync && !LeavesTheLoop(callee)
                    && (callee.Contexts & ~(WithCaller | RunContext.Coroutine)) == 0).ToImmutableArray(),
            Callees = bodies.Where(callee => !EndsChain(callee, step)).ToImmutableArray(),
            IsOneOfSeveral = targets.Count > 1,
            Targets = targets,
            Functions = functions.Where(function => _source.Get(function, cancellation) is { } given && !EndsChain(given)).ToList(),
            Leads = targets.Concat(functions).ToImmutableArray(),
            Multiplied = multiplies && _source.Get(step.Target!, cancellation) is { } callee && !EndsChain(callee) ? callee : null,
        };
    }

    /// <summary>Nobody waits for the task of a method that has done its work when it returns, whichever of several may run.</summary>
    private CallSite SiteOfWait(BodySummary body, Step step, IReadOnlyList<string> targets, CancellationToken cancellation)
    {
        var isOver = targets.Count > 0 && targets.All(target => _source.Get(target, cancellation) is { } given
            && (given.IsAsync ? !given.Suspends || IsLedPast(given, step.Arguments) : given.ReturnsCompletedTask));
        return new CallSite(step)
        {
            Direct = isOver ? null : Reach.Direct(body, step), Targets = targets, Leads = targets.ToImmutableArray(),
        };
    }

    /// <summary>What it is given leads past all of its awaits.</summary>
    private static bool IsLedPast(BodySummary coroutine, ImmutableArray<ArgumentFact> arguments) => coroutine.SuspendsIf.Any(guard =>
        guard.Parameter < arguments.Length && guard.IsRefutedBy(arguments[guard.Parameter]));

    /// <summary>It goes on wherever its first wait ends, so that nobody can say where it runs what it is given.</summary>
    private static bool LeavesTheLoop(BodySummary coroutine) => coroutine is { Suspends: true, ResumesOnCapturedContext: false };

    /// <summary>A body with a context of its own, or one that a task stands for, reports for itself.</summary>
    public static bool EndsChain(BodySummary callee) => callee.IsAsync || (callee.Contexts & ~WithCaller) != 0;

    private static bool EndsChain(BodySummary callee, Step call) =>
        call.RunsSynchronously || call.PassesMode ? (callee.Contexts & ~(WithCaller | RunContext.Coroutine)) != 0 : EndsChain(callee);

    /// <summary>Tarjan's components, found and solved innermost first.</summary>
    private sealed class Solver
    {
        private readonly EffectInference _inference;
        private readonly ConcurrentDictionary<string, BodyEffects> _solved;
        private readonly CancellationToken _cancellation;
        private readonly Func<string, BodyEffects> _known;
        private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
        private readonly Stack<Node> _open = new();
        private readonly Stack<Node> _frames = new();

        public Solver(EffectInference inference, CancellationToken cancellation)
        {
            (_inference, _solved, _cancellation) = (inference, inference.Solved(cancellation).Effects, cancellation);
            _known = Known;
        }

        public BodyEffects Solve(string key)
        {
            Enter(key);
            while (_frames.Count > 0)
            {
                _cancellation.ThrowIfCancellationRequested();
                var node = _frames.Peek();
                if (node.Next == node.Callees.Count)
                {
                    Leave(node);
                    continue;
                }

                var callee = node.Callees[node.Next++];
                if (_solved.ContainsKey(callee)) continue;
                if (_nodes.TryGetValue(callee, out var seen))
                {
                    if (seen.IsOpen) node.Low = Math.Min(node.Low, seen.Index);
                }
                else Enter(callee);
            }

            return _solved[key];
        }

        private void Enter(string key)
        {
            var body = _inference._source.Get(key, _cancellation);
            if (body is null)
            {
                _solved[key] = BodyEffects.None;
                return;
            }

            var node = new Node(key, body, _nodes.Count, _inference.SitesOf(body, _cancellation));
            _nodes.Add(key, node);
            _open.Push(node);
            _frames.Push(node);
        }

        private void Leave(Node node)
        {
            _frames.Pop();
            if (_frames.Count > 0) _frames.Peek().Low = Math.Min(_frames.Peek().Low, node.Low);
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
            if (component.Count == 1)
            {
                if (node.Callees.Contains(node.Key)) Iterate(component);
                else node.Effects = Derive(node, isRing: false);
                // Somebody who solved it as part of a ring meanwhile knows better which loops are a recursion's.
                lock (_inference._publishing) _solved.TryAdd(node.Key, node.Effects);
                return;
            }

            component.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
            // Whoever else comes to the same ring waits for this result instead of working it out a second time.
            lock (_solved)
            {
                if (_solved.ContainsKey(node.Key)) return;
                Iterate(component);
                lock (_inference._publishing)
                    foreach (var solved in component) _solved[solved.Key] = solved.Effects;
            }
        }

        private void Iterate(List<Node> component)
        {
            var inside = component.ToDictionary(static node => node.Key, StringComparer.Ordinal);
            foreach (var node in component)
                foreach (var callee in node.Callees)
                    if (inside.TryGetValue(callee, out var called)) called.Callers.Add(node);

            // Callees first, so that most is known when it is asked for; who calls nothing that changed would only derive the same again.
            var order = CalleesFirst(component, inside);
            var due = new HashSet<Node>(component);
            for (var round = 0; round < MostRounds && due.Count > 0; round++)
            {
                foreach (var node in order)
                {
                    if (!due.Remove(node)) continue;
                    _cancellation.ThrowIfCancellationRequested();
                    var next = Derive(node, isRing: true);
                    if (next.SameAs(node.Effects)) continue;
                    node.Effects = next;
                    foreach (var caller in node.Callers)
                    {
                        caller.Changed.Add(node.Key);
                        due.Add(caller);
                    }
                }
            }
        }

        /// <summary>An order that depends on the component alone, and not on where it was entered.</summary>
        private static List<Node> CalleesFirst(List<Node> component, Dictionary<string, Node> inside)
        {
            var order = new List<Node>(component.Count);
            var seen = new HashSet<Node>();
            var path = new Stack<(Node Node, int Next)>();
            foreach (var start in component)
            {
                if (seen.Add(start)) path.Push((start, 0));
                while (path.Count > 0)
                {
                    var (node, next) = path.Pop();
                    if (next == node.Callees.Count)
                    {
                        order.Add(node);
                        continue;
                    }

                    path.Push((node, next + 1));
                    if (inside.TryGetValue(node.Callees[next], out var callee) && seen.Add(callee)) path.Push((callee, 0));
                }
            }

            return order;
        }

        /// <summary>What a body reaches, asked anew only through the sites that lead to what changed.</summary>
        private BodyEffects Derive(Node node, bool isRing)
        {
            var best = new BestReaches(MostReaches);
            var deepest = node.Body.Cpu.Deepest;
            for (var i = 0; i < node.Sites.Length; i++)
            {
                var site = node.Sites[i];
                foreach (var reach in ThroughSite(node, i)) best.Add(reach);
                if (site.Multiplied is not { } callee) continue;
                var step = site.Step;
                // Loops multiply through calls, but not round and round a recursion.
                if (_nodes.TryGetValue(callee.Key, out var inComponent) && inComponent.Index >= node.Low && isRing
                    && !_solved.ContainsKey(callee.Key)) continue;
                var inner = Known(callee.Key).Deepest;
                var nest = step.Loops.Times(inner);
                if (MultipliedWork.Of(node.Body, step, callee, inner) is { } work) best.Add(work);
                if (nest.IsDeeperThan(deepest)) deepest = nest;
            }

            node.Changed.Clear();
            return new BodyEffects(best.ToImmutable(), deepest);
        }

        private List<Reach> ThroughSite(Node node, int at)
        {
            var site = node.Sites[at];
            if (node.Through[at] is { } known && !site.Leads.Any(node.Changed.Contains)) return known;
            var through = new List<Reach>();
            EffectInference.Through(node.Body, site, _known, through);
            return node.Through[at] = through;
        }

        private BodyEffects Known(string key) =>
            _solved.TryGetValue(key, out var solved)
                ? solved
                : _nodes.TryGetValue(key, out var node) ? node.Effects : BodyEffects.None;

        private sealed class Node(string key, BodySummary body, int index, ImmutableArray<CallSite> sites)
        {
            public ImmutableArray<CallSite> Sites { get; } = sites;

            /// <summary>Keys of all bodies that the sites lead to.</summary>
            public List<string> Callees { get; } = [.. sites.SelectMany(static site => site.Leads).Distinct()];

            /// <summary>The callee that is walked to next.</summary>
            public int Next { get; set; }

            /// <summary>Callees that reach something else than when it was asked last.</summary>
            public HashSet<string> Changed { get; } = new(StringComparer.Ordinal);

            /// <summary>What each site led to when it was asked last.</summary>
            public List<Reach>?[] Through { get; } = new List<Reach>?[sites.Length];

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
