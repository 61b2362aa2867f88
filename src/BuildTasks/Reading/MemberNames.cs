using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using System.Text;

namespace Quintet.BuildTasks.Reading;

/// <summary>
/// Spells the members of one assembly, and those that it refers to, as documentation ids: only when somebody asks, and each once.
/// </summary>
internal sealed class MemberNames(MetadataReader metadata)
{
    /// <summary>Types derived from each other, or nested, further than this are nobody's source code.</summary>
    public const int LongestLine = 64;

    private readonly DocumentationIdSpelling _spelling = new(metadata);
    private readonly DefinitionSpelling _definitions = new(metadata);
    private readonly Callee?[] _defined = new Callee?[metadata.GetTableRowCount(TableIndex.MethodDef)];
    private readonly Callee?[] _referred = new Callee?[metadata.GetTableRowCount(TableIndex.MemberRef)];
    private readonly string?[] _specified = new string?[metadata.GetTableRowCount(TableIndex.TypeSpec)];
    private readonly Dictionary<EntityHandle, string> _fields = [];
    private readonly HashSet<string> _truths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntityHandle> _classes = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();

    public MetadataReader Metadata { get; } = metadata;

    [MethodImpl(Speed.Hot)]
    public string TypeName(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => _spelling.GetTypeFromDefinition(Metadata, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => _spelling.GetTypeFromReference(Metadata, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => Specified((TypeSpecificationHandle)handle),
        _ => "",
    };

    [MethodImpl(Speed.Hot)]
    public Callee Of(MethodDefinitionHandle handle)
    {
        var row = MetadataTokens.GetRowNumber(handle) - 1;
        if (row >= _defined.Length) throw new BadImageFormatException("There is no such method.");
        return _defined[row] ??= Spell(handle);
    }

    /// <summary>The called method, null for one that has no id (methods of arrays).</summary>
    [MethodImpl(Speed.Hot)]
    public Callee? Of(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition: return Of((MethodDefinitionHandle)handle);
            case HandleKind.MethodSpecification:
                var behind = Metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
                return behind.Kind == HandleKind.MethodSpecification ? null : Of(behind);
            case HandleKind.MemberReference:
                var row = MetadataTokens.GetRowNumber(handle) - 1;
                if (row >= _referred.Length) throw new BadImageFormatException("There is no such member.");
                return _referred[row] ??= OfReference(Metadata.GetMemberReference((MemberReferenceHandle)handle));
            default: return null;
        }
    }

    /// <summary>The field as <c>Type.Field</c>.</summary>
    public string FieldOf(EntityHandle handle)
    {
        if (!_fields.TryGetValue(handle, out var name)) _fields.Add(handle, name = SpellField(handle));
        return name;
    }

    /// <summary>A field, as <see cref="FieldOf"/> spelled it, is true or false.</summary>
    public bool IsTruth(string field) => _truths.Contains(field);

    /// <summary>The class of a field, as <see cref="FieldOf"/> spelled it; empty for any other type.</summary>
    public string ClassOf(string field) => _classes.TryGetValue(field, out var type) ? TypeName(type) : "";

    /// <summary>What the method gives that an instruction calls.</summary>
    public string ResultOf(Instruction call) => Of(MetadataTokens.EntityHandle((int)call.Operand))?.Returns ?? "";

    [MethodImpl(Speed.Hot)]
    private string Specified(TypeSpecificationHandle handle)
    {
        var row = MetadataTokens.GetRowNumber(handle) - 1;
        if (row >= _specified.Length) throw new BadImageFormatException("There is no such type.");
        return _specified[row] ??= DefinitionBehind(handle) is { IsNil: false } definition
            ? TypeName(definition) : _definitions.GetTypeFromSpecification(Metadata, null, handle, 0);
    }

    /// <summary>The generic definition that a specification applies, without what it is applied to; nil for any other.</summary>
    private EntityHandle DefinitionBehind(TypeSpecificationHandle handle)
    {
        const byte ValueType = 0x11, Class = 0x12;
        var signature = Metadata.GetBlobReader(Metadata.GetTypeSpecification(handle).Signature);
        if (signature.Length < 3 || signature.ReadByte() != (byte)SignatureTypeCode.GenericTypeInstance) return default;
        if (signature.ReadByte() is not (ValueType or Class)) return default;
        var definition = signature.ReadTypeHandle();
        return definition.Kind is HandleKind.TypeDefinition or HandleKind.TypeReference ? definition : default;
    }

    [MethodImpl(Speed.Hot)]
    private Callee Spell(MethodDefinitionHandle handle)
    {
        var method = Metadata.GetMethodDefinition(handle);
        SignatureGuard.Check(Metadata.GetBlobReader(method.Signature), isMethod: true);
        return Spell(TypeName(method.GetDeclaringType()), Metadata.GetString(method.Name), method.DecodeSignature(_spelling, null));
    }

    private string SpellField(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.FieldDefinition:
                var field = Metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return Noted($"{TypeName(field.GetDeclaringType())}.{Metadata.GetString(field.Name)}", field.Signature);
            case HandleKind.MemberReference:
                var reference = Metadata.GetMemberReference((MemberReferenceHandle)handle);
                return Noted($"{TypeName(reference.Parent)}.{Metadata.GetString(reference.Name)}", reference.Signature);
            default: return "";
        }
    }

    private string Noted(string field, BlobHandle signature)
    {
        const byte Class = 0x12;
        var blob = Metadata.GetBlobReader(signature);
        if (blob.Length < 2 || blob.ReadSignatureHeader().Kind != SignatureKind.Field) return field;
        var type = blob.ReadByte();
        if (type == (byte)SignatureTypeCode.Boolean && blob.RemainingBytes == 0) _truths.Add(field);
        else if (type == Class && blob.RemainingBytes > 0
            && blob.ReadTypeHandle() is { IsNil: false, Kind: not HandleKind.TypeSpecification } named) _classes[field] = named;
        return field;
    }

    [MethodImpl(Speed.Hot)]
    private Callee? OfReference(MemberReference reference)
    {
        if (reference.GetKind() != MemberReferenceKind.Method) return null;
        var type = TypeName(reference.Parent);
        SignatureGuard.Check(Metadata.GetBlobReader(reference.Signature), isMethod: true);
        return type.Length == 0 || type.EndsWith("]", StringComparison.Ordinal)
            ? null
            : Spell(type, Metadata.GetString(reference.Name), reference.DecodeMethodSignature(_spelling, null));
    }

    [MethodImpl(Speed.Hot)]
    private Callee Spell(string type, string name, MethodSignature<string> signature)
    {
        _text.Clear().Append("M:").Append(type).Append('.').Append(name);
        _text.Replace('.', '#', _text.Length - name.Length, name.Length);
        if (signature.GenericParameterCount > 0)
            _text.Append("``").Append(signature.GenericParameterCount.ToString(CultureInfo.InvariantCulture));
        var types = signature.ParameterTypes;
        for (var i = 0; i < types.Length; i++) _text.Append(i == 0 ? '(' : ',').Append(types[i]);
        if (types.Length > 0) _text.Append(')');
        if (name is "op_Implicit" or "op_Explicit") _text.Append('~').Append(signature.ReturnType);
        return new Callee(_text.ToString(), types, signature.Header.IsInstance, signature.ReturnType);
    }
}
