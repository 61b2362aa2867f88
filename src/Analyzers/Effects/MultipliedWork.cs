using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

/// <summary>Loops of a caller around a call of a body that loops itself.</summary>
internal static class MultipliedWork
{
    /// <summary>CPU-bound work that neither body shows alone, or null.</summary>
    public static Reach? Of(BodySummary body, Step call, BodySummary callee, LoopNest inner)
    {
        if (call.Loops == LoopNest.None || inner == LoopNest.None) return null;
        var nest = call.Loops.Times(inner);
        string evidence;
        var certain = true;
        // Who computes again and again for each of so many is heavy, however few the rounds.
        if (nest.IsOpen && nest.ConstantTrips >= CpuIteration.HeavyRepeats && call.PassesLoops)
            evidence = CpuWords.Repeated(nest.ConstantTrips, callee.Name, body.Name);
        else if (nest.ConstantTrips >= LoopNest.HeavyTrips)
            evidence = FormattableString.Invariant($"loops of {nest.ConstantTrips:N0} iterations together");
        else if (nest.Depth >= 3)
        {
            var isKernel = nest.InputDepth >= 3;
            var repeated = isKernel ? "" : " around a computation that is repeated";
            evidence = FormattableString.Invariant(
                $"{nest.InputDepth} nested loops over input{repeated}, {callee.Name} inside {body.Name}");
            // Loops of bodies further down depend on more than these two can show. What is repeated must be another computation
            // for each round of these, as it must where no call stands between them.
            certain = call.CountsInLoops && inner == callee.Cpu.Deepest && (isKernel || call.PassesLoops);
        }
        else return null;

        var work = new Step
        {
            Kind = certain ? StepKind.Burns : StepKind.Sized,
            Span = PlaceIn(callee),
            Name = evidence,
            Evidence = evidence,
        };
        return Reach.Through(body, call, Reach.Direct(callee, work), oneOfSeveral: false);
    }

    /// <summary>The loops of a body that its callers' go on in.</summary>
    public static Microsoft.CodeAnalysis.Text.TextSpan PlaceIn(BodySummary callee) =>
        new(callee.Cpu.DeepestStart == 0 ? callee.Span.Start : callee.Cpu.DeepestStart, callee.Cpu.DeepestLength);
}
