using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Quintet.BuildTasks.Reading;

/// <summary>Reads what the methods of one assembly call.</summary>
internal static class AssemblyReader
{
    /// <summary>Bodies beyond this size are generated; walking them costs more than they tell.</summary>
    private const int LargestBody = 64 * 1024;

    private static readonly string[] StateMachines =
        ["AsyncStateMachineAttribute", "IteratorStateMachineAttribute", "AsyncIteratorStateMachineAttribute"];

    /// <summary>The facts of an assembly; null for a file that holds no managed code, or none that can be read.</summary>
    public static AssemblyFacts? Read(Stream stream) => Read(stream, withBodies: true);

    /// <summary>Name, version and references, without the methods.</summary>
    public static AssemblyFacts? ReadHeader(Stream stream) => Read(stream, withBodies: false);

    private static AssemblyFacts? Read(Stream stream, bool withBodies)
    {
        try
        {
            using var file = new PEReader(stream, PEStreamOptions.LeaveOpen);
            if (!file.HasMetadata) return null;
            var metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly) return null;
            return Read(file, new MemberNames(metadata), withBodies);
        }
        // Native, mixed, truncated, obfuscated, made up: whatever it is, it says nothing about effects.
        catch (Exception bad)
            when (bad is BadImageFormatException or IOException or InvalidOperationException or ArgumentException or OverflowException
            or IndexOutOfRangeException or InvalidCastException)
        {
            return null;
        }
    }

    private static List<MethodFacts> Methods(PEReader file, MemberNames names)
    {
        var slots = new SlotTable(names);
        var sharesInternals = names.Metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Any(handle => AttributeName(names.Metadata, handle) == "InternalsVisibleToAttribute");
        var methods = new List<MethodFacts>();
        foreach (var handle in names.Metadata.MethodDefinitions)
            if (ReadMethod(file, names, slots, handle, sharesInternals) is { } method) methods.Add(method);
        return methods;
    }

    private static AssemblyFacts Read(PEReader file, MemberNames names, bool withBodies)
    {
        var metadata = names.Metadata;
        var definition = metadata.GetAssemblyDefinition();
        return new AssemblyFacts
        {
            Name = metadata.GetString(definition.Name),
            Version = metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
            References =
                [.. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))],
            Methods = withBodies ? Methods(file, names) : [],
        };
    }

    private static MethodFacts? ReadMethod(PEReader file, MemberNames names, SlotTable slots, MethodDefinitionHandle handle,
        bool sharesInternals)
    {
        var metadata = names.Metadata;
        var method = metadata.GetMethodDefinition(handle);
        Callee callee;
        List<CallFact> calls = [];
        try
        {
            callee = names.Of(handle);
            if (method.RelativeVirtualAddress != 0) calls = ReadBody(file, names, method);
        }
        // One body that cannot be read (obfuscators make them on purpose) spoils nothing but itself.
        catch (BadImageFormatException)
        {
            return null;
        }

        var type = names.TypeName(method.GetDeclaringType());
        var owner = metadata.GetTypeDefinition(method.GetDeclaringType());
        return new MethodFacts
        {
            Id = callee.Id,
            Type = type,
            Name = Display(type, metadata.GetString(method.Name)),
            IsVisible = IsVisible(metadata, method, sharesInternals),
            EndsChain = callee.ReturnsTask
                || method.GetCustomAttributes().Any(attribute => StateMachines.Contains(AttributeName(metadata, attribute))),
            IsAbstract = (method.Attributes & MethodAttributes.Abstract) != 0,
            IsOpen = (owner.Attributes & (TypeAttributes.Sealed | TypeAttributes.Interface)) != TypeAttributes.Sealed
                && IsVisible(metadata, method, sharesInternals: false),
            Calls = calls,
            Implements = slots.Of(handle),
        };
    }

    private static List<CallFact> ReadBody(PEReader file, MemberNames names, MethodDefinition method)
    {
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (body.GetILReader() is { Length: > 0 and <= LargestBody } il && Instruction.Decode(il) is { } instructions)
            return new StackWalk(names, instructions, new ControlFlow(instructions, body.ExceptionRegions),
                (method.Attributes & MethodAttributes.Static) == 0).Run();
        return [];
    }

    private static bool IsVisible(MetadataReader metadata, MethodDefinition method, bool sharesInternals)
    {
        var access = method.Attributes & MethodAttributes.MemberAccessMask;
        // Local functions are internal to compilers, not to people.
        if (metadata.GetString(method.Name).IndexOf('<') >= 0) return false;
        var visible = access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem
            || sharesInternals && access == MethodAttributes.Assembly;
        for (var handle = method.GetDeclaringType(); visible && !handle.IsNil;)
        {
            var type = metadata.GetTypeDefinition(handle);
            var visibility = type.Attributes & TypeAttributes.VisibilityMask;
            visible = visibility is TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily
                or TypeAttributes.NestedFamORAssem
                || sharesInternals && visibility is TypeAttributes.NotPublic or TypeAttributes.NestedAssembly;
            handle = type.GetDeclaringType();
        }

        return visible;
    }

    private static string AttributeName(MetadataReader metadata, CustomAttributeHandle handle)
    {
        var constructor = metadata.GetCustomAttribute(handle).Constructor;
        var type = constructor.Kind switch
        {
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default(EntityHandle),
        };
        return type.Kind switch
        {
            HandleKind.TypeReference => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name),
            HandleKind.TypeDefinition => metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)type).Name),
            _ => "",
        };
    }

    /// <summary>
    /// The member as the analyzers name one of a source: <c>Load</c>, <c>new Store</c>; a property without its accessor, a local function
    /// without its frame.
    /// </summary>
    private static string Display(string type, string name)
    {
        var dot = type.LastIndexOf('.');
        var owner = dot < 0 ? type : type.Substring(dot + 1);
        var tick = owner.IndexOf('`');
        if (tick >= 0) owner = owner.Substring(0, tick);
        if (name == ".ctor") return $"new {owner}";
        if (name == ".cctor") return $"static {owner}";
        if (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal))
            name = name.Substring(4);
        var local = name.IndexOf(">g__", StringComparison.Ordinal);
        if (local < 0) return name.Substring(name.LastIndexOf('.') + 1);
        var bar = name.IndexOf('|', local);
        return name.Substring(local + 4, (bar < 0 ? name.Length : bar) - local - 4);
    }
}
