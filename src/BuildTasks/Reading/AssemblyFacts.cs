namespace Quintet.BuildTasks.Reading;

/// <summary>An assembly that was read.</summary>
internal sealed class AssemblyFacts
{
    public required string Name { get; init; }

    /// <summary>Changes whenever the assembly is compiled from something else.</summary>
    public required Guid Version { get; init; }

    /// <summary>The size of its file.</summary>
    public long Length { get; init; }

    /// <summary>Simple names of the assemblies that it refers to.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Simple names of the assemblies that see what is internal here.</summary>
    public IReadOnlyList<string> Friends { get; init; } = [];

    /// <summary>How many methods and accessors others can call.</summary>
    public int Visible { get; init; }

    /// <summary>All its methods, or those that somebody has come to so far.</summary>
    public IReadOnlyList<MethodFacts> Methods { get; init; } = [];

    /// <summary>The same by their ids.</summary>
    public IReadOnlyDictionary<string, MethodFacts> ById { get; init; } = new Dictionary<string, MethodFacts>();

    /// <summary>
    /// Whether a field, as <c>Type.Field</c>, only ever holds tasks that are complete. Asked while the assembly is open.
    /// </summary>
    public Func<string, bool>? KeepsComplete { get; init; }

    /// <summary>Who calls whom, as far as names tell; null where all bodies were read.</summary>
    public CallersByName? Callers { get; init; }
}
