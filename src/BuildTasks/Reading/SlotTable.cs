using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>Whose slots the methods of an assembly fill: those of interfaces and base types of the same assembly.</summary>
/// <remarks>Most types are never asked for, so each is looked through when somebody does.</remarks>
internal sealed class SlotTable
{
    private readonly MemberNames _names;
    private readonly OwnTypes _types;
    private readonly NamedMembers _members;
    private readonly List<int>?[] _slots;
    private readonly List<int>?[] _fillers;
    private readonly List<string>?[] _foreign;
    private readonly List<int>?[] _heirs;
    private readonly bool[] _isFilled;
    private readonly List<(int Method, string Signature)>?[] _virtual;

    [MethodImpl(Speed.Hot)]
    public SlotTable(MemberNames names, OwnTypes types, NamedMembers members)
    {
        (_names, _types, _members) = (names, types, members);
        (_slots, _fillers, _foreign) = (new List<int>?[types.Methods], new List<int>?[types.Methods], new List<string>?[types.Methods]);
        (_heirs, _isFilled, _virtual) = (new List<int>?[types.Types], new bool[types.Types], new List<(int, string)>?[types.Types]);
        for (var type = 0; type < types.Types; type++)
        {
            try
            {
                EnterParents(type, names.Metadata.GetTypeDefinition(OwnTypes.TypeAt(type)));
            }
            // A type that cannot be read spoils nothing but itself.
            catch (BadImageFormatException)
            {
            }
        }
    }

    /// <summary>The methods of this assembly whose slots a method fills.</summary>
    public IReadOnlyList<int> Of(int method)
    {
        if (!_types.IsVirtual(method) && (_types.AttributesOf(method) & MethodAttributes.Static) == 0) return [];
        Fill(_types.OwnerOf(method));
        return _slots[method] ?? (IReadOnlyList<int>)[];
    }

    /// <summary>The methods that fill a method's slot.</summary>
    public IReadOnlyList<int> FillersOf(int slot)
    {
        if (!_types.IsVirtual(slot)) return [];
        FillHeirs(_types.OwnerOf(slot));
        return _fillers[slot] ?? (IReadOnlyList<int>)[];
    }

    /// <summary>Ids of the methods, of this assembly or another, whose slot a method fills.</summary>
    [MethodImpl(Speed.Hot)]
    public IReadOnlyList<string> IdsOf(int method)
    {
        var slots = Of(method);
        if (slots.Count == 0 && _foreign[method] is null) return [];
        List<string> found = [.. slots.Select(slot => _names.Of(OwnTypes.MethodAt(slot)).Id)];
        if (_foreign[method] is { } foreign) found.AddRange(foreign);
        return found;
    }

    private void EnterParents(int type, TypeDefinition definition)
    {
        foreach (var contract in definition.GetInterfaceImplementations())
            AddHeir(_names.Metadata.GetInterfaceImplementation(contract).Interface, type);
        // A base that is generic is known by its definition's name.
        if (definition.BaseType is { IsNil: false, Kind: HandleKind.TypeSpecification } applied
            && _types.Find(_names.TypeName(applied)) is >= 0 and var generic) AddHeir(OwnTypes.TypeAt(generic), type);
        else AddHeir(definition.BaseType, type);
        // An interface that is generic is filled explicitly, or by nobody who could be found by name.
        foreach (var handle in definition.GetMethodImplementations())
        {
            var declared = _names.Metadata.GetMethodImplementation(handle).MethodDeclaration;
            if (_members.OwnTypeOf(declared) is >= 0 and var parent) AddHeir(OwnTypes.TypeAt(parent), type);
        }
    }

    private void AddHeir(EntityHandle parent, int type)
    {
        if (parent.IsNil || parent.Kind != HandleKind.TypeDefinition || OwnTypes.NumberOf(parent) is var number && number >= _heirs.Length)
            return;
        var heirs = _heirs[OwnTypes.NumberOf(parent)] ??= [];
        if (heirs.Count == 0 || heirs[heirs.Count - 1] != type) heirs.Add(type);
    }

