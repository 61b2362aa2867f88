using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Contexts;

namespace Quintet.Analyzers.Effects;

internal sealed partial class CpuWalk
{
    // Adding up a table, or its greatest element, is one light operation for each element: as a rule the table is small.
    private const int CertainWeight = 2;

    private void VisitLoop(ILoopOperation operation)
    {
        if (operation is IForEachLoopOperation each)
        {
            Visit(each.Collection);
        }
        else if (operation is IForLoopOperation counted)
        {
            foreach (var before in counted.Before) Visit(before);
        }

        var loop = Open(operation, _ranges.Of(operation, _loop));
        var (visible, searching) = (_visible, _searching);
        if (loop.Range.IsInput) _visible |= loop.Bit;
        loop.Limits = Look(operation is IForEachLoopOperation walked ? walked.Collection : CpuLoop.ConditionOf(operation)).AllParameters;
        PrepareVariables(operation, loop);
        switch (operation)
        {
            case IForEachLoopOperation forEach:
                loop.HasCheckpoint = forEach.IsAsynchronous;
                Visit(forEach.Body);
                break;
            case IForLoopOperation forLoop:
                loop.EndsEarly = Asks(forLoop.Condition);
                Visit(forLoop.Condition);
                Visit(forLoop.Body);
                VisitBottom(forLoop, loop);
                break;
            case IWhileLoopOperation whileLoop:
                Visit(whileLoop.Condition);
                Visit(whileLoop.Body);
                break;
            default:
                Children(operation);
                break;
        }

        (_visible, _searching) = (visible, searching);
        Close(loop);
    }

    /// <summary>A call that runs its lambda for each element, such as <c>Sum</c>, is a loop over its source.</summary>
    private void VisitLambdaLoop(IOperation call, IOperation source, IAnonymousFunctionOperation lambda)
    {
        var loop = Open(call, _ranges.OfCollection(source));
        var visible = _visible;
        if (loop.Range.IsInput) _visible |= loop.Bit;
        foreach (var parameter in lambda.Symbol.Parameters) Set(parameter, new CpuValue(0, loop.Bit, 0));
        VisitBody(lambda, runsAtOnce: true);
        _visible = visible;
        Close(loop);
    }

    /// <summary>A call that runs a method for each element: the method is work, whatever it does.</summary>
    private void VisitMethodLoop(IOperation call, IOperation source)
    {
        var loop = Open(call, _ranges.OfCollection(source));
        loop.HasWork = true;
        Close(loop);
    }

    private CpuLoop Open(IOperation operation, CpuRange range)
    {
        // Beyond as many nested loops nobody's bit is known, and nothing is reported for them.
        var bit = _open.Count < CpuValue.MostLoops ? 1UL << _open.Count : 0;
        var loop = new CpuLoop(operation, _region, _loop, bit) { Range = range, IsInTry = _catching };
        Loops[operation] = loop;
        _open.Add(loop);
        _numbers.Enter(range);
        _loop = loop;
        return loop;
    }

    private void PrepareVariables(ILoopOperation operation, CpuLoop loop)
    {
        if (operation is IForEachLoopOperation)
        {
            foreach (var variable in operation.Locals) Set(variable, new CpuValue(0, loop.Bit, 0));
            return;
        }

        if (loop.Range.Counter is { } counter) Set(counter, new CpuValue(loop.Bit, 0, 0));
        if (loop.Range.IsInput || loop.Range.Trips < LoopNest.HeavyTrips) return;
        // Nobody limits these loops, or hardly: if a counter of theirs is hashed, they search.
        _searching |= loop.Bit;
        foreach (var step in _writes.StepsIn(operation))
        {
            if (!IsLimited(operation, step)) Set(step, new CpuValue(loop.Bit, 0, 0));
        }
    }

    // 'while (offset < length)' hashes block by block: that is no search; 'while (!Fits(Hash(text + n)))' is one.
    private static bool IsLimited(ILoopOperation loop, ISymbol counter)
    {
        var condition = CpuLoop.ConditionOf(loop);
        return condition is not null && condition.DescendantsAndSelf().Any(operation =>
            operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
            && SymbolEqualityComparer.Default.Equals(CpuWrites.VariableOf(operation), counter) && !IsGiven(operation));
    }

