using System.Reflection.Emit;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

// What an `if` leaves of it
// -------------------------
// Read from source, what stands in an `if` of a called method need not happen, unless the `if` only asks whether there is something to
// work on, or the caller's argument decides. Compiled, an `if` is a branch that leads past its part, and an `else` one that leads to its
// part, before which another jump leads past it. A branch that returns or leaves a loop is none: what stands behind it is what the method
// is for. Nor is one in the same loop as the call: the next turn may do it, as loops do that wait for something.

/// <summary>The branches of a body, and which sides of them a call stands on that need not be taken.</summary>
internal sealed class Choices(MemberNames names, List<Instruction> instructions, ControlFlow flow, Frame frame)
{
    /// <summary>Who chooses more often is generated; each call looks at all of them.</summary>
    private const int MostChoices = 256;

    private const string Boolean = "System.Boolean";

    private static readonly HashSet<string> Presence =
        new(StringComparer.Ordinal) { "Exists", "Any", "MoveNext", "Read", "get_Exists", "get_HasValue" };

    private static readonly HashSet<string> Absence =
        new(StringComparer.Ordinal) { "IsNullOrEmpty", "IsNullOrWhiteSpace", "get_IsEmpty", "get_IsDefaultOrEmpty" };

    private List<(int At, int Target, Value Left, Value Right)>? _all;
    private Func<int, int, int?>? _endOfValues;

    /// <summary>A branch that leads on, and the values that it takes from the stack; of one value, the second is unknown.</summary>
    [MethodImpl(Speed.Hot)]
    public void Add(int at, Value left, Value right)
    {
        if (flow.IndexAt(instructions[at].Target) is { } target && target > at + 1 && !(_all?.Count == MostChoices))
            (_all ??= []).Add((at, target, left, right));
    }

    /// <summary>The sides on which a call stands, as twice the place of the branch, and one more where it jumps.</summary>
    [MethodImpl(Speed.Hot)]
    public IReadOnlyList<int> SidesOf(int index)
    {
        List<int>? sides = null;
        foreach (var (at, target, left, right) in _all ?? [])
        {
            if (at >= index) break;
            if (flow.SideOf(index, at, target, _endOfValues ??= EndOfValues) is { } jumps && !IsOrdinary(at, left, right, jumps))
                (sides ??= []).Add(2 * at + (jumps ? 1 : 0));
        }

        return sides ?? (IReadOnlyList<int>)[];
    }

    /// <summary>
    /// Where the two sides of a branch end that are one value each, and that is what the body gives back: a <c>?:</c> or an arm of a
    /// <c>switch</c>, which need not be taken. What comes back early looks the same only where nothing else is done on either side.
    /// </summary>
    private int? EndOfValues(int at, int target)
    {
        if (!frame.GivesValue) return IsCase(at, target) ? instructions.Count : null;
        var last = instructions[target - 1];
        if (last.Shape.IsReturn)
            return EndOfValue(at + 1) == target - 1 && EndOfValue(target) is { } end ? end : null;
        if (flow.IndexAt(last.Target) is not { } joined) return null;
        // A value lies on the stack there, or in a local that compilers which optimise need for nothing else.
        var first = instructions[joined].Shape;
        var isEarly = first.Family == OpFamily.Local && instructions[0].Shape.Code == OpCodes.Nop;
        return first.IsReturn || first.Family == OpFamily.Store || first.Family == OpFamily.Local && !isEarly ? joined : null;
    }

    /// <summary>
    /// The branch leads to one case of a <c>switch</c>: between it and the case there is nothing but the tests for the others, one of which
    /// leads somewhere else. What comes back early looks the same with one test, unless the compiler kept what was written: then an
    /// <c>if</c> tests a truth value.
    /// </summary>
    private bool IsCase(int at, int target)
    {
        var isCase = instructions[0].Shape.Code == OpCodes.Nop && IsTestOfNumber(at);
        for (var i = at + 1; i < target; i++)
        {
            var (shape, other) = (instructions[i].Shape, instructions[i].Target);
            if (other >= 0 && shape.Popped > 0) isCase |= other > instructions[target].Offset;
            // A test for a case that does nothing.
            else if (shape.Deed == OpDeed.Pop) isCase = true;
            else if (!shape.EndsPath && shape.Code != OpCodes.Nop && shape.Code != OpCodes.Ldstr && !IsOfStrings(instructions[i])
                && shape.Family is not (OpFamily.Local or OpFamily.Argument or OpFamily.Constant)) return false;
        }

        return isCase;
    }

