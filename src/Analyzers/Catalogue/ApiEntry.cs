namespace Quintet.Analyzers.Catalogue;

/// <summary>What a line of the catalogue says about a member. The words are the ones written in the files.</summary>
internal enum ApiVerb
{
    /// <summary>Holds the calling thread.</summary>
    Blocks,

    /// <summary>CPU-bound by nature, whatever the input (PBKDF2, archives, image codecs).</summary>
    Burns,

    /// <summary>CPU cost grows with the input; heavy only inside a loop over input, and then only possibly.</summary>
    Sized,

    /// <summary>Looks as if it blocked and does not; also ends the search in referenced bodies.</summary>
    Quiet,

    /// <summary>Runs a delegate argument somewhere.</summary>
    Runs,

    /// <summary>Gives code a context: event handlers, controller actions, grain methods.</summary>
    Root,

    /// <summary>A type whose instances live in memory: reading them never waits.</summary>
    InMemory,

    /// <summary>A type that decorates its first stream argument: in memory if that one is.</summary>
    Wraps,

    /// <summary>A type whose members belong to one thread or one logical owner (controls, DbContext).</summary>
    Affine,

    /// <summary>A type, such as Monitor, that only the thread which took it may release.</summary>
    ThreadAffineLock,
}

/// <summary>What a blocking member waits for.</summary>
internal enum BlockKind
{
    None,
    Sleep,
    Wait,

    /// <summary>Waits for a task: sync-over-async.</summary>
    Task,
    File,
    Network,
    Database,
    Process,
    Console,

    /// <summary>Runs work on other threads and waits for all of it (Parallel.For).</summary>
    Parallel,
}

/// <summary>Facts about a call that turn its effect off.</summary>
[Flags]
internal enum ApiConditions
{
    None = 0,

    /// <summary>Silent when a time-out argument is zero: the call only looks.</summary>
    Zero = 1,

    /// <summary>Silent when the task is known to be complete.</summary>
    Completed = 2,

    /// <summary>Silent when the stream, reader or writer is known to be in memory.</summary>
    InMemory = 4,

    /// <summary>Only with CompressionLevel.SmallestSize.</summary>
    SmallestSize = 8,

    /// <summary>Only when the first argument is a stream (hashing a buffer is not heavy).</summary>
    StreamArgument = 16,

    /// <summary>Only when the receiver is an IQueryable that a database answers, not one made by AsQueryable.</summary>
    Queryable = 32,

    /// <summary>Silent on the event loop itself, which calls the delegate at once.</summary>
    OnLoop = 128,

    /// <summary>Silent when an argument says that nobody waits for the answer.</summary>
    FireAndForget = 256,

    /// <summary>Only when an argument asks for the whole tree: SearchOption.AllDirectories or a constant true.</summary>
    Recursive = 64,
}

/// <summary>Where a delegate argument, or the code under a root, runs.</summary>
[Flags]
internal enum RunContext
{
    Unknown = 0,

    /// <summary>At once on the caller's thread: the caller's context.</summary>
    Caller = 1 << 0,
    EventLoop = 1 << 1,
    Turn = 1 << 2,
    Coroutine = 1 << 3,
    Request = 1 << 4,
    Parallel = 1 << 5,
    Pool = 1 << 6,
    Dedicated = 1 << 7,
    GilThread = 1 << 8,
    WorkerProcess = 1 << 9,
    StartUp = 1 << 10,
    Test = 1 << 11,

    /// <summary>Stored and run at an unknown time and place.</summary>
    Later = 1 << 12,
}

/// <summary>How a root line picks the bodies that it gives a context to.</summary>
internal enum RootSelector
{
    None,

    /// <summary>Overrides of the named member, or of any virtual member of the named type.</summary>
    Override,

    /// <summary>Implementations of the named interface (or interface member).</summary>
    Implements,

    /// <summary>(object, T : EventArgs) methods of derived types and delegates subscribed to events declared there.</summary>
    Handler,

    /// <summary>Members marked with the named attribute.</summary>
    Attribute,

    /// <summary>Public instance methods of derived types.</summary>
    Public,

    /// <summary>Methods of derived types with one of the names in <c>names=</c> (Unity messages).</summary>
    Name,
}

/// <summary>One line of the catalogue.</summary>
internal sealed class ApiEntry
{
    public required ApiVerb Verb { get; init; }

    /// <summary>Documentation id; without a parameter list it stands for all overloads.</summary>
    public required string Id { get; init; }

    public BlockKind Kind { get; init; }

    /// <summary>Brief blocking (one metadata operation) is never a warning.</summary>
    public bool Brief { get; init; }

    /// <summary>Documentation id of the asynchronous counterpart, <c>await</c>, <c>auto</c> (name + Async) or null for none.</summary>
    public string? Twin { get; init; }

    public ApiConditions Unless { get; init; }

    public ApiConditions When { get; init; }

    /// <summary>For <see cref="ApiVerb.Runs"/> and <see cref="ApiVerb.Root"/>.</summary>
    public RunContext Where { get; init; }

    /// <summary>For <see cref="ApiVerb.Runs"/>: the parameter's name, or null for every delegate parameter.</summary>
    public string? Argument { get; init; }

    public RootSelector By { get; init; }

    public IReadOnlyCollection<string> Names { get; init; } = [];

    /// <summary>Why the line is there; every line has one.</summary>
    public required string Reason { get; init; }

    public override string ToString() => $"{Verb} {Id}";
}
