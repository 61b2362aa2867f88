using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>Spells the members of one assembly, and those that it refers to, as documentation ids.</summary>
internal sealed class MemberNames(MetadataReader metadata)
{
    private readonly DocumentationIdSpelling _spelling = new();
    private readonly DefinitionSpelling _definitions = new();
    private readonly Dictionary<EntityHandle, Callee?> _callees = [];
    private readonly Dictionary<EntityHandle, string> _fields = [];

    public MetadataReader Metadata { get; } = metadata;

    public string TypeName(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => _spelling.GetTypeFromDefinition(Metadata, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => _spelling.GetTypeFromReference(Metadata, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => _definitions.GetTypeFromSpecification(Metadata, null, (TypeSpecificationHandle)handle, 0),
        _ => "",
    };

    public Callee Of(MethodDefinitionHandle handle)
    {
        if (_callees.TryGetValue(handle, out var known)) return known!;
        var callee = Spell(handle);
        _callees[handle] = callee;
        return callee;
    }

    private Callee Spell(MethodDefinitionHandle handle)
    {
        var method = Metadata.GetMethodDefinition(handle);
        SignatureGuard.Check(Metadata.GetBlobReader(method.Signature), isMethod: true);
        return Spell(TypeName(method.GetDeclaringType()), Metadata.GetString(method.Name), method.DecodeSignature(_spelling, null));
    }

    /// <summary>The called method, null for one that has no id (methods of arrays).</summary>
    public Callee? Of(EntityHandle handle)
    {
        if (_callees.TryGetValue(handle, out var known)) return known;
        Callee? callee = handle.Kind switch
        {
            HandleKind.MethodDefinition => Of((MethodDefinitionHandle)handle),
            HandleKind.MethodSpecification => Of(Metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
            HandleKind.MemberReference => OfReference(Metadata.GetMemberReference((MemberReferenceHandle)handle)),
            _ => null,
        };
        _callees[handle] = callee;
        return callee;
    }

    /// <summary>The field as <c>Type.Field</c>.</summary>
    public string FieldOf(EntityHandle handle)
    {
        if (!_fields.TryGetValue(handle, out var name)) _fields.Add(handle, name = SpellField(handle));
        return name;
    }

    private string SpellField(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.FieldDefinition:
                var field = Metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return $"{TypeName(field.GetDeclaringType())}.{Metadata.GetString(field.Name)}";
            case HandleKind.MemberReference:
                var reference = Metadata.GetMemberReference((MemberReferenceHandle)handle);
                return $"{TypeName(reference.Parent)}.{Metadata.GetString(reference.Name)}";
            default: return "";
        }
    }

    private Callee? OfReference(MemberReference reference)
    {
        if (reference.GetKind() != MemberReferenceKind.Method) return null;
        var type = TypeName(reference.Parent);
        SignatureGuard.Check(Metadata.GetBlobReader(reference.Signature), isMethod: true);
        return type.Length == 0 || type.EndsWith("]", StringComparison.Ordinal)
            ? null
            : Spell(type, Metadata.GetString(reference.Name), reference.DecodeMethodSignature(_spelling, null));
    }

    private static Callee Spell(string type, string name, MethodSignature<string> signature)
    {
        var arity = signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : "";
        var id = $"M:{type}.{name.Replace('.', '#')}{arity}{Spell(signature.ParameterTypes)}";
        if (name is "op_Implicit" or "op_Explicit") id += "~" + signature.ReturnType;
        return new Callee(id, signature.ParameterTypes, signature.Header.IsInstance, signature.ReturnType);
    }

    private static string Spell(ImmutableArray<string> types) => types.IsEmpty ? "" : $"({string.Join(",", types)})";
}
