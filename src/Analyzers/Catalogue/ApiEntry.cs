namespace Quintet.Analyzers.Catalogue;

/// <summary>One line of the catalogue.</summary>
internal sealed class ApiEntry
{
    public required ApiVerb Verb { get; init; }

    /// <summary>Documentation id; without a parameter list it stands for all overloads.</summary>
    public required string Id { get; init; }

    public BlockKind Kind { get; init; }

    /// <summary>Brief blocking (one metadata operation) is never a warning.</summary>
    public bool Brief { get; init; }

    /// <summary>Certain only for who writes it: whoever reaches it, or does it under a lock, is hardly held up.</summary>
    public bool OnlyWritten { get; init; }

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

    /// <summary>Never certain: the line comes from a body that was read, and not every call of it has the effect.</summary>
    public bool IsPossible { get; init; }

    /// <summary>The value of a parameter without which the line does not hold; null for none.</summary>
    public ApiGiven? Given { get; init; }

    /// <summary>For a line that comes from a body that was read: whom the member calls, down to the cause.</summary>
    public IReadOnlyList<string> Via { get; init; } = [];

    /// <summary>Why the line is there; every line has one.</summary>
    public required string Reason { get; init; }

    public override string ToString() => $"{Verb} {Id}";
}
