using System.Collections.Immutable;

namespace Quintet.BuildTasks.Reading;

/// <summary>Spells the definition behind an instantiation: the owner of a called method, without its arguments.</summary>
internal sealed class DefinitionSpelling : DocumentationIdSpelling
{
    public override string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;
}
