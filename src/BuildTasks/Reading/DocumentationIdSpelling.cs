using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using System.Text;

namespace Quintet.BuildTasks.Reading;

/// <summary>Spells the types of a signature as documentation ids do: <c>System.Func{`0,System.Int32[]}</c>.</summary>
internal class DocumentationIdSpelling(MetadataReader metadata) : ISignatureTypeProvider<string, object?>
{
    /// <summary>Types nested or applied deeper than this are nobody's source code.</summary>
    private const int DeepestNest = 32;

    /// <summary>A type that is spelled with more others than this grows twice as long with every level.</summary>
    private const int MostSpecifications = 256;

    private static readonly string?[] Primitives = PrimitiveNames();
    private static readonly string[] TypeParameters = [.. Enumerable.Range(0, 16).Select(static index => $"`{index}")];
    private static readonly string[] MethodParameters = [.. Enumerable.Range(0, 16).Select(static index => $"``{index}")];

    private readonly string?[] _definitions = new string?[metadata.GetTableRowCount(TableIndex.TypeDef)];
    private readonly string?[] _references = new string?[metadata.GetTableRowCount(TableIndex.TypeRef)];
    private readonly StringBuilder _spelled = new();
    private int _depth;
    private int _specifications;

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) =>
        (int)typeCode < Primitives.Length && Primitives[(int)typeCode] is { } name ? name : "System." + typeCode;

    [MethodImpl(Speed.Hot)]
    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var row = MetadataTokens.GetRowNumber(handle) - 1;
        if (row < 0 || row >= _definitions.Length) throw new BadImageFormatException("There is no such type.");
        if (_definitions[row] is { } known) return known;
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        var outer = type.GetDeclaringType();
        return _definitions[row] = outer.IsNil ? Qualified(reader.GetString(type.Namespace), name)
            : $"{Nested(reader, outer)}.{name}";
    }

    [MethodImpl(Speed.Hot)]
    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var row = MetadataTokens.GetRowNumber(handle) - 1;
        if (row < 0 || row >= _references.Length) throw new BadImageFormatException("There is no such type.");
        if (_references[row] is { } known) return known;
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return _references[row] = type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Nested(reader, type.ResolutionScope)}.{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle,
        byte rawTypeKind)
    {
        _specifications = _depth == 0 ? 1 : _specifications + 1;
        if (_specifications > MostSpecifications) throw new BadImageFormatException("A type is spelled with too many others to be true.");
        var type = reader.GetTypeSpecification(handle);
        SignatureGuard.Check(reader.GetBlobReader(type.Signature), isMethod: false);
        GoDeeper();
        try { return type.DecodeSignature(this, genericContext); }
        finally { _depth--; }
    }

    [MethodImpl(Speed.Hot)]
    public virtual string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments)
    {
        // Dictionary`2.Enumerator<K, V> is spelled Dictionary{K,V}.Enumerator: each part takes the arguments that it declares.
        var (taken, from) = (0, 0);
        var spelled = _spelled.Clear();
        for (var tick = genericType.IndexOf('`'); tick >= 0; tick = genericType.IndexOf('`', tick + 1))
        {
            var end = genericType.IndexOf('.', tick);
            if (end < 0) end = genericType.Length;
            if (NumberIn(genericType, tick + 1, end) is not { } count) continue;
            spelled.Append(genericType, from, tick - from).Append('{');
            for (var i = 0; i < count && taken + i < typeArguments.Length; i++)
                spelled.Append(i == 0 ? "" : ",").Append(typeArguments[taken + i]);
            spelled.Append('}');
            (taken, from) = (Math.Min(taken + count, typeArguments.Length), end);
        }

        return spelled.Append(genericType, from, genericType.Length - from).ToString();
    }

    public string GetArrayType(string elementType, ArrayShape shape) =>
        $"{elementType}[{string.Join(",", Enumerable.Repeat("0:", shape.Rank))}]";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetByReferenceType(string elementType) => elementType + "@";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetGenericTypeParameter(object? genericContext, int index) =>
        index < TypeParameters.Length ? TypeParameters[index] : $"`{index}";

    public string GetGenericMethodParameter(object? genericContext, int index) =>
        index < MethodParameters.Length ? MethodParameters[index] : $"``{index}";

    public string GetFunctionPointerType(MethodSignature<string> signature) => "=FUNC";

    /// <summary>The type around another one.</summary>
    private string Nested(MetadataReader reader, EntityHandle outer)
    {
        GoDeeper();
        try
        {
            return outer.Kind == HandleKind.TypeDefinition ? GetTypeFromDefinition(reader, (TypeDefinitionHandle)outer, 0)
                : GetTypeFromReference(reader, (TypeReferenceHandle)outer, 0);
        }
        finally { _depth--; }
    }

    private void GoDeeper()
    {
        if (_depth >= DeepestNest) throw new BadImageFormatException("A type is nested too deeply to be true.");
        _depth++;
    }

    /// <summary>A number that takes up the whole of a part of a name; null for anything else.</summary>
    private static int? NumberIn(string name, int start, int end)
    {
        const int MostDigits = 9;
        if (end - start > MostDigits)
            return int.TryParse(name.Substring(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var large)
                ? large : null;
        var number = 0;
        for (var i = start; i < end; i++)
        {
            if (name[i] is < '0' or > '9') return null;
            number = 10 * number + (name[i] - '0');
        }

        return end > start ? number : null;
    }

    private static string?[] PrimitiveNames()
    {
        var names = new string?[1 + Enum.GetValues(typeof(PrimitiveTypeCode)).Cast<PrimitiveTypeCode>().Max(static code => (int)code)];
        foreach (PrimitiveTypeCode code in Enum.GetValues(typeof(PrimitiveTypeCode))) names[(int)code] = "System." + code;
        return names;
    }

    private static string Qualified(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