    /// <summary>What was not compared with anything, and is no truth value, is tested for zero.</summary>
    private bool IsTestOfNumber(int at) => instructions[at].Shape.Popped == 2 || instructions[at].Shape.Popped == 1
        && at > 2 && instructions[at - 3].Shape.Family is OpFamily.Local or OpFamily.Argument
        && _all!.Find(branch => branch.At == at).Left is { Kind: ValueKind.Parameter } tested && !frame.IsTwofold(tested);

    private bool IsOfStrings(Instruction instruction) => instruction.Shape.Deed == OpDeed.Call
        && names.Of(MetadataTokens.EntityHandle((int)instruction.Operand))?.Id
            == "M:System.String.op_Equality(System.String,System.String)";

    /// <summary>Where a value is given back that is all which a part of the body makes; null where it does something else.</summary>
    private int? EndOfValue(int start)
    {
        const int Longest = 64;
        for (var i = start; i < instructions.Count && i < start + Longest; i++)
        {
            var shape = instructions[i].Shape;
            if (shape.IsReturn) return i;
            if (instructions[i].Target >= 0 || instructions[i].Cases is not null || shape.EndsPath || shape.Family == OpFamily.Store
                || shape.Deed is OpDeed.Pop or OpDeed.StoreField or OpDeed.StoreStaticField) return null;
            if (shape.Deed == OpDeed.Call && !shape.IsNew && names.ResultOf(instructions[i]) is "" or "System.Void") return null;
        }

        return null;
    }

    /// <summary>On this side there is something to work on, or whoever calls the method has chosen it.</summary>
    private bool IsOrdinary(int at, Value left, Value right, bool jumps)
    {
        var branch = instructions[at].Shape;
        if (IsCoalesced(at, left)) return true;
        if (branch.Popped == 1)
            return branch.Deed is OpDeed.JumpIfTrue or OpDeed.TakesNumber && Ordinary(left, at) is { } ordinary
                && (ordinary == Side.Both || ordinary == (jumps == (branch.Deed == OpDeed.JumpIfTrue) ? Side.True : Side.False));
        if (IsOfConnection(left) || IsOfConnection(right)) return true;
        return right is { Kind: ValueKind.Constant, Number: 0 } && branch.Deed switch
        {
            OpDeed.JumpIfMore => jumps,
            OpDeed.JumpUnlessMore => !jumps,
            _ => false,
        };
    }

    private Side Ordinary(Value asked, int at)
    {
        var side = asked.Kind switch
        {
            ValueKind.Completion => Side.Both,
            ValueKind.Something => asked.Number == 0 ? Side.True : Side.Both,
            ValueKind.Parameter => frame.IsTwofold(asked) ? Side.Both : IsTypeTest(at) ? Side.None : Side.True,
            ValueKind.Field => asked.Number == 1 || names.IsTruth(asked.Name) || IsTypeTest(at) ? Side.None : Side.True,
            ValueKind.Returned => IsTypeTest(at) ? Side.None : OrdinaryOf(asked),
            _ => Side.None,
        };
        return !asked.Not ? side : side == Side.True ? Side.False : side == Side.False ? Side.True : side;
    }

    private Side OrdinaryOf(Value returned)
    {
        var name = Calling.NameOf(returned.Name);
        if (Absence.Contains(name)) return Side.False;
        if (names.ResultOf(instructions[(int)returned.Number]) != Boolean) return Side.True;
        return name.StartsWith("Try", StringComparison.Ordinal) || Presence.Contains(name) ? Side.True : Side.None;
    }

    /// <summary>
    /// <c>Find() ?? Load()</c>: what the other method finds says nothing; what a field or property keeps is there after the first time.
    /// </summary>
    private bool IsCoalesced(int at, Value asked) => asked.Kind == ValueKind.Returned
        && !Calling.NameOf(asked.Name).StartsWith("get_", StringComparison.Ordinal)
        && instructions[at].Shape.Deed == OpDeed.JumpIfTrue && instructions[at + 1].Shape.Deed == OpDeed.Pop
        && at > 0 && instructions[at - 1].Shape.Deed == OpDeed.Duplicate;

    /// <summary>Which of several types something has says nothing about whether it is there.</summary>
    public bool IsTypeTest(int at)
    {
        for (var i = at - 1; i >= 0 && i >= at - 3; i--)
        {
            if (instructions[i].Shape.Deed == OpDeed.TypeTest) return true;
            if (instructions[i].Shape.Family is not (OpFamily.Local or OpFamily.Store)) return false;
        }

        return false;
    }

    /// <summary>A connection is opened unless it is open.</summary>
    public static bool IsOfConnection(Value value) =>
        value.Kind == ValueKind.Returned && value.Name.EndsWith("Connection.get_State", StringComparison.Ordinal);

    private enum Side
    {
        None,
        True,
        False,
        Both,
    }
}
