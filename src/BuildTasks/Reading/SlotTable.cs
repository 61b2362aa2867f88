using System.Reflection;
using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>Whose slots the methods of an assembly fill: those of interfaces and base types of the same assembly.</summary>
internal sealed class SlotTable
{
    private readonly Dictionary<MethodDefinitionHandle, List<string>> _filled = [];
    private readonly Dictionary<TypeDefinitionHandle, List<(MethodDefinitionHandle Method, string Signature)>> _virtual = [];

    public SlotTable(MemberNames names)
    {
        var metadata = names.Metadata;
        foreach (var handle in metadata.TypeDefinitions)
        {
            try
            {
                FillBy(names, handle, metadata.GetTypeDefinition(handle));
            }
            // A type that cannot be read spoils nothing but itself.
            catch (BadImageFormatException)
            {
            }
        }
    }

    public IReadOnlyList<string> Of(MethodDefinitionHandle method) => _filled.TryGetValue(method, out var slots) ? slots : [];

    private void FillBy(MemberNames names, TypeDefinitionHandle handle, TypeDefinition type)
    {
        var metadata = names.Metadata;
        if ((type.Attributes & TypeAttributes.Interface) != 0) return;
        var own = new Dictionary<string, MethodDefinitionHandle>(StringComparer.Ordinal);
        foreach (var (method, signature) in Virtual(names, handle)) own[signature] = method;
        if (own.Count == 0 && type.GetMethodImplementations().Count == 0) return;
        foreach (var parent in Parents(metadata, type))
            foreach (var (slot, signature) in Virtual(names, parent))
                if (own.TryGetValue(signature, out var filler)) Fill(filler, names.Of(slot).Id);

        FillForeignBase(names, type, own);
        foreach (var explicitly in type.GetMethodImplementations().Select(metadata.GetMethodImplementation))
        {
            if (explicitly.MethodBody.Kind == HandleKind.MethodDefinition && names.Of(explicitly.MethodDeclaration) is { } slot)
                Fill((MethodDefinitionHandle)explicitly.MethodBody, slot.Id);
        }
    }

    /// <summary>What overrides a member of another assembly's type: the nearest such base is taken to declare it.</summary>
    private void FillForeignBase(MemberNames names, TypeDefinition type, Dictionary<string, MethodDefinitionHandle> own)
    {
        const int LongestLine = 64;
        var parent = type.BaseType;
        for (var i = 0; i < LongestLine && parent is { IsNil: false, Kind: HandleKind.TypeDefinition }; i++)
            parent = names.Metadata.GetTypeDefinition((TypeDefinitionHandle)parent).BaseType;
        if (parent.IsNil || names.TypeName(parent) is not { Length: > 0 } foreign || foreign == "System.Object") return;
        foreach (var method in own)
            if ((names.Metadata.GetMethodDefinition(method.Value).Attributes & MethodAttributes.NewSlot) == 0)
                Fill(method.Value, $"M:{foreign}{method.Key}");
    }

    private void Fill(MethodDefinitionHandle method, string slot)
    {
        if (!_filled.TryGetValue(method, out var slots)) _filled.Add(method, slots = []);
        if (!slots.Contains(slot)) slots.Add(slot);
    }

    /// <summary>The methods of a type that others may take the place of, looked up once for all who derive from it.</summary>
    private List<(MethodDefinitionHandle Method, string Signature)> Virtual(MemberNames names, TypeDefinitionHandle type)
    {
        if (_virtual.TryGetValue(type, out var known)) return known;
        var found = new List<(MethodDefinitionHandle, string)>();
        foreach (var method in names.Metadata.GetTypeDefinition(type).GetMethods())
            if ((names.Metadata.GetMethodDefinition(method).Attributes & MethodAttributes.Virtual) != 0)
                found.Add((method, Signature(names, method)));
        return _virtual[type] = found;
    }

    /// <summary>The id without the type: name and parameters.</summary>
    private static string Signature(MemberNames names, MethodDefinitionHandle method)
    {
        var type = names.TypeName(names.Metadata.GetMethodDefinition(method).GetDeclaringType());
        return names.Of(method).Id.Substring(2 + type.Length);
    }

    /// <summary>Bases and interfaces that this assembly defines, generic ones excepted: their slots are spelled otherwise.</summary>
    private static IEnumerable<TypeDefinitionHandle> Parents(MetadataReader metadata, TypeDefinition type)
    {
        foreach (var contract in type.GetInterfaceImplementations())
            if (metadata.GetInterfaceImplementation(contract).Interface is { Kind: HandleKind.TypeDefinition } own)
                yield return (TypeDefinitionHandle)own;
        const int LongestLine = 64;
        var current = type.BaseType;
        for (var i = 0; i < LongestLine && current.Kind == HandleKind.TypeDefinition && !current.IsNil; i++)
        {
            var handle = (TypeDefinitionHandle)current;
            yield return handle;
            current = metadata.GetTypeDefinition(handle).BaseType;
        }
    }
}
