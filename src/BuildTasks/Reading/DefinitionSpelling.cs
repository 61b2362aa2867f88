using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>Spells the definition behind an instantiation: the owner of a called method, without its arguments.</summary>
internal sealed class DefinitionSpelling(MetadataReader metadata) : DocumentationIdSpelling(metadata)
{
    public override string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;
}
