using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>Which instructions of a body lead to its end, and which the body can do without.</summary>
internal sealed class ControlFlow
{
    private readonly List<Instruction> _instructions;
    private readonly ImmutableArray<ExceptionRegion> _regions;
    private readonly bool[] _returns;
    private readonly bool[] _joins;
    private List<(int From, int To)>? _loops;
    private HashSet<(int From, int To)>? _dropped;
    private Dictionary<(int At, int Target, int End), bool>? _entered;
    private Dictionary<(int From, int To), bool[]>? _without;
    private int[]? _seen;
    private Stack<int>? _pending;
    private int _walks;

    private static readonly (int From, int To) NoWay = (-1, -1);

    [MethodImpl(Speed.Hot)]
    public ControlFlow(List<Instruction> instructions, ImmutableArray<ExceptionRegion> regions)
    {
        (_instructions, _regions) = (instructions, regions);
        (_joins, _returns) = (new bool[instructions.Count], new bool[instructions.Count]);
        foreach (var region in regions)
            if (IndexAt(region.HandlerOffset) is { } handler) _joins[handler] = true;
        LeadToReturn();
    }

    /// <summary>Every way on from here ends in a throw.</summary>
    public bool IsCold(int index) => !_returns[index];

    /// <summary>Here a stack starts anew: something jumps here.</summary>
    public bool IsJoin(int index) => _joins[index];

    public bool IsInHandler(int offset)
    {
        foreach (var region in _regions)
        {
            if (region.Kind is ExceptionRegionKind.Catch or ExceptionRegionKind.Filter or ExceptionRegionKind.Fault
                && offset >= region.HandlerOffset && offset < region.HandlerOffset + region.HandlerLength) return true;
        }

        return false;
    }

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
    public void Drop(int from, int to) => (_dropped ??= []).Add((from, to));

    /// <summary>Where a jump of an instruction leads; null for nowhere in this body.</summary>
    [MethodImpl(Speed.Hot)]
    public int? IndexAt(int offset)
    {
        var (low, high) = (0, _instructions.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = _instructions[middle].Offset;
            if (found == offset) return middle;
            if (found < offset) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }

    /// <summary>
    /// The instructions that can be reached without going a certain way; from a place to itself stands for all ways on from there. Handlers
    /// can be reached from anywhere.
    /// </summary>
    [MethodImpl(Speed.Hot)]
    public bool[] ReachedWithout((int From, int To) way)
    {
        var seen = new bool[_instructions.Count];
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
    [MethodImpl(Speed.Hot)]
    public bool IsConditional(int index, int from = 0)
    {
        var offset = _instructions[index].Offset;
        foreach (var region in _regions)
        {
            if (region.Kind == ExceptionRegionKind.Finally && offset >= region.HandlerOffset
                && offset < region.HandlerOffset + region.HandlerLength) return false;
        }

        if (index == from) return false;
        // Asked for many calls of one body.
        var seen = _seen ??= new int[_instructions.Count];
        _walks++;
        var pending = _pending ??= new Stack<int>();
        pending.Clear();
        pending.Push(from);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current == index || seen[current] == _walks) continue;
            seen[current] = _walks;
            if (_instructions[current].Shape.IsReturn) return true;
            PushNext(current, pending, NoWay);
        }

        return false;
    }

    /// <summary>
    /// Whether an instruction stands where a branch before it jumps (an <c>else</c>) or where it goes on (an <c>if</c>); null where the
    /// branch does not choose.
    /// </summary>
    /// <param name="index">Where it stands.</param>
    /// <param name="at">The branch.</param>
    /// <param name="target">Where it jumps.</param>
    /// <param name="endOfValues">The end of what a branch chooses from where that is all that is given back; null for none.</param>
    [MethodImpl(Speed.Hot)]
    public bool? SideOf(int index, int at, int target, Func<int, int, int?> endOfValues)
    {
        if (!_returns[at + 1] || !_returns[target]) return null;
        if (_dropped is not null && (_dropped.Contains((at, target)) || _dropped.Contains((at, at + 1)))) return null;
        var end = target;
        if (target <= index)
        {
            var last = _instructions[target - 1];
            if (!last.Shape.EndsPath) return null;
            var joined = IndexAt(last.Target) is { } other && !IsEnd(other) ? other : endOfValues(at, target);
            if (joined is not { } past || past <= index) return null;
            end = past;
        }

        foreach (var (from, to) in _loops ?? [])
            if (to <= index && index <= from && (to <= at || end <= from)) return null;
        // Of many arms, each is led to by a branch of its own, and passed by the jumps to the others.
        var isEntered = target <= index ? IsEntered(at, target, end) : IsEntered(at, at + 1, target);
        return isEntered ? SideLedTo(index, at, target) : target <= index;
    }

