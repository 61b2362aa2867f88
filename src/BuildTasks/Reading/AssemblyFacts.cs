namespace Quintet.BuildTasks.Reading;

/// <summary>An assembly that was read.</summary>
internal sealed class AssemblyFacts
{
    public required string Name { get; init; }

    /// <summary>Changes whenever the assembly is compiled from something else.</summary>
    public required Guid Version { get; init; }

    /// <summary>Simple names of the assemblies that it refers to.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Simple names of the assemblies that see what is internal here.</summary>
    public IReadOnlyList<string> Friends { get; init; } = [];

    public IReadOnlyList<MethodFacts> Methods { get; init; } = [];
}
