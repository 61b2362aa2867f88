namespace Quintet.BuildTasks.Reading;

/// <summary>
/// One method of an assembly, as far as effects are concerned. Free of metadata handles. Its body is read when somebody first asks what is
/// in it, so one thread asks, and while the assembly is open.
/// </summary>
internal sealed class MethodFacts
{
    private Func<BodyFacts>? _read;
    private BodyFacts? _body;
    private bool? _givesComplete;

    /// <summary>Documentation id, with parameters.</summary>
    public required string Id { get; init; }

    /// <summary>Documentation id of the type that declares it.</summary>
    public required string Type { get; init; }

    /// <summary>As a reader of a message knows it: <c>Load</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its result type, as documentation ids spell it.</summary>
    public string Returns { get; init; } = "";

    /// <summary>Other assemblies can call it.</summary>
    public bool IsVisible { get; init; }

    /// <summary>Internal, in an assembly that has friends: those can call it.</summary>
    public bool IsForFriends { get; init; }

    /// <summary>
    /// An async method, an iterator, or one that gives a task: it does not work while its caller waits, or reports for itself.
    /// </summary>
    public bool EndsChain { get; init; }

    /// <summary>
    /// Takes a lock and gives what releases it: how long that takes depends on those who hold it, and that is a moment as a rule.
    /// </summary>
    public bool TakesLock { get; init; }

    /// <summary>By ordinal, as documentation ids spell them.</summary>
    public IReadOnlyList<string> ParameterTypes { get; init; } = [];

    /// <summary>By ordinal.</summary>
    public IReadOnlyList<string> ParameterNames { get; init; } = [];

    /// <summary>
    /// Gives a task and has a parameter that chooses between asynchronous and synchronous work: asked for the latter, the task is complete.
    /// </summary>
    public bool IsDualMode => EndsChain && Modes.Any(static mode => mode != ModeSwitch.None);

    /// <summary>Looks whether the task that it gives is complete then; null where it gives none.</summary>
    public Func<bool>? Completes { get; init; }

    /// <summary>The task that it gives is complete when it gives it. Asked while the assembly is open, as <see cref="Calls"/> is.</summary>
    public bool GivesComplete => _givesComplete ??= Completes?.Invoke() ?? false;

    /// <summary>What its parameters choose, by ordinal.</summary>
    public IReadOnlyList<ModeSwitch> Modes { get; init; } = [];

    /// <summary>Reads its body; null where there is nothing to see.</summary>
    public Func<BodyFacts>? Body { init => _read = value; }

    /// <summary>Its row in the assembly, counted from zero.</summary>
    public int Number { get; init; }

    /// <summary>What becomes of the delegates that it is given.</summary>
    public IReadOnlyList<DelegateUse> DelegateUses => ReadBody().DelegateUses;

    public bool IsVirtual { get; init; }

    public bool IsAbstract { get; init; }

    /// <summary>The type that declares it has no derived ones.</summary>
    public bool IsOfSealed { get; init; }

    /// <summary>Another type outside the assembly may put its own method in this one's place.</summary>
    public bool IsOpen { get; init; }

    public IReadOnlyList<CallFact> Calls => ReadBody().Calls;

    /// <summary>Ids of the methods, of this assembly or another, whose slot this one fills.</summary>
    public IReadOnlyList<string> Implements { get; init; } = [];

    /// <summary>A visible method of the type gives a task and is called the same, with <c>Async</c> behind it.</summary>
    public bool HasTwin { get; init; }

    /// <summary>It is a getter, and a setter stands beside it.</summary>
    public bool HasSetter { get; init; }

    private BodyFacts ReadBody()
    {
        if (_body is not null) return _body;
        _body = _read is null ? BodyFacts.Nothing : _read();
        _read = null;
        return _body;
    }
}