    private static bool IsGiven(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null and not ILoopOperation; parent = parent.Parent)
            if (parent is IArgumentOperation) return true;
        return false;
    }

    /// <summary><c>i &lt; int.MaxValue &amp;&amp; File.Exists(name)</c>: the number only says when to give up.</summary>
    private static bool Asks(IOperation? condition) =>
        condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd }
        && condition.DescendantsAndSelf().Any(static part => part is IInvocationOperation);

    // Counting is what a loop does, not work that it does.
    private void VisitBottom(IForLoopOperation operation, CpuLoop loop)
    {
        var hadWork = loop.HasWork;
        foreach (var bottom in operation.AtLoopBottom) Visit(bottom);
        loop.HasWork = hadWork;
    }

    private void Close(CpuLoop loop)
    {
        _open.RemoveAt(_open.Count - 1);
        foreach (var symbol in loop.Dependents) _values[symbol] = _values[symbol].Without(loop.Bit);
        _numbers.Leave(loop.Range);
        _loop = loop.Parent;
        if (CpuIteration.Is(loop))
        {
            loop.RepeatedFor |= loop.IteratedOn;
            if (Several(loop.IteratedOn & _visible)) NoteKernel(loop.IteratedOn & _visible, 2, CertainWeight);
        }

        Judge(loop);
        if (loop.Parent is { } parent) Tell(parent, loop);
    }

    /// <summary>What the loop around has to know about a loop that ended.</summary>
    private static void Tell(CpuLoop parent, CpuLoop loop)
    {
        parent.HasWork |= loop.HasWork;
        parent.WorkedOn |= loop.WorkedOn & ~loop.Bit;
        parent.RepeatedFor |= loop.RepeatedFor & ~loop.Bit;
        if (parent.Region != loop.Region) return;
        parent.HasCheckpoint |= loop.HasCheckpoint;
        parent.Yields |= loop.Yields;
        parent.Returns |= loop.Returns;
        parent.EndsEarly |= loop.Returns;
        parent.Throws |= loop.Throws;
    }

    private static void Judge(CpuLoop loop)
    {
        var trips = loop.EndsEarly ? 1 : Math.Max(1, loop.Range.Trips ?? 1);
        var product = new LoopNest(Math.Max(1, loop.Range.Trips ?? 1), 0).Times(new LoopNest(loop.InnerTrips, 0)).ConstantTrips;
        if (!loop.HasWork) product = 1;
        var endsEarly = loop.InnerEndsEarly || (loop.EndsEarly && loop.Range.Trips > 1);
        if (!loop.Yields)
        {
            if (loop.Range.Trips > 1 && product >= LoopNest.HeavyTrips)
                Report(loop, CpuWords.Trips(product, loop.InnerTrips > 1), !endsEarly);
            else if (loop.Range.Trips > 1 && loop.Inner.Nest.IsOpen && IsMany(loop))
                Report(loop, CpuWords.Repeated(product), !endsEarly);
            if (loop.Kernel.Count > 1)
                ReportKernel(loop);
            JudgeUnlimited(loop);
            JudgeJoin(loop);
        }

        var nest = loop.HasCheckpoint || loop.Yields || !loop.HasWork ? CpuNest.None : NestOf(loop, trips);
        if (loop.Parent?.Region != loop.Region) loop.Region.Deepest = loop.Region.Deepest.Or(nest);
        JudgeGiven(loop);
        if (loop.Parent is not { } parent) return;
        parent.Inner = parent.Inner.Or(nest);
        if (product <= parent.InnerTrips) return;
        parent.InnerTrips = product;
        parent.InnerEndsEarly = endsEarly;
    }

    private static bool IsMany(CpuLoop loop) => Math.Max(1, loop.Range.Trips ?? 1) * (double)loop.Inner.Nest.ConstantTrips
        >= CpuIteration.HeavyRepeats;

    private static void ReportKernel(CpuLoop loop)
    {
        // Whoever gives a turn for each row of the computation has followed the advice: what is left is a row.
        if (loop is { HasCheckpoint: true, JoinsElements: true })
        {
            var found = loop.Region.Evidence;
            for (var i = found.Count - 1; i >= loop.FindingsBefore; i--)
                if (found[i].OfElements) found.RemoveAt(i);
        }

        var weight = loop.KernelWeight + loop.Kernel[loop.Kernel.Count - 1].OwnWeight;
        Report(loop, CpuWords.Kernel([.. loop.Kernel.Select(l => l.Range.Text)]), weight >= CertainWeight, ofElements: true, SidesOf(loop));
    }

    // Of three loops two are left when one of them is short.
    private static (int First, int Second, int Least)? SidesOf(CpuLoop loop) => loop.Kernel.Count == 2
        && loop.Kernel[0].Range.Given is { } first && loop.Kernel[1].Range.Given is { } second
        && IsGivenTo(loop, first) && IsGivenTo(loop, second)
            ? (first.Ordinal, second.Ordinal, CpuIteration.LeastRounds)
            : null;

    /// <summary>A parameter of the function in which the loop stands, and not of one around it.</summary>
    private static bool IsGivenTo(CpuLoop loop, IParameterSymbol parameter) =>
        LocalUses.StandsIn(loop.Operation, parameter.ContainingSymbol);

    private static void JudgeJoin(CpuLoop loop)
    {
        if (loop.JoinedWith == 0 || loop.HasCheckpoint || loop.EndsEarly) return;
        var span = loop.Operation.Syntax.Span;
        loop.Region.Joined = new CpuEvidence(
            span.Start, span.Length, CpuWords.Joined, loop.JoinWeight >= CertainWeight, HasCheckpoint: false, Forever: false)
        {
            Chosen = (loop.JoinedWith, false),
        };
    }

    private static void JudgeGiven(CpuLoop loop)
    {
        if (loop.HasCheckpoint || loop.Yields || !loop.HasWork) return;
        var given = loop.EndsEarly ? loop.InnerGiven : CpuGiven.Around(loop.InnerGiven, loop.InnerTrips, loop.Range);
        if (given is null) return;
        if (loop.Parent is { } parent && parent.Region == loop.Region) parent.InnerGiven = CpuGiven.Greater(parent.InnerGiven, given);
        else loop.Region.Add(given, loop.Operation.Syntax.Span);
    }

    private static CpuNest NestOf(CpuLoop loop, long trips)
    {
        var isInput = loop.Range.IsInput && ((loop.WorkedOn | loop.RepeatedFor) & loop.Bit) != 0;
        var iterates = (loop.IteratedOn != 0 || loop.IteratesGiven) && CpuIteration.Is(loop);
        if (trips == 1 && !isInput && !iterates) return loop.Inner;
        var span = loop.Operation.Syntax.Span;
        var nest = new LoopNest(trips, isInput ? 1 : 0, iterates, iterates && loop.Range.Trips is null);
        return new CpuNest(nest.Times(loop.Inner.Nest), span.Start, span.Length);
    }

    /// <summary>Loops whose head sets no limit: do they spin, search or never end?</summary>
    private static void JudgeUnlimited(CpuLoop loop)
    {
        var condition = CpuLoop.ConditionOf(loop.Operation);
        var isEndless = loop.Operation is IForLoopOperation { Condition: null }
            || condition is { ConstantValue: { HasValue: true, Value: true } };
        // A head that is half typed says nothing yet.
        if (isEndless && !loop.Operation.Syntax.ContainsDiagnostics
            && !(loop.EndsEarly || loop.Throws || loop.IsInTry || loop.HasCheckpoint))
        {
            var span = loop.Operation.Syntax.Span;
            loop.Region.Evidence.Add(new CpuEvidence(span.Start, span.Length, CpuWords.Forever, true, false, Forever: true));
        }

        if (loop.SearchesByHash && (!isEndless || loop.EndsEarly)) Report(loop, CpuWords.Search, certain: true);
        if (loop.Operation is IWhileLoopOperation waiting && CpuSpin.Of(waiting) is { } spin)
        {
            Report(loop, CpuWords.Spin(waiting.Condition!.Syntax), spin == SpinKind.Wait);
        }
    }

    /// <summary>
    /// Adds a finding in place of those inside the loop, which it includes; but not when one inside is the better
    /// evidence, because only the outer loop gives turns or may end early.
    /// </summary>
    private static void Report(
        CpuLoop loop, string evidence, bool certain, bool ofElements = false, (int First, int Second, int Least)? sides = null)
    {
        var found = loop.Region.Evidence;
        for (var i = loop.FindingsBefore; i < found.Count; i++)
        {
            if (found[i].Forever) continue;
            if ((found[i].Certain && !certain) || (!found[i].HasCheckpoint && loop.HasCheckpoint)) return;
        }

        found.RemoveRange(loop.FindingsBefore, found.Count - loop.FindingsBefore);
        var span = loop.Operation.Syntax.Span;
        found.Add(new CpuEvidence(span.Start, span.Length, evidence, certain, loop.HasCheckpoint, Forever: false)
        {
            OfElements = ofElements,
            Sides = sides,
        });
    }
}
