using System.Collections;
using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>Which instructions of a body lead to its end, and which the body can do without.</summary>
internal sealed class ControlFlow
{
    private readonly List<Instruction> _instructions;
    private readonly int[] _indexOf;
    private readonly ImmutableArray<ExceptionRegion> _regions;
    private readonly BitArray _returns;
    private readonly HashSet<(int From, int To)> _dropped = [];

    private static readonly (int From, int To) NoWay = (-1, -1);

    public ControlFlow(List<Instruction> instructions, ImmutableArray<ExceptionRegion> regions)
    {
        (_instructions, _regions) = (instructions, regions);
        _indexOf = new int[instructions.Count == 0 ? 0 : instructions[instructions.Count - 1].Offset + 1];
        for (var i = 0; i < instructions.Count; i++) _indexOf[instructions[i].Offset] = i + 1;
        _returns = LeadToReturn();
    }

    /// <summary>Every way on from here ends in a throw.</summary>
    public bool IsCold(int index) => !_returns[index];

    /// <summary>Here a stack starts anew: something jumps here.</summary>
    public bool IsJoin(int offset) => Joins.Contains(offset);

    private HashSet<int> Joins => field ??=
        [.. _instructions.SelectMany(static instruction => instruction.Targets), .. _regions.Select(static region => region.HandlerOffset)];

    public bool IsInHandler(int offset) => _regions.Any(region =>
        region.Kind is ExceptionRegionKind.Catch or ExceptionRegionKind.Filter or ExceptionRegionKind.Fault
        && offset >= region.HandlerOffset && offset < region.HandlerOffset + region.HandlerLength);

    /// <summary>
    /// Where the smallest part ends that an instruction stands in, or just before, and whose <c>finally</c> has one of the others; the
    /// instruction itself for none.
    /// </summary>
    public int EndOfGuarded(int index, List<int> inFinally)
    {
        const int JustBefore = 3;
        var (smallest, end) = (int.MaxValue, index);
        foreach (var region in _regions)
        {
            if (region.Kind != ExceptionRegionKind.Finally || region.TryLength >= smallest) continue;
            if (IndexAt(region.TryOffset) is not { } start || IndexAt(region.HandlerOffset) is not { } handler) continue;
            var offset = _instructions[index].Offset;
            var isInside = offset >= region.TryOffset && offset < region.TryOffset + region.TryLength;
            if (!isInside && (start <= index || start - index > JustBefore)) continue;
            if (!inFinally.Exists(other => other >= handler
                && _instructions[other].Offset < region.HandlerOffset + region.HandlerLength)) continue;
            (smallest, end) = (region.TryLength, handler);
        }

        return end;
    }

    /// <summary>A way that is never gone.</summary>
    public void Drop(int from, int to) => _dropped.Add((from, to));

    /// <summary>Where a jump of an instruction leads; null for nowhere in this body.</summary>
    public int? IndexAt(int offset) =>
        offset >= 0 && offset < _indexOf.Length && _indexOf[offset] is > 0 and var found ? found - 1 : null;

    /// <summary>
    /// The instructions that can be reached without going a certain way; from a place to itself stands for all ways on from there. Handlers
    /// can be reached from anywhere.
    /// </summary>
    public BitArray ReachedWithout((int From, int To) way)
    {
        var seen = new BitArray(_instructions.Count);
        var pending = new Stack<int>();
        pending.Push(0);
        foreach (var region in _regions)
        {
            if (IndexAt(region.HandlerOffset) is { } handler) pending.Push(handler);
            if (region.Kind == ExceptionRegionKind.Filter && IndexAt(region.FilterOffset) is { } filter) pending.Push(filter);
        }

        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (seen[current]) continue;
            seen[current] = true;
            if ((current, current) == way) continue;
            PushNext(current, pending, way);
        }

        return seen;
    }

    /// <summary>
    /// From a place, the beginning or a branch that is taken, the body can return without coming here. What stands in a <c>finally</c> is
    /// on every way out.
    /// </summary>
    public bool IsConditional(int index, int from = 0)
    {
        var offset = _instructions[index].Offset;
        if (_regions.Any(region => region.Kind == ExceptionRegionKind.Finally && offset >= region.HandlerOffset
            && offset < region.HandlerOffset + region.HandlerLength)) return false;
        var seen = new BitArray(_instructions.Count);
        var pending = new Stack<int>();
        if (index == from) return false;
        pending.Push(from);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current == index || seen[current]) continue;
            seen[current] = true;
            if (_instructions[current].Code == OpCodes.Ret) return true;
            PushNext(current, pending, NoWay);
        }

        return false;
    }

    private BitArray LeadToReturn()
    {
        // Who jumps where; who only goes on to the next instruction is not listed.
        var jumps = new Dictionary<int, List<int>>();
        var result = new BitArray(_instructions.Count);
        var pending = new Stack<int>();
        for (var i = 0; i < _instructions.Count; i++)
        {
            foreach (var target in _instructions[i].Targets)
            {
                if (IndexAt(target) is not { } at) continue;
                if (!jumps.TryGetValue(at, out var from)) jumps.Add(at, from = []);
                from.Add(i);
            }

            if (_instructions[i].Code == OpCodes.Ret || _instructions[i].Code == OpCodes.Endfinally) pending.Push(i);
        }

        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (result[current]) continue;
            result[current] = true;
            if (current > 0 && GoesOn(current - 1)) pending.Push(current - 1);
            if (!jumps.TryGetValue(current, out var from)) continue;
            foreach (var previous in from) pending.Push(previous);
        }

        return result;
    }

    /// <summary>The instruction behind this one may be the next that runs.</summary>
    private bool GoesOn(int index) =>
        _instructions[index].Code.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);

    private void PushNext(int index, Stack<int> pending, (int From, int To) without)
    {
        foreach (var target in _instructions[index].Targets)
            if (IndexAt(target) is { } at && IsOpen(at)) pending.Push(at);
        if (index + 1 < _instructions.Count && GoesOn(index) && IsOpen(index + 1)) pending.Push(index + 1);

        bool IsOpen(int to) => (index, to) != without && (_dropped.Count == 0 || !_dropped.Contains((index, to)));
    }
}
