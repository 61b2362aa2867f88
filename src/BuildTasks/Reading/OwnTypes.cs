using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>The types and methods that an assembly defines, by number: rows of its tables, counted from zero.</summary>
internal sealed class OwnTypes
{
    private static readonly Dictionary<string, List<int>> NoMethods = new(StringComparer.Ordinal);

    private readonly MemberNames _names;
    private readonly MetadataReader _metadata;
    private readonly int[] _owner;
    private readonly MethodAttributes[] _attributes;
    private readonly byte[] _visibility;
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>>?[] _methodsOf;

    [MethodImpl(Speed.Hot)]
    public OwnTypes(MemberNames names)
    {
        (_names, _metadata) = (names, names.Metadata);
        var methods = _metadata.GetTableRowCount(TableIndex.MethodDef);
        var types = _metadata.GetTableRowCount(TableIndex.TypeDef);
        (_owner, _attributes) = (new int[methods], new MethodAttributes[methods]);
        (_visibility, _methodsOf) = (new byte[types], new Dictionary<string, List<int>>?[types]);
        for (var type = 0; type < types; type++) Enter(type);
        for (var method = 0; method < methods; method++) _attributes[method] = _metadata.GetMethodDefinition(MethodAt(method)).Attributes;
    }

    public int Types => _visibility.Length;

    public int Methods => _owner.Length;

    public static MethodDefinitionHandle MethodAt(int method) => MetadataTokens.MethodDefinitionHandle(method + 1);

    public static TypeDefinitionHandle TypeAt(int type) => MetadataTokens.TypeDefinitionHandle(type + 1);

    public static int NumberOf(EntityHandle handle) => MetadataTokens.GetRowNumber(handle) - 1;

    /// <summary>The type that declares a method.</summary>
    public int OwnerOf(int method) => _owner[method];

    public MethodAttributes AttributesOf(int method) => _attributes[method];

    public bool IsVirtual(int method) => (_attributes[method] & MethodAttributes.Virtual) != 0;

    public bool IsConstructor(int method) =>
        (_attributes[method] & (MethodAttributes.RTSpecialName | MethodAttributes.Static)) == MethodAttributes.RTSpecialName;

    public string NameOf(int type) => _names.TypeName(TypeAt(type));

    /// <summary>The type that is spelled so; -1 for one of another assembly.</summary>
    public int Find(string name) => _byName.TryGetValue(name, out var type) ? type : -1;

    public IEnumerable<int> MethodsOf(int type)
    {
        foreach (var handle in _metadata.GetTypeDefinition(TypeAt(type)).GetMethods())
            if (NumberOf(handle) is var method && method < Methods) yield return method;
    }

    /// <summary>The methods of a type by their names in metadata.</summary>
    [MethodImpl(Speed.Hot)]
    public Dictionary<string, List<int>> NamedMethodsOf(int type)
    {
        if (type < 0 || type >= Types) return NoMethods;
        if (_methodsOf[type] is { } known) return known;
        var found = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var method in MethodsOf(type))
        {
            var name = _metadata.GetString(_metadata.GetMethodDefinition(MethodAt(method)).Name);
            if (!found.TryGetValue(name, out var list)) found.Add(name, list = []);
            list.Add(method);
        }

        return _methodsOf[type] = found;
    }

    /// <summary>Whether everybody can name a type, or only the friends of its assembly.</summary>
    public (bool ToAll, bool ToFriends) VisibilityOf(int type)
    {
        const byte Known = 1, All = 2, Friends = 4;
        if (_visibility[type] == 0)
        {
            var (toAll, toFriends) = LookUpVisibility(TypeAt(type));
            _visibility[type] = (byte)(Known | (toAll && toFriends ? All : 0) | (toFriends ? Friends : 0));
        }

        return ((_visibility[type] & All) != 0, (_visibility[type] & Friends) != 0);
    }

    [MethodImpl(Speed.Hot)]
    private void Enter(int type)
    {
        try
        {
            foreach (var method in MethodsOf(type)) _owner[method] = type;
            var name = NameOf(type);
            if (!_byName.ContainsKey(name)) _byName.Add(name, type);
        }
        // A type that cannot be read spoils nothing but itself.
        catch (BadImageFormatException)
        {
        }
    }

    private (bool ToAll, bool ToFriends) LookUpVisibility(TypeDefinitionHandle handle)
    {
        var (toAll, toFriends) = (true, true);
        var current = handle;
        for (var i = 0; i < MemberNames.LongestLine && toFriends && !current.IsNil; i++)
        {
            var type = _metadata.GetTypeDefinition(current);
            var visibility = type.Attributes & TypeAttributes.VisibilityMask;
            toAll &= visibility is TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily
                or TypeAttributes.NestedFamORAssem;
            toFriends = toAll || visibility is TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily
                or TypeAttributes.NestedFamORAssem or TypeAttributes.NotPublic or TypeAttributes.NestedAssembly;
            current = type.GetDeclaringType();
        }

        return (toAll && current.IsNil, toFriends && current.IsNil);
    }
}
