using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Quintet.BuildTasks.Reading;

/// <summary>Reads the methods of one assembly.</summary>
/// <param name="file">The file.</param>
/// <param name="names">Its members, and those that it refers to.</param>
/// <param name="length">The size of the file. Honest bodies lie side by side in it: thousands of methods that share one would keep a
/// reader busy for hours.</param>
internal sealed class MethodReader(PEReader file, MemberNames names, long length)
{
    /// <summary>Bodies beyond this size are generated; walking them costs more than they tell.</summary>
    private const int LargestBody = 64 * 1024;

    /// <summary>Guarded parts of one body; more is generated or made up.</summary>
    private const int MostRegions = 1024;

    private static readonly string[] StateMachines =
        ["AsyncStateMachineAttribute", "IteratorStateMachineAttribute", "AsyncIteratorStateMachineAttribute"];

    private readonly SlotTable _slots = new(names);
    private readonly ModeSwitches _modes = new(names.Metadata);
    private long _bytes = 2 * length;

    public List<MethodFacts> All()
    {
        var methods = new List<MethodFacts>();
        foreach (var handle in names.Metadata.MethodDefinitions)
            if (Read(handle) is { } method) methods.Add(method);
        return methods;
    }

    private MethodFacts? Read(MethodDefinitionHandle handle)
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
            var parameters = ParameterNames(method, callee.Parameters);
            frame = new Frame(callee.IsInstance, callee.ParameterTypes, parameters)
                { Owner = names.TypeName(method.GetDeclaringType()), Modes = _modes.Of(callee.ParameterTypes, parameters) };
            walk = BodyOf(method, frame);
            if (walk is not null) calls = walk.Run();
            if (frame.IsDualMode && StateMachineOf(method) is { IsNil: false } machine
                && BodyOf(metadata.GetMethodDefinition(machine), frame with { IsInstance = true, IsStateMachine = true })
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
            || method.GetCustomAttributes().Any(attribute => StateMachines.Contains(AttributeNames.Of(metadata, attribute)));
        return new MethodFacts
        {
            Id = callee.Id,
            Type = type,
            Name = Display(type, metadata.GetString(method.Name)),
            Returns = callee.Returns,
            IsVisible = IsVisible(method, toFriends: false),
            IsForFriends = !IsVisible(method, toFriends: false) && IsVisible(method, toFriends: true),
            EndsChain = endsChain,
            Modes = frame.Modes,
            TakesLock = callee.Returns == "System.IDisposable"
                && metadata.GetString(method.Name).IndexOf("Lock", StringComparison.Ordinal) >= 0,
            ParameterTypes = frame.ParameterTypes,
            ParameterNames = frame.ParameterNames,
            DelegateUses = walk?.DelegateUses ?? [],
            IsVirtual = (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.Final)) == MethodAttributes.Virtual,
            IsAbstract = (method.Attributes & MethodAttributes.Abstract) != 0,
            IsOfSealed = (owner.Attributes & TypeAttributes.Sealed) != 0,
            IsOpen = (owner.Attributes & (TypeAttributes.Sealed | TypeAttributes.Interface)) != TypeAttributes.Sealed
                && IsVisible(method, toFriends: false),
            Calls = calls,
            Implements = _slots.Of(handle),
        };
    }

    private string[] ParameterNames(MethodDefinition method, int count)
    {
        var found = new string[count];
        for (var i = 0; i < count; i++) found[i] = "";
        foreach (var parameter in method.GetParameters().Select(names.Metadata.GetParameter))
            if (parameter.SequenceNumber > 0 && parameter.SequenceNumber <= count)
                found[parameter.SequenceNumber - 1] = names.Metadata.GetString(parameter.Name);
        return found;
    }

    /// <summary>What moves the state machine of an async method; nil for any other method.</summary>
    private MethodDefinitionHandle StateMachineOf(MethodDefinition method)
    {
        var metadata = names.Metadata;
        if (!method.GetCustomAttributes().Any(attribute => AttributeNames.Of(metadata, attribute) == StateMachines[0])) return default;
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
            .Where(attribute => AttributeNames.Of(metadata, attribute) == StateMachines[0])
            .Select(attribute => metadata.GetBlobReader(metadata.GetCustomAttribute(attribute).Value))
            .Any(value => value.Length > 4 && value.ReadUInt16() == 1 && value.ReadSerializedString() is { } text
                && text.EndsWith(name, StringComparison.Ordinal));
    }

    /// <summary>Mixed assemblies have native methods among the others.</summary>
    private static bool HasBody(MethodDefinition method) => method.RelativeVirtualAddress != 0
        && (method.ImplAttributes & (MethodImplAttributes.CodeTypeMask | MethodImplAttributes.Unmanaged)) == MethodImplAttributes.IL;

    private StackWalk? BodyOf(MethodDefinition method, Frame frame)
    {
        if (!HasBody(method)) return null;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if ((_bytes -= body.Size) < 0 || body.ExceptionRegions.Length > MostRegions) return null;
        return body.GetILReader() is { Length: > 0 and <= LargestBody } il && Instruction.Decode(il) is { } instructions
            ? new StackWalk(names, instructions, new ControlFlow(instructions, body.ExceptionRegions), frame) : null;
    }

    private bool IsVisible(MethodDefinition method, bool toFriends)
    {
        var metadata = names.Metadata;
        var access = method.Attributes & MethodAttributes.MemberAccessMask;
        // Local functions are internal to compilers, not to people.
        if (metadata.GetString(method.Name).IndexOf('<') >= 0) return false;
        var visible = access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem
            || toFriends && access is MethodAttributes.Assembly or MethodAttributes.FamANDAssem;
        for (var handle = method.GetDeclaringType(); visible && !handle.IsNil;)
        {
            var type = metadata.GetTypeDefinition(handle);
            var visibility = type.Attributes & TypeAttributes.VisibilityMask;
            visible = visibility is TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily
                or TypeAttributes.NestedFamORAssem
                || toFriends && visibility is TypeAttributes.NotPublic or TypeAttributes.NestedAssembly;
            handle = type.GetDeclaringType();
        }

        return visible;
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
