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

    private static readonly string[] Strangers = ["test", "bench", "fuzz", "DynamicProxyGenAssembly2", "Specification"];

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
        var sharesInternals = SharesInternals(names.Metadata);
        var methods = new List<MethodFacts>();
        foreach (var handle in names.Metadata.MethodDefinitions)
            if (ReadMethod(file, names, slots, handle, sharesInternals) is { } method) methods.Add(method);
        return methods;
    }

    /// <summary>Another assembly sees what is internal here. Tests do not count: fixtures block on purpose.</summary>
    private static bool SharesInternals(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            if (AttributeName(metadata, handle) != "InternalsVisibleToAttribute") continue;
            var value = metadata.GetBlobReader(metadata.GetCustomAttribute(handle).Value);
            if (value.Length < 3 || value.ReadUInt16() != 1 || value.ReadSerializedString() is not { } friend) continue;
            if (!Strangers.Any(stranger => friend.Split(',')[0].IndexOf(stranger, StringComparison.OrdinalIgnoreCase) >= 0)) return true;
        }

        return false;
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
        Frame frame;
        StackWalk? walk = null;
        List<CallFact> calls = [];
        try
        {
            callee = names.Of(handle);
            frame = new Frame(callee.IsInstance, callee.ParameterTypes, ParameterNames(metadata, method, callee.Parameters))
                { Owner = names.TypeName(method.GetDeclaringType()) };
            if (method.RelativeVirtualAddress != 0) walk = BodyOf(file, names, method, frame);
            if (walk is not null) calls = walk.Run();
            if (IsDualMode(frame) && StateMachineOf(metadata, method) is { IsNil: false } machine
                && BodyOf(file, names, metadata.GetMethodDefinition(machine), frame with { IsInstance = true, IsStateMachine = true })
                    is { } moved) calls = moved.Run();
        }
        // One body that cannot be read (obfuscators make them on purpose) spoils nothing but itself.
        catch (BadImageFormatException)
        {
            return null;
        }

        var type = frame.Owner;
        var owner = metadata.GetTypeDefinition(method.GetDeclaringType());
        var endsChain = callee.ReturnsTask
            || method.GetCustomAttributes().Any(attribute => StateMachines.Contains(AttributeName(metadata, attribute)));
        return new MethodFacts
        {
            Id = callee.Id,
            Type = type,
            Name = Display(type, metadata.GetString(method.Name)),
            IsVisible = IsVisible(metadata, method, sharesInternals),
            EndsChain = endsChain,
            IsDualMode = endsChain && IsDualMode(frame),
            TakesLock = callee.Returns == "System.IDisposable"
                && metadata.GetString(method.Name).IndexOf("Lock", StringComparison.Ordinal) >= 0,
            ParameterNames = frame.ParameterNames,
            DelegateUses = walk?.DelegateUses ?? [],
            IsVirtual = (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.Final)) == MethodAttributes.Virtual,
            IsAbstract = (method.Attributes & MethodAttributes.Abstract) != 0,
            IsOpen = (owner.Attributes & (TypeAttributes.Sealed | TypeAttributes.Interface)) != TypeAttributes.Sealed
                && IsVisible(metadata, method, sharesInternals: false),
            Calls = calls,
            Implements = slots.Of(handle),
        };
    }

    private static bool IsDualMode(Frame frame)
    {
        for (var i = 0; i < frame.ParameterTypes.Count; i++)
            if (frame.ParameterTypes[i] == "System.Boolean" && Frame.IsModeSwitch(frame.ParameterNames[i])) return true;
        return false;
    }

    private static string[] ParameterNames(MetadataReader metadata, MethodDefinition method, int count)
    {
        var found = new string[count];
        for (var i = 0; i < count; i++) found[i] = "";
        foreach (var parameter in method.GetParameters().Select(metadata.GetParameter))
            if (parameter.SequenceNumber > 0 && parameter.SequenceNumber <= count)
                found[parameter.SequenceNumber - 1] = metadata.GetString(parameter.Name);
        return found;
    }

    /// <summary>What moves the state machine of an async method; nil for any other method.</summary>
    private static MethodDefinitionHandle StateMachineOf(MetadataReader metadata, MethodDefinition method)
    {
        if (!method.GetCustomAttributes().Any(attribute => AttributeName(metadata, attribute) == StateMachines[0])) return default;
        // Compilers name the type after the method, `<Open>d__7`, and the attribute tells which of several overloads it belongs to.
        var prefix = $"<{metadata.GetString(method.Name)}>d__";
        foreach (var nested in metadata.GetTypeDefinition(method.GetDeclaringType()).GetNestedTypes())
        {
            var type = metadata.GetTypeDefinition(nested);
            if (!metadata.GetString(type.Name).StartsWith(prefix, StringComparison.Ordinal) || !IsNamedBy(metadata, method, type)) continue;
            foreach (var mover in type.GetMethods())
                if (metadata.GetString(metadata.GetMethodDefinition(mover).Name) == "MoveNext") return mover;
        }

        return default;
    }

    /// <summary>The attribute's argument ends with the machine's name.</summary>
    private static bool IsNamedBy(MetadataReader metadata, MethodDefinition method, TypeDefinition machine)
    {
        var name = "+" + metadata.GetString(machine.Name);
        return method.GetCustomAttributes()
            .Where(attribute => AttributeName(metadata, attribute) == StateMachines[0])
            .Select(attribute => metadata.GetBlobReader(metadata.GetCustomAttribute(attribute).Value))
            .Any(value => value.Length > 4 && value.ReadUInt16() == 1 && value.ReadSerializedString() is { } text
                && text.EndsWith(name, StringComparison.Ordinal));
    }

    private static StackWalk? BodyOf(PEReader file, MemberNames names, MethodDefinition method, Frame frame)
    {
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        return body.GetILReader() is { Length: > 0 and <= LargestBody } il && Instruction.Decode(il) is { } instructions
            ? new StackWalk(names, instructions, new ControlFlow(instructions, body.ExceptionRegions), frame) : null;
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
        if (name.IndexOf(">b__", StringComparison.Ordinal) >= 0) return "lambda";
        if (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal))
            name = name.Substring(4);
        var local = name.IndexOf(">g__", StringComparison.Ordinal);
        if (local < 0) return name.Substring(name.LastIndexOf('.') + 1);
        var bar = name.IndexOf('|', local);
        return name.Substring(local + 4, (bar < 0 ? name.Length : bar) - local - 4);
    }
}
