using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>
/// The methods that an assembly defines and those that it refers to, by number: first its own, then the others. Names are looked at only
/// where a reference may mean a method of this assembly, as one of a generic type does.
/// </summary>
internal sealed class NamedMembers
{
    /// <summary>What a token is that names no method.</summary>
    public const int Nothing = -1;

    private const int Unknown = -2;
    private readonly MemberNames _names;
    private readonly OwnTypes _types;
    private readonly int[] _specified;
    private readonly int[] _own;

    public NamedMembers(MemberNames names, OwnTypes types)
    {
        (_names, _types) = (names, types);
        _specified = Unknowns(names.Metadata.GetTableRowCount(TableIndex.MethodSpec));
        _own = Unknowns(names.Metadata.GetTableRowCount(TableIndex.MemberRef));
    }

    public int Count => _types.Methods + _own.Length;

    /// <summary>The member that a token names: a method of this assembly, or a reference.</summary>
    [MethodImpl(Speed.Hot)]
    public int Of(int token)
    {
        var row = (token & 0xFFFFFF) - 1;
        switch (token >>> 24)
        {
            case 0x06: return row < _types.Methods ? row : Nothing;
            case 0x0A: return row >= 0 && row < _own.Length ? _types.Methods + row : Nothing;
            case 0x2B:
                if (row < 0 || row >= _specified.Length) return Nothing;
                if (_specified[row] == Unknown)
                {
                    var behind = _names.Metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row + 1)).Method;
                    _specified[row] = behind.Kind == HandleKind.MethodSpecification ? Nothing : Of(MetadataTokens.GetToken(behind));
                }

                return _specified[row];
            default: return Nothing;
        }
    }

    /// <summary>The method of this assembly that a member is; <see cref="Nothing"/> for one of another assembly.</summary>
    [MethodImpl(Speed.Hot)]
    public int Own(int member)
    {
        if (member < _types.Methods) return member;
        var row = member - _types.Methods;
        if (_own[row] == Unknown) _own[row] = LookUp(row);
        return _own[row];
    }

    /// <summary>Where the method of this assembly is that a reference means, it takes its place.</summary>
    public int Definition(int member) => Own(member) is >= 0 and var own ? own : member;

    /// <summary>The type that declares a member, as it is spelled.</summary>
    public string TypeOf(int member) => member < _types.Methods
        ? _types.NameOf(_types.OwnerOf(member)) : _names.TypeName(Reference(member - _types.Methods).Parent);

    /// <summary>The type of this assembly that declares a member; <see cref="Nothing"/> for another one.</summary>
    public int OwnTypeOf(int member) => member < _types.Methods ? _types.OwnerOf(member)
        : Reference(member - _types.Methods).Parent.Kind is HandleKind.MethodDefinition or HandleKind.ModuleReference
            ? Nothing : _types.Find(TypeOf(member));

    public int OwnTypeOf(EntityHandle method) => Of(MetadataTokens.GetToken(method)) is >= 0 and var member ? OwnTypeOf(member) : Nothing;

    public bool IsConstructor(int member) => member < _types.Methods ? _types.IsConstructor(member)
        : _names.Metadata.StringComparer.Equals(Reference(member - _types.Methods).Name, ".ctor");

    public bool IsCalled(int member, string name) => _names.Metadata.StringComparer.Equals(member < _types.Methods
        ? _names.Metadata.GetMethodDefinition(OwnTypes.MethodAt(member)).Name : Reference(member - _types.Methods).Name, name);

    public Callee? CalleeOf(int member) => member < _types.Methods ? _names.Of(OwnTypes.MethodAt(member))
        : _names.Of((EntityHandle)MetadataTokens.MemberReferenceHandle(member - _types.Methods + 1));

    private MemberReference Reference(int row) => _names.Metadata.GetMemberReference(MetadataTokens.MemberReferenceHandle(row + 1));

    private int LookUp(int row)
    {
        var type = OwnTypeOf(_types.Methods + row);
        if (type < 0 || !_types.NamedMethodsOf(type).TryGetValue(_names.Metadata.GetString(Reference(row).Name), out var named))
            return Nothing;
        // Whoever refers to a method of a generic type repeats its signature, as a rule byte for byte.
        var signature = _names.Metadata.GetBlobReader(Reference(row).Signature);
        foreach (var method in named)
            if (IsSame(signature, _names.Metadata.GetBlobReader(_names.Metadata.GetMethodDefinition(OwnTypes.MethodAt(method)).Signature)))
                return method;
        var id = CalleeOf(_types.Methods + row)?.Id;
        return named.FindIndex(method => _names.Of(OwnTypes.MethodAt(method)).Id == id) is >= 0 and var at ? named[at] : Nothing;
    }

    [MethodImpl(Speed.Hot)]
    private static bool IsSame(BlobReader one, BlobReader other)
    {
        if (one.Length != other.Length) return false;
        while (one.RemainingBytes > 0)
            if (one.ReadByte() != other.ReadByte()) return false;
        return true;
    }

    private static int[] Unknowns(int count)
    {
        var numbers = new int[count];
        for (var i = 0; i < count; i++) numbers[i] = Unknown;
        return numbers;
    }
}
