using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Quintet.CatalogueScan;

/// <summary>Spells the members of one assembly, and those that it refers to, as documentation ids.</summary>
internal sealed class MemberNames(MetadataReader metadata)
{
    private readonly DocumentationIdSpelling _spelling = new();
    private readonly Dictionary<EntityHandle, string?> _ids = [];

    public MetadataReader Metadata { get; } = metadata;

    public string TypeName(TypeDefinitionHandle handle) => _spelling.GetTypeFromDefinition(Metadata, handle, 0);

    public string ReturnTypeOf(MethodDefinition method) => method.DecodeSignature(_spelling, null).ReturnType;

    public string IdOf(MethodDefinitionHandle handle)
    {
        var method = Metadata.GetMethodDefinition(handle);
        return Spell(TypeName(method.GetDeclaringType()), Metadata.GetString(method.Name), method.DecodeSignature(_spelling, null));
    }

    /// <summary>The id of a called method, null for one that has none (methods of arrays).</summary>
    public string? IdOf(EntityHandle handle)
    {
        if (_ids.TryGetValue(handle, out var known)) return known;
        var id = handle.Kind switch
        {
            HandleKind.MethodDefinition => IdOf((MethodDefinitionHandle)handle),
            HandleKind.MethodSpecification => IdOf(Metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
            HandleKind.MemberReference => OfReference(Metadata.GetMemberReference((MemberReferenceHandle)handle)),
            _ => null,
        };
        _ids.Add(handle, id);
        return id;
    }

    private string? OfReference(MemberReference reference)
    {
        if (reference.GetKind() != MemberReferenceKind.Method) return null;
        var type = reference.Parent.Kind switch
        {
            HandleKind.TypeReference => _spelling.GetTypeFromReference(Metadata, (TypeReferenceHandle)reference.Parent, 0),
            HandleKind.TypeDefinition => TypeName((TypeDefinitionHandle)reference.Parent),
            HandleKind.TypeSpecification => Metadata.GetTypeSpecification((TypeSpecificationHandle)reference.Parent)
                .DecodeSignature(DefinitionSpelling.Instance, null),
            _ => null,
        };
        return string.IsNullOrEmpty(type)
            ? null
            : Spell(type, Metadata.GetString(reference.Name), reference.DecodeMethodSignature(_spelling, null));
    }

    private static string Spell(string type, string name, MethodSignature<string> signature)
    {
        var arity = signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : "";
        return $"M:{type}.{name.Replace('.', '#')}{arity}{Parameters(signature.ParameterTypes)}";
    }

    private static string Parameters(ImmutableArray<string> types) => types.IsEmpty ? "" : $"({string.Join(',', types)})";
}
