using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>What the arguments and fields of a body stand for.</summary>
/// <param name="IsInstance">Argument 0 is the receiver.</param>
/// <param name="ParameterTypes">As documentation ids spell them.</param>
/// <param name="ParameterNames">By ordinal.</param>
/// <param name="IsStateMachine">
/// The body moves the state machine of an async method: parameters are fields of the same name there, and the method's own are those of the
/// method that was written.
/// </param>
internal sealed record Frame(
    bool IsInstance, IReadOnlyList<string> ParameterTypes, IReadOnlyList<string> ParameterNames, bool IsStateMachine = false)
{
    /// <summary>The type that declares the method, which names the lock of <c>lock (this)</c>.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Lets go of an object: what it does there once it does for every object.</summary>
    public bool IsDisposal { get; init; }

    /// <summary>Whoever calls the method gets something back.</summary>
    public bool GivesValue { get; init; }

    /// <summary>Which parameters choose between asynchronous and synchronous work, by ordinal.</summary>
    public IReadOnlyList<ModeSwitch> Modes { get; init; } = [];

    public bool IsDualMode => Modes.Any(static mode => mode != ModeSwitch.None);

    private static readonly string[] Delegates =
        ["System.Action", "System.Func{", "System.Predicate{", "System.Comparison{", "System.Converter{", "System.EventHandler",
         "System.Threading.ThreadStart", "System.Threading.ParameterizedThreadStart", "System.Threading.WaitCallback",
         "System.Threading.TimerCallback", "System.Threading.SendOrPostCallback"];

    public Value ArgumentAt(long argument)
    {
        if (!IsInstance) return new Value(ValueKind.Parameter, argument);
        return argument > 0 ? new Value(ValueKind.Parameter, argument - 1) : IsStateMachine ? new Value(ValueKind.Machine) : Value.This;
    }

    /// <summary>What a field of the state machine stands for, by its name; null for a local.</summary>
    public Value? OfMachine(string field)
    {
        var name = field.Substring(field.LastIndexOf('.') + 1);
        if (name == "<>1__state") return new Value(ValueKind.State);
        if (name == "<>4__this") return Value.This;
        for (var i = 0; i < ParameterNames.Count; i++)
            if (ParameterNames[i] == name) return new Value(ValueKind.Parameter, i);
        return null;
    }

    /// <summary>A parameter with two values: a truth value, or one that chooses a form.</summary>
    public bool IsTwofold(Value value) =>
        value.Kind == ValueKind.Parameter && (TypeOf(value) == "System.Boolean" || IsModeSwitch((int)value.Number));

    public bool IsDelegate(Value value) => value.Kind == ValueKind.Parameter && value.Number >= 0 && value.Number < _isDelegate.Length
        && _isDelegate[value.Number];

    public bool HasDelegates => _isDelegate.Length > 0;

    private readonly bool[] _isDelegate = Marked(ParameterTypes);

    [MethodImpl(Speed.Hot)]
    public static bool IsDelegate(string type)
    {
        if (!type.StartsWith("System.", StringComparison.Ordinal)) return false;
        foreach (var known in Delegates)
            if (type.StartsWith(known, StringComparison.Ordinal)) return true;
        return false;
    }

    private static bool[] Marked(IReadOnlyList<string> types)
    {
        bool[]? marked = null;
        for (var i = 0; i < types.Count; i++)
            if (IsDelegate(types[i])) (marked ??= new bool[types.Count])[i] = true;
        return marked ?? [];
    }

    public bool IsModeSwitch(int parameter) => parameter < Modes.Count && Modes[parameter] != ModeSwitch.None;

    private string TypeOf(Value parameter) =>
        parameter.Number >= 0 && parameter.Number < ParameterTypes.Count ? ParameterTypes[(int)parameter.Number] : "";
}
