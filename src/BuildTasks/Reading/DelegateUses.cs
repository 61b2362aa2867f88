using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>Follows the delegates among a body's parameters.</summary>
internal sealed class DelegateUses(Frame frame)
{
    private List<DelegateUse>? _uses;

    public IReadOnlyList<DelegateUse> All => _uses ?? (IReadOnlyList<DelegateUse>)[];

    public void Lose(Value value) => Add(value, DelegateFate.Lost);

    public void Lose(List<Value> values)
    {
        foreach (var value in values) Lose(value);
    }

    public void Keep(Value value) => Add(value, DelegateFate.Kept);

    [MethodImpl(Speed.Hot)]
    public void Call(Callee callee, Value receiver, IReadOnlyList<Value> arguments, bool isVirtual)
    {
        Add(receiver, callee.Calling.IsInvoke ? DelegateFate.Invoked : DelegateFate.Lost);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!frame.IsDelegate(arguments[i])) continue;
            // As an element or an object it goes on to somebody else.
            if (!Frame.IsDelegate(callee.ParameterTypes[i])) Lose(arguments[i]);
            else
                (_uses ??= []).Add(new DelegateUse((int)arguments[i].Number, DelegateFate.Passed, callee.Id, i, isVirtual));
        }
    }

    [MethodImpl(Speed.Hot)]
    private void Add(Value value, DelegateFate fate)
    {
        if (frame.IsDelegate(value)) (_uses ??= []).Add(new DelegateUse((int)value.Number, fate));
    }
}