    /// <summary>Somebody else than a branch jumps into the part that begins where the branch jumps.</summary>
    private bool IsEntered(int at, int target, int end)
    {
        if ((_entered ??= []).TryGetValue((at, target, end), out var known)) return known;
        var (first, last) = (_instructions[target].Offset, end < _instructions.Count ? _instructions[end].Offset : int.MaxValue);
        var found = false;
        for (var i = 0; i < _instructions.Count && !found; i++)
            found = i != at && (i < target || i >= end) && _instructions[i].Target > first && _instructions[i].Target < last;
        return _entered[(at, target, end)] = found;
    }

    private bool? SideLedTo(int index, int at, int target) =>
        !Without((at, target))[index] ? true : !Without((at, at + 1))[index] ? false : null;

    private bool[] Without((int From, int To) way)
    {
        if (!(_without ??= []).TryGetValue(way, out var reached)) _without.Add(way, reached = ReachedWithout(way));
        return reached;
    }

    /// <summary>From here the body returns what it has, without doing anything else.</summary>
    private bool IsEnd(int index)
    {
        const int FewSteps = 4;
        for (var i = index; i < _instructions.Count && i < index + FewSteps; i++)
        {
            var shape = _instructions[i].Shape;
            if (shape.IsReturn) return true;
            if (!shape.EndsPath && shape.Family is not (OpFamily.Local or OpFamily.Store) && shape.Code != OpCodes.Nop) return false;
        }

        return false;
    }

    [MethodImpl(Speed.Hot)]
    private void LeadToReturn()
    {
        // Who jumps where, as chains of jumps to one place; who only goes on to the next instruction is not listed.
        var jumps = 0;
        foreach (var instruction in _instructions) jumps += instruction.Cases?.Length ?? (instruction.Target >= 0 ? 1 : 0);
        var last = jumps == 0 ? [] : new int[_instructions.Count];
        var (from, before) = (new int[jumps], new int[jumps]);
        var pending = new Stack<int>();
        jumps = 0;
        for (var i = 0; i < _instructions.Count; i++)
        {
            var instruction = _instructions[i];
            if (instruction.Target >= 0) Enter(i, instruction.Target);
            else if (instruction.Cases is not null)
                foreach (var target in instruction.Cases) Enter(i, target);
            if (instruction.Shape.IsReturn || instruction.Shape.Deed == OpDeed.EndFinally) pending.Push(i);
        }

        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (_returns[current]) continue;
            _returns[current] = true;
            if (current > 0 && GoesOn(current - 1)) pending.Push(current - 1);
            if (!_joins[current] || jumps == 0) continue;
            for (var jump = last[current] - 1; jump >= 0; jump = before[jump]) pending.Push(from[jump]);
        }

        void Enter(int source, int target)
        {
            if (IndexAt(target) is not { } at) return;
            _joins[at] = true;
            if (at <= source) (_loops ??= []).Add((source, at));
            (from[jumps], before[jumps]) = (source, last[at] - 1);
            last[at] = ++jumps;
        }
    }

    /// <summary>The instruction behind this one may be the next that runs.</summary>
    [MethodImpl(Speed.Hot)]
    private bool GoesOn(int index) => !_instructions[index].Shape.EndsPath;

    [MethodImpl(Speed.Hot)]
    private void PushNext(int index, Stack<int> pending, (int From, int To) without)
    {
        var instruction = _instructions[index];
        if (instruction.Target >= 0) PushAt(instruction.Target);
        else if (instruction.Cases is not null)
            foreach (var target in instruction.Cases) PushAt(target);
        if (index + 1 < _instructions.Count && GoesOn(index) && IsOpen(index + 1)) pending.Push(index + 1);

        void PushAt(int target)
        {
            if (IndexAt(target) is { } at && IsOpen(at)) pending.Push(at);
        }

        bool IsOpen(int to) => (index, to) != without && (_dropped is null || !_dropped.Contains((index, to)));
    }
}
