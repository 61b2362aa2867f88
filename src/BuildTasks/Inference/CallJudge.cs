using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Inference;

/// <summary>What a call of a known member does, given what is passed to it. What cannot be told is the possible form.</summary>
internal sealed class CallJudge(Knowledge knowledge)
{
    /// <summary>What names do not tell.</summary>
    private const ApiConditions OfSourceOnly = ApiConditions.Queryable;

    private static readonly string[] Documents =
    [
        "M:System.Xml.Linq.XDocument.", "M:System.Xml.Linq.XElement.", "M:System.Xml.XmlDocument.",
    ];

    private static readonly string[] Times = ["System.TimeSpan", "System.Int32"];

    /// <summary>They give a stream over what lies in memory already.</summary>
    private static readonly string[] Views =
    [
        "M:System.BinaryData.ToStream", "M:System.Reflection.Assembly.GetManifestResourceStream(System.String)",
        "M:System.Reflection.Assembly.GetManifestResourceStream(System.Type,System.String)",
    ];

    /// <summary>Whether a line may hold of a member, as far as its id tells: that of an overload names what it is given.</summary>
    public static bool MayHold(ApiEntry entry, string id) => (entry.When & OfSourceOnly) == 0
        && ((entry.When & ApiConditions.StreamArgument) == 0 || id.IndexOf("System.IO.Stream", StringComparison.Ordinal) >= 0);

    public Effect? Of(MethodFacts caller, CallFact call)
    {
        foreach (var entry in knowledge.About(call.Target))
        {
            if (entry.Verb == ApiVerb.Quiet) return null;
            if (entry.Verb is ApiVerb.Blocks or ApiVerb.Burns && Of(caller, call, entry) is { } effect) return effect;
        }

        return null;
    }

    private Effect? Of(MethodFacts caller, CallFact call, ApiEntry entry)
    {
        // A line names all overloads; the one that gives a task does not hold its caller.
        if (call.ReturnsTask || !MayHold(entry, call.Target)) return null;
        if ((entry.When & ApiConditions.Recursive) != 0
            && !call.Arguments.Any(static argument => argument is { Kind: ValueKind.Constant, Number: 1 })) return null;
        if ((entry.When & ApiConditions.SmallestSize) != 0
            && !call.Arguments.Any(static argument => argument is { Kind: ValueKind.Constant, Number: 3 })) return null;
        var given = GivenBy(call, entry);
        if (given == false) return null;
        var possible = entry.IsPossible || given is null || (entry.Unless & (ApiConditions.OnLoop | ApiConditions.FireAndForget)) != 0;
        var (unless, parameter) = (ApiConditions.None, -1);
        if ((entry.Unless & ApiConditions.Zero) != 0)
        {
            if (call.Arguments.Any(IsZero)) return null;
            var time = call.Arguments.FirstOrDefault(argument => IsTime(caller, argument));
            if (time != Value.Unknown) (unless, parameter) = (ApiConditions.Zero, (int)time.Number);
        }

        var timeOut = parameter;
        if ((entry.Unless & ApiConditions.Completed) != 0)
        {
            var task = call.Receiver == Value.Unknown && call.Arguments.Count > 0 ? call.Arguments[0] : call.Receiver;
            if (IsComplete(task)) return null;
            if (task.Kind == ValueKind.Parameter) (unless, parameter) = (ApiConditions.Completed, (int)task.Number);
            else possible |= task.Kind is ValueKind.Unknown or ValueKind.Field;
        }

        if ((entry.Unless & ApiConditions.InMemory) != 0)
        {
            var stream = call.Receiver == Value.Unknown
                ? call.Arguments.FirstOrDefault(static argument => argument.Kind != ValueKind.Constant) : call.Receiver;
            var field = stream == call.Receiver || call.Arguments.Count > 0 && stream == call.Arguments[0] ? call.ClassOfField : "";
            if (stream == Value.This || IsInMemory(stream) || field.Length > 0 && knowledge.IsInMemory(field)
                || stream.Kind == ValueKind.Parameter && stream.Number < caller.ParameterTypes.Count
                && knowledge.IsInMemory(caller.ParameterTypes[(int)stream.Number]))
                return null;
            if (stream.Kind == ValueKind.Parameter) (unless, parameter) = (ApiConditions.InMemory, (int)stream.Number);
            else possible |= !Devices.Is(stream) && !Devices.Is(field);
        }

        possible |= IsNamedDocument(call);
        IReadOnlyList<string> path = entry.Via.Count > 0 ? [Display(call.Target), .. entry.Via] : [Display(call.Target)];
        return new Effect(entry.Verb, entry.Kind, entry.Brief || entry.OnlyWritten, possible, unless, path)
        {
            Parameter = parameter, Time = timeOut == parameter ? -1 : timeOut,
        };
    }

    /// <summary>
    /// Whether a call passes the value without which a line does not hold; null where that cannot be told. A call of another assembly names
    /// no parameters, so the value must be the only truth value among them.
    /// </summary>
    private static bool? GivenBy(CallFact call, ApiEntry entry)
    {
        if (entry.Given is not { } given) return true;
        var types = call.Target.Substring(call.Target.IndexOf('(') + 1).TrimEnd(')').Split(',');
        var at = Array.IndexOf(types, "System.Boolean");
        if (at < 0 || at != Array.LastIndexOf(types, "System.Boolean") || types.Length != call.Arguments.Count) return null;
        return call.Arguments[at] is { Kind: ValueKind.Constant, Number: var number } ? number != 0 == given.Value : null;
    }

    private static bool IsTime(MethodFacts caller, Value argument) => argument.Kind == ValueKind.Parameter
        && argument.Number < caller.ParameterTypes.Count && Times.Contains(caller.ParameterTypes[(int)argument.Number]);

    public static bool IsZero(Value argument) =>
        argument is { Kind: ValueKind.Constant, Number: 0 } or { Kind: ValueKind.Field, Name: "System.TimeSpan.Zero" };

    /// <summary>A stream that is made around another is where that one is.</summary>
    public bool IsInMemory(Value stream) => stream.IsAtHand || stream.Kind == ValueKind.Created && knowledge.IsInMemory(stream.Name)
        || stream.Kind == ValueKind.Returned && Views.Contains(stream.Name, StringComparer.Ordinal);

    /// <summary>Made of a result, or given by a member of another assembly that only gives such tasks.</summary>
    public bool IsComplete(Value task) => CompleteTasks.IsComplete(task) || task.Kind == ValueKind.Returned
        && knowledge.About(task.Name).Any(static entry => entry.Verb == ApiVerb.Complete);

    /// <summary>What is kept as a document of XML under a name is mostly settings.</summary>
    private static bool IsNamedDocument(CallFact call) =>
        Array.Exists(Documents, type => call.Target.StartsWith(type, StringComparison.Ordinal))
        && call.Target.IndexOf("(System.String", StringComparison.Ordinal) > 0;

    /// <summary>The last two words of an id, as a reader knows the member.</summary>
    private static string Display(string id)
    {
        var open = id.IndexOf('(');
        var words = (open < 0 ? id : id.Substring(0, open)).Substring(2).Split('.');
        var name = words[words.Length - 1];
        var tick = name.IndexOf("``", StringComparison.Ordinal);
        if (tick >= 0) name = name.Substring(0, tick);
        var type = words.Length > 1 ? words[words.Length - 2] : "";
        tick = type.IndexOf('`');
        if (tick >= 0) type = type.Substring(0, tick);
        if (name == "#ctor") return $"new {type}";
        if (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal))
            name = name.Substring(4);
        return $"{type}.{name}";
    }
}
