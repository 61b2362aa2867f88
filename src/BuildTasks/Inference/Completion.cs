using System.Runtime.CompilerServices;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Inference;

/// <summary>Which waits are for what is complete, as far as the assembly itself shows it.</summary>
internal sealed class Completion(AssemblyFacts assembly)
{
    private const string Token = "System.Nullable{System.Threading.CancellationToken}";

    /// <summary>A wait for what is complete: an awaited task, or a coroutine that was asked for its synchronous form.</summary>
    [MethodImpl(Speed.Hot)]
    public bool IsComplete(MethodFacts caller, CallFact call)
    {
        if (call.IsAwait || call.IsOnComplete) return true;
        return IsComplete(caller, call.Receiver.Kind is ValueKind.Returned or ValueKind.Field ? call.Receiver
            : call.Arguments.Count == 1 ? call.Arguments[0] : Value.Unknown);
    }

    /// <summary>A task that is complete when it is given, or that a field has held so since its object was made.</summary>
    [MethodImpl(Speed.Hot)]
    public bool IsComplete(MethodFacts caller, Value task)
    {
        if (task.Kind == ValueKind.Field) return assembly.KeepsComplete?.Invoke(task.Name) == true;
        if (task.Kind != ValueKind.Returned || !assembly.ById.TryGetValue(task.Name, out var made)) return false;
        return !made.IsVirtual && made.EndsChain && made.GivesComplete || made.IsDualMode
            && caller.Calls.FirstOrDefault(other => other.Index == task.Number) is { } making && AsksForSynchronous(making, made);
    }

    /// <summary>
    /// A wait for a coroutine that was given no token where it may be given one: whoever asks so may ask for its synchronous form.
    /// </summary>
    public bool MayBeSynchronous(MethodFacts caller, CallFact call)
    {
        var task = call.Receiver.Kind == ValueKind.Returned ? call.Receiver : call.Arguments.Count == 1 ? call.Arguments[0] : Value.Unknown;
        if (task.Kind != ValueKind.Returned || !assembly.ById.TryGetValue(task.Name, out var made)) return false;
        var making = caller.Calls.FirstOrDefault(other => other.Index == task.Number);
        for (var i = 0; i < making?.Arguments.Count && i < made.ParameterTypes.Count; i++)
            if (making.Arguments[i] == Value.Absent && made.ParameterTypes[i] == Token) return true;
        return false;
    }

    private static bool AsksForSynchronous(CallFact call, MethodFacts callee)
    {
        for (var i = 0; i < call.Arguments.Count && i < callee.Modes.Count; i++)
            if (callee.Modes[i] != ModeSwitch.None && call.Arguments[i].Kind == ValueKind.Constant)
                return call.Arguments[i].Number != 0 != (callee.Modes[i] == ModeSwitch.SetIsAsynchronous);
        return false;
    }
}
