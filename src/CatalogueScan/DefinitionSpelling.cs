using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Quintet.CatalogueScan;

/// <summary>Spells the definition behind an instantiation: the owner of a called method, without its arguments.</summary>
internal sealed class DefinitionSpelling : DocumentationIdSpelling
{
    public static DefinitionSpelling Instance { get; } = new();

    public override string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;
}