    /// <summary>Those who derive from a type, or implement it, and all who derive from them.</summary>
    private void FillHeirs(int root)
    {
        var seen = new HashSet<int> { root };
        var pending = new Stack<int>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            foreach (var heir in _heirs[pending.Pop()] ?? (IReadOnlyList<int>)[])
            {
                if (!seen.Add(heir)) continue;
                Fill(heir);
                pending.Push(heir);
            }
        }
    }

    private void Fill(int type)
    {
        if (_isFilled[type]) return;
        _isFilled[type] = true;
        try
        {
            FillBy(type, _names.Metadata.GetTypeDefinition(OwnTypes.TypeAt(type)));
        }
        catch (BadImageFormatException)
        {
        }
    }

    [MethodImpl(Speed.Hot)]
    private void FillBy(int type, TypeDefinition definition)
    {
        if ((definition.Attributes & TypeAttributes.Interface) != 0) return;
        var own = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (method, signature) in Virtual(type)) own[signature] = method;
        var explicits = definition.GetMethodImplementations();
        if (own.Count == 0 && explicits.Count == 0) return;
        foreach (var parent in Parents(definition))
            foreach (var (slot, signature) in Virtual(parent))
                if (own.TryGetValue(signature, out var filler)) Fill(filler, slot);

        FillForeignBase(definition, own);
        foreach (var explicitly in explicits.Select(_names.Metadata.GetMethodImplementation))
        {
            if (explicitly.MethodBody.Kind != HandleKind.MethodDefinition
                || OwnTypes.NumberOf(explicitly.MethodBody) is var body && body >= _slots.Length) continue;
            var slot = _members.Own(_members.Of(MetadataTokens.GetToken(explicitly.MethodDeclaration)));
            if (slot >= 0) Fill(OwnTypes.NumberOf(explicitly.MethodBody), slot);
            else if (_names.Of(explicitly.MethodDeclaration) is { } foreign)
                FillForeign(OwnTypes.NumberOf(explicitly.MethodBody), foreign.Id);
        }
    }

    /// <summary>
    /// What overrides a member of another assembly's type, or of a generic one: the nearest such base is taken to declare it.
    /// </summary>
    private void FillForeignBase(TypeDefinition type, Dictionary<string, int> own)
    {
        var parent = type.BaseType;
        for (var i = 0; i < MemberNames.LongestLine && parent is { IsNil: false, Kind: HandleKind.TypeDefinition }; i++)
            parent = _names.Metadata.GetTypeDefinition((TypeDefinitionHandle)parent).BaseType;
        if (parent.IsNil || _names.TypeName(parent) is not { Length: > 0 } foreign || foreign == "System.Object") return;
        var generic = _types.Find(foreign);
        foreach (var method in own)
        {
            if ((_types.AttributesOf(method.Value) & MethodAttributes.NewSlot) != 0) continue;
            var slot = generic < 0 ? -1 : Virtual(generic).FindIndex(slot => slot.Signature == method.Key);
            if (slot >= 0) Fill(method.Value, Virtual(generic)[slot].Method);
            else FillForeign(method.Value, $"M:{foreign}{method.Key}");
        }
    }

    private void Fill(int method, int slot)
    {
        var slots = _slots[method] ??= [];
        if (slots.Contains(slot)) return;
        slots.Add(slot);
        (_fillers[slot] ??= []).Add(method);
    }

    private void FillForeign(int method, string slot)
    {
        var slots = _foreign[method] ??= [];
        if (!slots.Contains(slot)) slots.Add(slot);
    }

    /// <summary>The methods of a type that others may take the place of, looked up once for all who derive from it.</summary>
    private List<(int Method, string Signature)> Virtual(int type)
    {
        if (_virtual[type] is { } known) return known;
        var found = new List<(int, string)>();
        var start = 2 + _types.NameOf(type).Length;
        // The id without the type: name and parameters.
        foreach (var method in _types.MethodsOf(type))
            if (_types.IsVirtual(method)) found.Add((method, _names.Of(OwnTypes.MethodAt(method)).Id.Substring(start)));
        return _virtual[type] = found;
    }

    /// <summary>Bases and interfaces that this assembly defines, generic ones excepted: their slots are spelled otherwise.</summary>
    private IEnumerable<int> Parents(TypeDefinition type)
    {
        foreach (var contract in type.GetInterfaceImplementations())
            if (Number(_names.Metadata.GetInterfaceImplementation(contract).Interface) is >= 0 and var own) yield return own;
        var current = type.BaseType;
        for (var i = 0; i < MemberNames.LongestLine && Number(current) is >= 0 and var parent; i++)
        {
            yield return parent;
            current = _names.Metadata.GetTypeDefinition((TypeDefinitionHandle)current).BaseType;
        }
    }

    private int Number(EntityHandle type) => !type.IsNil && type.Kind == HandleKind.TypeDefinition
        && OwnTypes.NumberOf(type) is var number && number < _heirs.Length ? number : -1;
}
