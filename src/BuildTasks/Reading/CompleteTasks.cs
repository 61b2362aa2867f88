using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>
/// Which methods give a task that is complete when they give it: they make it of a result, or are coroutines that never wait. Whoever
/// takes the result of one holds no thread.
/// </summary>
/// <param name="types">The methods of the assembly.</param>
/// <param name="members">Those that their bodies name.</param>
/// <param name="bodies">Who names whom.</param>
/// <param name="coroutines">The coroutines among them.</param>
/// <param name="fields">The fields that hold such tasks.</param>
/// <param name="returned">The values that a body gives back; null for one that cannot be read.</param>
internal sealed class CompleteTasks(
    OwnTypes types, NamedMembers members, BodyTable bodies, Coroutines coroutines, CompleteFields fields,
    Func<int, IReadOnlyList<Value>?> returned)
{
    private const string Task = "System.Threading.Tasks.Task";
    private const string ValueTask = "System.Threading.Tasks.ValueTask";
    private const string OfResult = "M:" + ValueTask + "`1.#ctor(`0)";

    private readonly Dictionary<int, bool> _known = [];
    private bool[]? _makers;
    private bool? _areKept;

    public bool Is(int method)
    {
        if (!_known.TryGetValue(method, out var known)) _known.Add(method, known = IsNew(method));
        return known;
    }

    /// <summary>
    /// The body names something that makes a complete task, is a coroutine, or may give what nobody has to name: <c>default</c>, or what a
    /// field holds. Tells which of all methods are worth a look.
    /// </summary>
    [MethodImpl(Speed.Hot)]
    public bool MayBe(int method) => coroutines.IsAsync(method) || NamesMaker(method) || (_areKept ??= AreKept())
        || members.CalleeOf(method)?.Returns.StartsWith(ValueTask, StringComparison.Ordinal) == true;

    /// <summary>Somebody makes such a task where objects or types are made.</summary>
    private bool AreKept()
    {
        for (var method = 0; method < types.Methods; method++)
            if ((members.IsCalled(method, ".cctor") || types.IsConstructor(method)) && NamesMaker(method)) return true;
        return false;
    }

    [MethodImpl(Speed.Hot)]
    private bool NamesMaker(int method)
    {
        _makers ??= Makers();
        for (var i = bodies.StartOf(method); i < bodies.StartOf(method + 1); i++)
            if (_makers[bodies.Named[i]]) return true;
        return false;
    }

    private bool IsNew(int method)
    {
        if (bodies.StateOf(method) != BodyState.Scanned) return false;
        if (coroutines.IsAsync(method)) return coroutines.MoverOf(method) is >= 0 and var mover && !Waits(mover);
        return !coroutines.Is(method) && MayBe(method) && returned(method) is { Count: > 0 } values && values.All(IsGivenComplete);
    }

    private bool IsGivenComplete(Value task) => IsComplete(task) || task.Kind == ValueKind.Field && fields.Is(task.Name);

    public static bool IsComplete(Value task) => task.IsAtHand && task.IsValueTask || task.Kind == ValueKind.Returned
        && (task.Name.StartsWith("M:System.Threading.Tasks.Task.FromResult", StringComparison.Ordinal)
            || task.Name.StartsWith("M:System.Threading.Tasks.ValueTask.FromResult", StringComparison.Ordinal)
            || task.Name == "M:System.Threading.Tasks.ValueTask.get_CompletedTask"
            || task.Name == "M:System.Threading.Tasks.Task.get_CompletedTask");

    /// <summary>A state machine that is ever suspended hands itself to what it waits for.</summary>
    private bool Waits(int mover)
    {
        if (bodies.StateOf(mover) != BodyState.Scanned) return true;
        for (var i = bodies.StartOf(mover); i < bodies.StartOf(mover + 1); i++)
        {
            var member = bodies.Named[i];
            if (members.IsCalled(member, "AwaitUnsafeOnCompleted") || members.IsCalled(member, "AwaitOnCompleted")) return true;
        }

        return false;
    }

    [MethodImpl(Speed.Hot)]
    private bool[] Makers()
    {
        var makers = new bool[members.Count];
        for (var member = types.Methods; member < makers.Length; member++)
        {
            try
            {
                if (members.IsCalled(member, ".ctor")) makers[member] = IsOfTasks(member) && members.CalleeOf(member) is { Id: OfResult };
                else makers[member] = (members.IsCalled(member, "FromResult") || members.IsCalled(member, "get_CompletedTask"))
                    && IsOfTasks(member);
            }
            catch (Exception bad) when (AssemblyReader.IsOfFile(bad))
            {
                // What is wrong with it is found when somebody reads it.
            }
        }

        return makers;
    }

    private bool IsOfTasks(int member) => members.TypeOf(member) is Task or Task + "`1" or ValueTask or ValueTask + "`1";
}
