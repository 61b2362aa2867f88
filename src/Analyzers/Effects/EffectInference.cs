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
    private readonly SummarySource _source = source;
    /// <summary>More causes than this behind one body are the same story told again.</summary>
    private const int MostReaches = 16;

    /// <summary>Rounds after which a component that still changes is cut: only loops that grow through recursion get there.</summary>
    private const int MostRounds = 24;

    private readonly ConcurrentDictionary<string, BodyEffects> _solved = new(StringComparer.Ordinal);

    public BodyEffects Of(string key, CancellationToken cancellation) =>
        _solved.TryGetValue(key, out var known) ? known : new Solver(this, cancellation).Solve(key);

    /// <summary>Everything that the steps of one body reach, site by site: what the body's findings are made of.</summary>
    public IReadOnlyList<Reach> OfSteps(BodySummary body, CancellationToken cancellation)
    {
        if (body.Steps.IsEmpty) return [];
        var reaches = new List<Reach>();
        foreach (var step in body.Steps)
        {
            reaches.AddRange(Through(body, step, Known, cancellation).Where(static reach => reach.Kind != StepKind.RunsParameter));
            if (step is not { Kind: StepKind.Calls, Dispatch: Dispatch.Direct or Dispatch.Field, Once: false }
                || step.Loops == LoopNest.None) continue;
            if (_source.Get(step.Target!, cancellation) is not { } callee || EndsChain(callee)) continue;
            if (MultipliedWork.Of(body, step, callee, Known(step.Target!).Deepest) is { } work) reaches.Add(work);
        }

        return reaches;

        BodyEffects Known(string key) => Of(key, cancellation);
    }

    /// <summary>Everything that one step of a body reaches, with the callees' effects known.</summary>
    private IEnumerable<Reach> Through(BodySummary body, Step step, Func<string, BodyEffects> effects, CancellationToken cancellation)
    {
        if (step.Kind != StepKind.Calls)
        {
            yield return Reach.Direct(body, step);
            yield break;
        }

        var targets = _source.TargetsOf(step.Target!, cancellation);
        foreach (var target in targets)
        {
            if (_source.Get(target, cancellation) is not { } callee || EndsChain(callee, step)) continue;
            foreach (var reach in effects(target).Reaches)
            {
                if (reach.Kind == StepKind.RunsParameter) continue;
                if (Reach.Through(body, step, reach, oneOfSeveral: targets.Count > 1) is { } through) yield return through;
            }

            foreach (var reach in ThroughFunctions(body, step, target, targets.Count > 1, effects, cancellation)) yield return reach;
        }
    }

    /// <summary>The callee runs one of its delegate parameters at once: the function given here runs here.</summary>
    private IEnumerable<Reach> ThroughFunctions(
        BodySummary body, Step step, string target, bool several, Func<string, BodyEffects> effects, CancellationToken cancellation)
    {
        foreach (var ran in effects(target).Reaches)
        {
            if (ran.Kind != StepKind.RunsParameter) continue;
            var parameter = ran.RunParameter;
            var argument = parameter < step.Arguments.Length ? step.Arguments[parameter] : default;
            if (argument.Knowledge == ArgumentKnowledge.Parameter)
            {
                if (Reach.Through(body, step, ran, several) is { } passedOn) yield return passedOn.Running(argument.Parameter);
            }
            else if (argument.Function is { } function && _source.Get(function, cancellation) is { } given && !EndsChain(given))
            {
                foreach (var reach in effects(function).Reaches)
                    if (reach.Kind != StepKind.RunsParameter
                        && Reach.Through(body, step, reach, several || ran.Certainty == Certainty.Possible) is { } through)
                        yield return through;
            }
        }
    }

    /// <summary>A body with a context of its own, or one that a task stands for, reports for itself.</summary>
    public static bool EndsChain(BodySummary callee) => callee.IsAsync || (callee.Contexts & ~(RunContext.Caller | RunContext.Later)) != 0;

    private static bool EndsChain(BodySummary callee, Step call) =>
        call.RunsSynchronously
            ? (callee.Contexts & ~(RunContext.Caller | RunContext.Later | RunContext.Coroutine)) != 0
            : EndsChain(callee);

    private IEnumerable<string> Callees(BodySummary body, CancellationToken cancellation)
    {
        foreach (var step in body.Steps)
        {
            if (step.Kind != StepKind.Calls) continue;
            foreach (var target in _source.TargetsOf(step.Target!, cancellation)) yield return target;
            foreach (var argument in step.Arguments)
                if (argument.Function is { } function) yield return function;
        }
    }

    /// <summary>Tarjan's components, found and solved innermost first.</summary>
    private sealed class Solver(EffectInference inference, CancellationToken cancellation)
    {
        private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
        private readonly Stack<Node> _open = new();
        private readonly Stack<(Node Node, IEnumerator<string> Callees)> _frames = new();

        public BodyEffects Solve(string key)
        {
            Enter(key);
            while (_frames.Count > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                var (node, callees) = _frames.Peek();
                if (!callees.MoveNext())
                {
                    Leave(node);
                    continue;
                }

                if (inference._solved.ContainsKey(callees.Current)) continue;
                if (_nodes.TryGetValue(callees.Current, out var seen))
                {
                    if (seen.IsOpen) node.Low = Math.Min(node.Low, seen.Index);
                }
                else Enter(callees.Current);
            }

            return inference._solved[key];
        }

        private void Enter(string key)
        {
            var body = inference._source.Get(key, cancellation);
            if (body is null)
            {
                inference._solved[key] = BodyEffects.None;
                return;
            }

            var node = new Node(key, body, _nodes.Count);
            _nodes.Add(key, node);
            _open.Push(node);
            _frames.Push((node, inference.Callees(body, cancellation).Distinct().ToList().GetEnumerator()));
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
            Iterate(component);
            foreach (var solved in component) inference._solved[solved.Key] = solved.Effects;
        }

        private void Iterate(List<Node> component)
        {
            for (var round = 0; round < MostRounds; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                var next = component.ConvertAll(node => Derive(node, recursive: round > 0));
                var changed = false;
                for (var i = 0; i < component.Count; i++)
                {
                    changed |= !next[i].SameAs(component[i].Effects);
                    component[i].Effects = next[i];
                }

                if (!changed) return;
            }
        }

        private BodyEffects Derive(Node node, bool recursive)
        {
            var best = new BestReaches(MostReaches);
            var deepest = node.Body.Cpu.Deepest;
            foreach (var step in node.Body.Steps)
            {
                foreach (var reach in inference.Through(node.Body, step, Known, cancellation)) best.Add(reach);
                if (step is not { Kind: StepKind.Calls, Dispatch: Dispatch.Direct or Dispatch.Field, Once: false }) continue;
                if (inference._source.Get(step.Target!, cancellation) is not { } callee || EndsChain(callee)) continue;
                // Loops multiply through calls, but not round and round a recursion.
                if (_nodes.TryGetValue(step.Target!, out var inComponent) && inComponent.Index >= node.Low && recursive
                    && !inference._solved.ContainsKey(step.Target!)) continue;
                var nest = step.Loops.Times(Known(step.Target!).Deepest);
                if (MultipliedWork.Of(node.Body, step, callee, Known(step.Target!).Deepest) is { } work) best.Add(work);
                if (nest.InputDepth > deepest.InputDepth
                    || nest.InputDepth == deepest.InputDepth && nest.ConstantTrips > deepest.ConstantTrips) deepest = nest;
            }

            return new BodyEffects(best.ToImmutable(), deepest);
        }

        private BodyEffects Known(string key) =>
            inference._solved.TryGetValue(key, out var solved)
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
        }
    }
}
