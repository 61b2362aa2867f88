using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

// How a body is read
// ------------------
// One pass over the instructions with a stack of where each value comes from. Where something jumps to, the stack is forgotten: what
// compilers put on it across a jump is the value of a conditional expression, and of that nothing is known. A local that is stored once
// stands for what was stored. That is enough to see a constant time-out, a stream made in memory, and a parameter passed on.

/// <summary>Finds the calls of one body and what is passed to them.</summary>
/// <param name="names">The members of the assembly.</param>
/// <param name="instructions">The body.</param>
/// <param name="flow">Its ways.</param>
/// <param name="frame">What its arguments are.</param>
/// <param name="isJudged">Whether a call of the member with a token may be judged; null for all. Of other calls it is not asked how surely
/// they happen.</param>
internal sealed class StackWalk(
    MemberNames names, List<Instruction> instructions, ControlFlow flow, Frame frame, Func<int, bool>? isJudged)
{
    /// <summary>Instructions walked to see whether calls of one body are conditional. Beyond that they are taken to be.</summary>
    private const int MostSteps = 400_000;

    /// <summary>Calls of a body that gives back a query; who makes more is no query.</summary>
    private const int MostGivenBack = 64;

    private readonly List<Value> _stack = [];
    private Dictionary<long, Value>? _locals;
    private Dictionary<long, int>? _stores;
    private HashSet<long>? _emptied;
    private Dictionary<string, Value>? _hoisted;
    private Dictionary<string, int>? _tested;
    private HashSet<string>? _filled;
    private readonly List<(CallFact Call, int Counted)> _calls = [];
    private readonly PathTests _tests = new(flow, frame);
    private readonly Choices _choices = new(names, instructions, flow, frame);
    private readonly Lookups _lookups = new();
    private readonly DelegateUses _delegates = new(frame);
    private readonly HeldLocks _locks = new(flow, frame.Owner);
    private readonly BriefGates _gates = new();
    private readonly List<Value> _returned = [];
    private List<(string Field, Value Value)>? _stored;
    private int _counted;
    private int _firstCompletionTest = int.MaxValue;
    private long? _stateLocal;

    /// <summary>What became of the delegates among the parameters; known after <see cref="Run"/>.</summary>
    public IReadOnlyList<DelegateUse> DelegateUses => _delegates.All;

    /// <summary>What the body gives back at each of its ends; known after <see cref="Run"/>.</summary>
    public IReadOnlyList<Value> Returned => _returned;

    /// <summary>What the body puts into fields of its object or type; known after <see cref="Run"/>.</summary>
    public IReadOnlyList<(string Field, Value Value)> Stored => _stored ?? (IReadOnlyList<(string, Value)>)[];

    [MethodImpl(Speed.Hot)]
    public IReadOnlyList<CallFact> Run()
    {
        for (var i = 0; i < instructions.Count; i++)
        {
            var instruction = instructions[i];
            if (instruction is { Shape.Family: OpFamily.Store, Operand: var local }) CountStore(local);
            else if (instruction.Shape.Deed == OpDeed.Initialise && EmptyAt(instruction, i) is var (empty, _)
                && (_emptied ??= []).Add(empty)) CountStore(empty);
        }

        for (var i = 0; i < instructions.Count; i++) Step(i);
        foreach (var (call, counted) in _calls)
        {
            var index = call.Index;
            call.IsCold = flow.IsCold(index);
            if (counted > 0 && (long)counted * instructions.Count < MostSteps) _tests.Judge(call, index, _lookups);
            else call.IsConditional = counted > 0;
            if (call.IsConditional || call.Given is not null) call.Sides = _choices.SidesOf(index);
            call.IsInHandler = flow.IsInHandler(instructions[index].Offset);
            call.IsGuarded |= index > _firstCompletionTest || !frame.IsDisposal && IsBehindFilledField(index)
                || _gates.IsBrief(index, Works);
            call.Locks = _locks.At(index);
        }

        if (_returned.Count > 0 && _calls.Count < MostGivenBack)
            for (var i = _calls.Count - 1; i >= 0; i--) GiveBack(_calls[i].Call);
        return _calls.Count == 0 ? [] : Array.ConvertAll(_calls.ToArray(), static found => found.Call);
    }

    /// <summary>What is only asked for when something has gone wrong, as the text of an exception, is as good as never asked.</summary>
    private bool IsOnlyForFailure(int index) =>
        frame.HasDelegates && flow.IsCold(index) && (long)_counted * instructions.Count < MostSteps && flow.IsConditional(index);

    private void GiveBack(CallFact call)
    {
        var result = new Value(ValueKind.Returned, call.Index, call.Target);
        call.IsGivenBack = _returned.Contains(result) || _calls.Exists(other =>
            other.Call.IsGivenBack && other.Call.Arguments.Count > 0 && other.Call.Arguments[0] == result);
    }

    private void CountStore(long local) => (_stores ??= [])[local] = _stores.TryGetValue(local, out var count) ? count + 1 : 1;

    private bool Works(int from, int to) => _calls.Exists(other => other.Counted > 0 && other.Call.Index > from && other.Call.Index < to);

    private bool IsBehindFilledField(int index)
    {
        if (_tested is null || _filled is null) return false;
        foreach (var test in _tested)
            if (test.Value < index && _filled.Contains(test.Key)) return true;
        return false;
    }

    [MethodImpl(Speed.Hot)]
    private void Step(int index)
    {
        var instruction = instructions[index];
        if (flow.IsJoin(index) && !IsBehindKeptLambda(index)) Forget();
        if (instruction.Shape.Family != OpFamily.None)
        {
            Move(instruction);
            return;
        }

        switch (instruction.Shape.Deed)
        {
            case OpDeed.Call: Call(instruction, index); break;
            case OpDeed.LocalAddress: Push(AddressOf(instruction.Operand)); break;
            case OpDeed.ArgumentAddress: Push(OnlyTask(frame.ArgumentAt(instruction.Operand))); break;
            case OpDeed.Duplicate: Push(_stack.Count > 0 ? _stack[_stack.Count - 1] : Value.Unknown); break;
            case OpDeed.Pop: Pop(); break;
            case OpDeed.Field: Push(FieldAt(Pop(), instruction)); break;
            case OpDeed.StaticField: Push(FieldOf(instruction)); break;
            case OpDeed.Function: Push(FunctionOf(instruction)); break;
            case OpDeed.Initialise: Initialise(instruction, index); break;
            case OpDeed.StoreField: Fill(instruction, isStatic: false); break;
            case OpDeed.StoreStaticField: Fill(instruction, isStatic: true); break;
            case OpDeed.JumpIfTrue or OpDeed.TakesNumber when instruction.Target >= 0:
                _choices.Add(index, Top(0), Value.Unknown);
                Test(Pop(), instruction, index);
                break;
            case OpDeed.Equal: Push(Compared(index, isEqual: true)); break;
            case OpDeed.Greater: Push(Compared(index, isEqual: false)); break;
            case OpDeed.More: Push(IsMoreThanNone() ? new Value(ValueKind.Something) : Value.Unknown); break;
            case OpDeed.JumpIfEqual or OpDeed.JumpIfUnequal when IsMode(Top(1)):
                Test(Compared(index, isEqual: true), instruction, index);
                break;
            default: Other(instruction, index); break;
        }
    }

    [MethodImpl(Speed.Hot)]
    private void Move(Instruction instruction)
    {
        switch (instruction.Shape.Family)
        {
            case OpFamily.Argument: Push(frame.ArgumentAt(instruction.Operand)); break;
            case OpFamily.Constant: Push(new Value(ValueKind.Constant, instruction.Operand)); break;
            case OpFamily.Store: Store(instruction.Operand); break;
            case OpFamily.Local: Push(LocalAt(instruction.Operand)); break;
        }
    }

    private void Store(long local)
    {
        var value = (_locals ??= [])[local] = Given(Pop());
        if (value.Kind == ValueKind.State) _stateLocal = local;
        if (_stores![local] > 1) _delegates.Lose(value);
    }

    /// <summary>A structure without content: a task of that kind is complete.</summary>
    private void Initialise(Instruction instruction, int index)
    {
        Pop();
        if (EmptyAt(instruction, index) is var (local, type))
            (_locals ??= [])[local] = type == Value.Nullable ? Value.Absent : new Value(ValueKind.Created, 1, type);
    }

    private (long Local, string Type)? EmptyAt(Instruction instruction, int index)
    {
        if (index == 0 || instructions[index - 1] is not { Shape.Deed: OpDeed.LocalAddress, Operand: var local }) return null;
        var type = names.TypeName(MetadataTokens.EntityHandle((int)instruction.Operand));
        return type is "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask`1" or Value.Nullable ? (local, type) : null;
    }

    private void Fill(Instruction instruction, bool isStatic)
    {
        var value = Pop();
        var owner = isStatic ? Value.This : Pop();
        if (owner.Kind == ValueKind.Machine && FieldOf(instruction).Name is var hoisted)
            (_hoisted ??= new(StringComparer.Ordinal))[hoisted] = _hoisted.ContainsKey(hoisted) ? Value.Unknown : value;
        if (owner != Value.This && owner.Kind != ValueKind.Machine) _delegates.Lose(value);
        else
        {
            _delegates.Keep(value);
            if (owner == Value.This) (_stored ??= []).Add((FieldOf(instruction).Name, value));
            // What a compiler keeps is a lambda.
            if (FieldOf(instruction).Name is var field && field.IndexOf('<') < 0)
            {
                (_filled ??= new(StringComparer.Ordinal)).Add(field);
                _lookups.Put(field);
            }
        }
    }

    private Value Compared(int index, bool isEqual)
    {
        var (right, left) = (Pop(), Pop());
        if (Choices.IsOfConnection(left)) return new Value(ValueKind.Something, 1);
        var tested = left.Kind is ValueKind.Field or ValueKind.Parameter or ValueKind.Completion or ValueKind.State ? left
            : right.Kind == ValueKind.Field ? right : Value.Unknown;
        var isNull = instructions[index - 1].Shape.Deed == OpDeed.Null;
        if (isNull ? !_choices.IsTypeTest(index - 1) : right is { Kind: ValueKind.Constant, Number: 0 })
        {
            if (tested == Value.Unknown)
                tested = left.Kind is ValueKind.Returned or ValueKind.Something ? left : isNull ? new Value(ValueKind.Something) : tested;
            return isEqual && tested != Value.Unknown ? tested with { Not = !tested.Not } : tested;
        }

        // Whether it is this or that says nothing about whether it is there.
        return tested.Kind == ValueKind.Field ? tested with { Number = 1 }
            : tested.Kind == ValueKind.Parameter && !frame.IsTwofold(tested) ? Value.Unknown : tested;
    }

    private bool IsMoreThanNone() => (Pop(), Pop()).Item1 is { Kind: ValueKind.Constant, Number: 0 };

    private bool IsMode(Value value) => value.Kind == ValueKind.Parameter && frame.IsModeSwitch((int)value.Number);

    private void Test(Value condition, Instruction instruction, int index)
    {
        if (condition.Kind == ValueKind.Field && !(_tested ??= new(StringComparer.Ordinal)).ContainsKey(condition.Name))
            _tested.Add(condition.Name, index);
        if (flow.IndexAt(instruction.Target) is not { } target) return;
        if (condition.Kind == ValueKind.State) flow.Drop(index, target);
        // Asked for its synchronous form, a coroutine is never suspended.
        else if (condition is { Kind: ValueKind.Completion, Name: "" } && target != index + 1)
            flow.Drop(index, IsJumpWhenTrue(instruction) != condition.Not ? index + 1 : target);
        else _tests.Add(_lookups.Found(condition), index, target, IsJumpWhenTrue(instruction));
    }

    private static bool IsJumpWhenTrue(Instruction instruction) =>
        instruction.Shape.Deed is OpDeed.JumpIfTrue or OpDeed.JumpIfEqual;

    [MethodImpl(Speed.Hot)]
    private void Call(Instruction instruction, int index)
    {
        if (names.Of(MetadataTokens.EntityHandle((int)instruction.Operand)) is not { } callee)
        {
            Forget();
            return;
        }

        var arguments = callee.Parameters == 0 ? [] : new Value[callee.Parameters];
        for (var i = arguments.Length - 1; i >= 0; i--) arguments[i] = Given(Pop());
        var isNew = instruction.Shape.IsNew;
        var on = callee.IsInstance && !isNew ? Pop() : Value.Unknown;
        // A structure is made where it stands.
        if (on.AddressOf > 0 && callee.Calling.Made is not null) _locals!.Remove(on.AddressOf - 1);
        var receiver = on with { AddressOf = 0 };
        var isAwaiter = frame.IsStateMachine && callee.Calling.IsOfAwaiter;
        var isVirtual = instruction.Shape.IsDispatched;
        var takes = _locks.Call(callee, receiver, arguments, index);
        _counted++;
        if (Matters(instruction, callee, receiver, arguments, takes) is { } mattering)
        {
            _calls.Add((new CallFact(callee.Id, isVirtual, receiver, arguments, callee.Calling.ReturnsTask)
            {
                Index = index,
                ClassOfField = ClassOf(receiver == Value.Unknown && arguments.Length > 0 ? arguments[0] : receiver),
                IsAwait = isAwaiter && callee.Calling.GivesResult, Takes = takes,
            }, mattering ? _counted : 0));
        }

        if (!IsOnlyForFailure(index)) _delegates.Call(callee, receiver, arguments, isVirtual);
        _lookups.Call(callee, receiver, arguments, index);
        _gates.Call(callee, receiver, index);
        var asksCompletion = callee.Calling.AsksCompletion;
        if (asksCompletion && !isAwaiter) _firstCompletionTest = Math.Min(_firstCompletionTest, index);
        if (isNew) Push(Made(callee, arguments));
        else if (asksCompletion && !callee.Calling.AsksStatus)
            Push(new Value(ValueKind.Completion, Name: isAwaiter ? "" : (callee.IsInstance ? receiver : arguments[0]).Key ?? "?"));
        else if (callee.Calling.IsView && receiver.HasKey) Push(receiver);
        else if (!callee.Calling.ReturnsNothing) Push(new Value(ValueKind.Returned, index, callee.Id));
    }

    /// <summary>
    /// Whether it is to be asked how surely a call happens: a function that is handed on, or an object that is made here, may do what is
    /// not known of the member. Null for a call that nobody asks for; what gives a task may be asked for its synchronous form, and a
    /// window for its loop.
    /// </summary>
    [MethodImpl(Speed.Hot)]
    private bool? Matters(Instruction instruction, Callee callee, Value receiver, Value[] arguments, string? takes)
    {
        if (isJudged is null || takes is not null || receiver.Kind is ValueKind.Delegate or ValueKind.Created
            || Array.Exists(arguments, static argument => argument.Kind == ValueKind.Delegate)
            || isJudged((int)instruction.Operand)) return true;
        return callee.Calling.ReturnsTask || callee.Calling.AsksForLoop ? false : null;
    }

    private static Value Made(Callee constructor, Value[] arguments)
    {
        if (arguments.Length == 2 && arguments[1].Kind == ValueKind.Function) return new Value(ValueKind.Delegate, Name: arguments[1].Name);
        var type = constructor.Calling.Made!;
        // Where its bytes are is asked of the stream that a parameter is.
        if (Devices.IsMadeAround(constructor) && arguments[0].Kind == ValueKind.Parameter) return arguments[0];
        var isAtHand = Array.Exists(arguments, static argument => argument.IsAtHand)
            || type == "System.Threading.Tasks.ValueTask`1" && constructor.ParameterTypes[0] == "`0";
        var isOfFile = Devices.IsMadeByName(constructor) || Devices.IsMadeAround(constructor) && Devices.Is(arguments[0]);
        return new Value(ValueKind.Created, isAtHand ? 1 : isOfFile ? 2 : 0, type);
    }

    private string ClassOf(Value value) => value.Kind == ValueKind.Field ? names.ClassOf(value.Name) : "";

    private Value FunctionOf(Instruction instruction) =>
        names.Of(MetadataTokens.EntityHandle((int)instruction.Operand)) is { } function
            ? new Value(ValueKind.Function, Name: function.Id) : Value.Unknown;

    /// <summary>
    /// Compilers keep a lambda that captures nothing in a field: whether it is made now or was before, the same lies on the stack.
    /// </summary>
    private bool IsBehindKeptLambda(int index) =>
        index > 0 && instructions[index - 1].Shape.Deed == OpDeed.StoreStaticField && _stack.Count > 0
        && _stack[_stack.Count - 1].Kind == ValueKind.Delegate && FieldOf(instructions[index - 1]).Name.IndexOf('<') >= 0;

    /// <summary>What is known of a local that is stored once; of any other, nothing.</summary>
    [MethodImpl(Speed.Hot)]
    private Value LocalAt(long local) => local == _stateLocal ? new Value(ValueKind.State)
        : _stores is not null && _locals is not null && _stores.TryGetValue(local, out var times) && times == 1
            && _locals.TryGetValue(local, out var value) ? value : Value.Unknown;

    /// <summary>A member of a structure is called on its address; whoever else gets that may change what is there.</summary>
    private static Value OnlyTask(Value value) =>
        value.Kind is ValueKind.Returned or ValueKind.Parameter or ValueKind.Field || value.IsAtHand && value.IsValueTask
            ? value : Value.Unknown;

    private Value AddressOf(long local) =>
        OnlyTask(LocalAt(local)) is var there && there != Value.Unknown ? there with { AddressOf = local + 1 } : Value.Unknown;

    /// <summary>What a call is passed, by reference perhaps: then nobody knows what the local holds behind it.</summary>
    private Value Given(Value argument)
    {
        if (argument.AddressOf == 0) return argument;
        _locals!.Remove(argument.AddressOf - 1);
        return Value.Unknown;
    }

    private Value FieldAt(Value owner, Instruction instruction)
    {
        if (owner == Value.This) return FieldOf(instruction);
        if (owner.Kind != ValueKind.Machine) return Value.Unknown;
        var field = FieldOf(instruction);
        // A local that lives across an await; what is disposed at the end is overwritten only then, with null.
        return frame.OfMachine(field.Name)
            ?? (_hoisted is not null && _hoisted.TryGetValue(field.Name, out var local) && local.Kind == ValueKind.Created ? local : field);
    }

    private Value FieldOf(Instruction instruction) =>
        new(ValueKind.Field, Name: names.FieldOf(MetadataTokens.EntityHandle((int)instruction.Operand)));

    [MethodImpl(Speed.Hot)]
    private void Push(Value value) => _stack.Add(value);

    [MethodImpl(Speed.Hot)]
    private Value Pop()
    {
        if (_stack.Count == 0) return Value.Unknown;
        var top = _stack[_stack.Count - 1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    /// <summary>What lies so deep on the stack.</summary>
    [MethodImpl(Speed.Hot)]
    private Value Top(int depth) => _stack.Count > depth ? _stack[_stack.Count - 1 - depth] : Value.Unknown;

    private void Forget()
    {
        _delegates.Lose(_stack);
        _stack.Clear();
    }

    [MethodImpl(Speed.Hot)]
    private void Other(Instruction instruction, int index)
    {
        if (instruction.Shape.IsReturn && frame.GivesValue) _returned.Add(Top(0));
        var cases = instruction.Cases;
        if (instruction.Target >= 0 && instruction.Shape.Popped == 2) _choices.Add(index, Top(1), Top(0));
        if (cases is not null && (_stack.Count == 0 || _stack[_stack.Count - 1].Kind != ValueKind.State))
            _tests.AddSwitch(index, cases.Length);
        for (var i = instruction.Shape.Popped; i > 0; i--)
        {
            var value = Pop();
            if (cases is null && instruction.Target < 0) _delegates.Lose(value);
            // Where a state machine goes on after an await: asked for its synchronous form, it never does.
            else if (value.Kind == ValueKind.State)
                foreach (var target in cases ?? [instruction.Target])
                    if (flow.IndexAt(target) is { } at && at != index + 1) flow.Drop(index, at);
        }

        for (var i = instruction.Shape.Pushed; i > 0; i--) Push(Value.Unknown);
        if (instruction.Shape.EndsPath) Forget();
    }
}
