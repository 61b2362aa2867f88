using System.Reflection.Emit;
using System.Reflection.Metadata.Ecma335;

namespace Quintet.BuildTasks.Reading;

// How a body is read
// ------------------
// One pass over the instructions with a stack of where each value comes from. Where something jumps to, the stack is forgotten: what
// compilers put on it across a jump is the value of a conditional expression, and of that nothing is known. A local that is stored once
// stands for what was stored. That is enough to see a constant time-out, a stream made in memory, and a parameter passed on.

/// <summary>Finds the calls of one body and what is passed to them.</summary>
internal sealed class StackWalk(MemberNames names, List<Instruction> instructions, ControlFlow flow, bool isInstance)
{
    private static readonly string[] CompletionTests =
        [".get_IsCompleted", ".get_IsCompletedSuccessfully", ".get_Status", ".get_IsValueCreated"];

    /// <summary>Instructions walked to see whether calls of one body are conditional. Beyond that they are taken to be.</summary>
    private const int MostSteps = 400_000;

    private readonly List<Value> _stack = [];
    private readonly Dictionary<long, Value> _locals = [];
    private readonly Dictionary<long, int> _stores = [];
    private readonly Dictionary<string, int> _tested = new(StringComparer.Ordinal);
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);
    private readonly List<(CallFact Call, int Index)> _calls = [];
    private int _firstCompletionTest = int.MaxValue;

    public List<CallFact> Run()
    {
        foreach (var instruction in instructions)
            if (StoredLocal(instruction) is { } local) _stores[local] = _stores.TryGetValue(local, out var count) ? count + 1 : 1;
        for (var i = 0; i < instructions.Count; i++) Step(i);
        var budget = MostSteps;
        foreach (var (call, index) in _calls)
        {
            call.IsCold = flow.IsCold(index);
            call.IsConditional = !call.IsCold && (budget -= instructions.Count) > 0 && flow.IsConditional(index) || budget <= 0;
            call.IsInHandler = flow.IsInHandler(instructions[index].Offset);
            call.IsGuarded = index > _firstCompletionTest || _tested.Any(test => test.Value < index && _filled.Contains(test.Key));
        }

        return [.. _calls.Select(static found => found.Call)];
    }

    private void Step(int index)
    {
        var instruction = instructions[index];
        var code = instruction.Code;
        if (flow.IsJoin(instruction.Offset)) _stack.Clear();
        if (code == OpCodes.Call || code == OpCodes.Callvirt || code == OpCodes.Newobj) Call(instruction, index);
        else if (LoadedArgument(instruction) is { } argument) Push(ArgumentAt(argument));
        else if (LoadedConstant(instruction) is { } constant) Push(new Value(ValueKind.Constant, constant));
        else if (StoredLocal(instruction) is { } stored) _locals[stored] = Pop();
        else if (LoadedLocal(instruction) is { } loaded) Push(LocalAt(loaded));
        else if (code == OpCodes.Dup) Push(_stack.Count > 0 ? _stack[_stack.Count - 1] : Value.Unknown);
        else if (code == OpCodes.Ldfld) { var owner = Pop(); Push(owner == Value.This ? FieldOf(instruction) : Value.Unknown); }
        else if (code == OpCodes.Ldsfld) Push(FieldOf(instruction));
        else if (code == OpCodes.Stfld) { Pop(); if (Pop() == Value.This) _filled.Add(FieldOf(instruction).Name); }
        else if (code == OpCodes.Stsfld) { Pop(); _filled.Add(FieldOf(instruction).Name); }
        else if (instruction.Targets.Length == 1 && code.StackBehaviourPop == StackBehaviour.Popi) Test(Pop(), index);
        else if (code == OpCodes.Ceq || code == OpCodes.Cgt_Un)
        {
            var (right, left) = (Pop(), Pop());
            Push(left.Kind == ValueKind.Field ? left : right.Kind == ValueKind.Field ? right : Value.Unknown);
        }
        else if (IsKeeping(code)) return;
        else Other(code);
    }

    private void Test(Value condition, int index)
    {
        if (condition.Kind == ValueKind.Field && !_tested.ContainsKey(condition.Name)) _tested.Add(condition.Name, index);
    }

    private void Call(Instruction instruction, int index)
    {
        if (names.Of(MetadataTokens.EntityHandle((int)instruction.Operand)) is not { } callee)
        {
            _stack.Clear();
            return;
        }

        var arguments = new Value[callee.Parameters];
        for (var i = arguments.Length - 1; i >= 0; i--) arguments[i] = Pop();
        var isNew = instruction.Code == OpCodes.Newobj;
        var receiver = callee.IsInstance && !isNew ? Pop() : Value.Unknown;
        var call = new CallFact(callee.Id, instruction.Code == OpCodes.Callvirt, receiver, arguments, callee.ReturnsTask);
        _calls.Add((call, index));
        if (CompletionTests.Any(test => callee.Id.EndsWith(test, StringComparison.Ordinal)))
            _firstCompletionTest = Math.Min(_firstCompletionTest, index);
        if (isNew) Push(new Value(ValueKind.Created, Name: TypeOf(callee.Id)));
        else if (!callee.ReturnsNothing) Push(new Value(ValueKind.Returned, Name: callee.Id));
    }

    private static string TypeOf(string constructor) =>
        constructor.Substring(2, constructor.IndexOf(".#ctor", StringComparison.Ordinal) - 2);

    private Value ArgumentAt(long argument) => !isInstance ? Parameter(argument) : argument == 0 ? Value.This : Parameter(argument - 1);

    /// <summary>What is known of a local that is stored once; of any other, nothing.</summary>
    private Value LocalAt(long local) =>
        _stores.TryGetValue(local, out var times) && times == 1 && _locals.TryGetValue(local, out var value) ? value : Value.Unknown;

    private Value FieldOf(Instruction instruction) =>
        new(ValueKind.Field, Name: names.FieldOf(MetadataTokens.EntityHandle((int)instruction.Operand)));

    private static Value Parameter(long ordinal) => new(ValueKind.Parameter, ordinal);

    private void Push(Value value) => _stack.Add(value);

    private Value Pop()
    {
        if (_stack.Count == 0) return Value.Unknown;
        var top = _stack[_stack.Count - 1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private void Other(OpCode code)
    {
        for (var i = Popped(code.StackBehaviourPop); i > 0; i--) Pop();
        for (var i = Pushed(code.StackBehaviourPush); i > 0; i--) Push(Value.Unknown);
        if (code.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw) _stack.Clear();
    }

    /// <summary>Conversions and casts give what they are given, as far as its origin goes.</summary>
    private static bool IsKeeping(OpCode code) =>
        code.OpCodeType == OpCodeType.Prefix || code == OpCodes.Castclass || code == OpCodes.Isinst || code == OpCodes.Box
            || code == OpCodes.Unbox_Any
        || code.Name!.StartsWith("conv.", StringComparison.Ordinal);

    private static long? LoadedArgument(Instruction instruction) => Indexed(instruction, "ldarg");

    private static long? LoadedLocal(Instruction instruction) => Indexed(instruction, "ldloc");

    private static long? StoredLocal(Instruction instruction) => Indexed(instruction, "stloc");

    private static long? LoadedConstant(Instruction instruction)
    {
        var name = instruction.Code.Name!;
        if (!name.StartsWith("ldc.i", StringComparison.Ordinal)) return null;
        return instruction.Code.OperandType != OperandType.InlineNone ? instruction.Operand
            : name.EndsWith("m1", StringComparison.OrdinalIgnoreCase) ? -1 : name[name.Length - 1] - '0';
    }

    /// <summary><c>ldarg.0</c> names its index, <c>ldarg.s 4</c> carries it.</summary>
    private static long? Indexed(Instruction instruction, string family)
    {
        var name = instruction.Code.Name!;
        if (!name.StartsWith(family, StringComparison.Ordinal) || name.StartsWith(family + "a", StringComparison.Ordinal)) return null;
        return instruction.Code.OperandType == OperandType.InlineNone ? name[name.Length - 1] - '0' : instruction.Operand;
    }

    private static int Popped(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref or StackBehaviour.Varpop => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        _ => 3,
    };

    private static int Pushed(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        _ => 1,
    };
}
