using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Quintet.BuildTasks.Reading;

/// <summary>Reads the methods of one assembly.</summary>
/// <param name="file">The file.</param>
/// <param name="names">Its members, and those that it refers to.</param>
/// <param name="length">The size of the file. Honest bodies lie side by side in it: thousands of methods that share one would keep a
/// reader busy for hours.</param>
/// <param name="hasFriends">Other assemblies see what is internal.</param>
internal sealed class MethodReader(PEReader file, MemberNames names, long length, bool hasFriends)
{
    /// <summary>Bodies beyond this size are generated; walking them costs more than they tell.</summary>
    private const int LargestBody = 64 * 1024;

    /// <summary>Guarded parts of one body; more is generated or made up.</summary>
    private const int MostRegions = 1024;

    private static readonly string[] StateMachines =
        ["AsyncStateMachineAttribute", "IteratorStateMachineAttribute", "AsyncIteratorStateMachineAttribute"];

    private readonly SlotTable _slots = new(names);
    private readonly ModeSwitches _modes = new(names.Metadata);
    private readonly AttributeNames _attributes = new(names.Metadata);
    private readonly Dictionary<TypeDefinitionHandle, (bool ToAll, bool ToFriends)> _visible = [];
    private long _bytes = 2 * length;

    /// <summary>How many methods and accessors others can call.</summary>
    public int Visible { get; private set; }

    /// <summary>
    /// The methods of the assembly; with <paramref name="isKnown"/> only those that are asked for when effects are inferred, and calls only
    /// of bodies that may have some.
    /// </summary>
    public List<MethodFacts> All(Func<string, bool>? isKnown)
    {
        var drafts = new List<MethodDraft>();
        foreach (var handle in names.Metadata.MethodDefinitions)
            if (Draft(handle) is { } draft) drafts.Add(draft);
        Visible = drafts.Count(static draft => draft.IsVisible);
        var methods = new List<MethodFacts>();
        if (isKnown is null)
        {
            methods.AddRange(drafts.Select(draft => Read(draft, isFollowed: true, null)).OfType<MethodFacts>());
            return methods;
        }

        var (followed, asked, targets) = BodiesThatMatter.Of(drafts, names, isKnown);
        for (var i = 0; i < drafts.Count; i++)
            if ((asked[i] || IsAskedByName(drafts[i])) && Read(drafts[i], followed[i], targets) is { } method) methods.Add(method);
        return methods;
    }

    /// <summary>It may be the twin of another one, or the setter beside a getter.</summary>
    private bool IsAskedByName(MethodDraft draft) => names.Metadata.GetString(draft.Method.Name) is var name
        && (draft.IsVisible && name.EndsWith("Async", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal));

    private MethodDraft? Draft(MethodDefinitionHandle handle)
    {
        try
        {
            var method = names.Metadata.GetMethodDefinition(handle);
            var callee = names.Of(handle);
            var (isVisible, isForFriends) = Visibility(method);
            var draft = new MethodDraft
            {
                Method = method, Callee = callee, IsVisible = isVisible, IsForFriends = isForFriends,
                Type = names.TypeName(method.GetDeclaringType()),
                Modes = _modes.Of(callee.ParameterTypes, () => ParameterNames(method, callee.Parameters)),
                Implements = _slots.Of(handle),
            };
            draft.HasBody = Names(draft, method);
            if (draft.Modes.Length > 0 && StateMachineOf(method) is { IsNil: false } machine
                && names.Metadata.GetMethodDefinition(machine) is var mover && Names(draft, mover)) draft.Mover = mover;
            return draft;
        }
        // One body that cannot be read (obfuscators make them on purpose) spoils nothing but itself.
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>Whom a body names; false where there is none that is read.</summary>
    private bool Names(MethodDraft draft, MethodDefinition method)
    {
        if (!HasBody(method)) return false;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if ((_bytes -= body.Size) < 0 || body.ExceptionRegions.Length > MostRegions) return false;
        if (body.GetILReader() is not { Length: > 0 and <= LargestBody } il) return false;
        if (NamedMethods.In(il) is { } named) draft.Named = draft.Named.Length == 0 ? named : [.. draft.Named.Union(named)];
        else draft.IsOpaque = true;
        return true;
    }

    private MethodFacts? Read(MethodDraft draft, bool isFollowed, HashSet<string>? judged)
    {
        var (metadata, method) = (names.Metadata, draft.Method);
        var frame = new Frame(draft.Callee.IsInstance, draft.Callee.ParameterTypes, ParameterNames(method, draft.Callee.Parameters))
            { Owner = draft.Type, Modes = draft.Modes };
        StackWalk? walk = null;
        List<CallFact> calls = [];
        try
        {
            if (isFollowed && draft.HasBody) walk = BodyOf(method, frame, judged);
            if (walk is not null) calls = walk.Run();
            if (isFollowed && draft.Mover is { } mover
                && BodyOf(mover, frame with { IsInstance = true, IsStateMachine = true }, judged) is { } moved) calls = moved.Run();
        }
        catch (BadImageFormatException)
        {
            return null;
        }

        var owner = metadata.GetTypeDefinition(method.GetDeclaringType());
        var name = metadata.GetString(method.Name);
        return new MethodFacts
        {
            Id = draft.Callee.Id,
            Type = frame.Owner,
            Name = Display(frame.Owner, name),
            Returns = draft.Callee.Returns,
            IsVisible = draft.IsVisible,
            IsForFriends = draft.IsForFriends,
            EndsChain = draft.Callee.ReturnsTask
                || method.GetCustomAttributes().Any(attribute => StateMachines.Contains(_attributes.Of(attribute))),
            Modes = frame.Modes,
            TakesLock = draft.Callee.Returns == "System.IDisposable" && name.IndexOf("Lock", StringComparison.Ordinal) >= 0,
            ParameterTypes = frame.ParameterTypes,
            ParameterNames = frame.ParameterNames,
            DelegateUses = walk?.DelegateUses ?? [],
            IsVirtual = (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.Final)) == MethodAttributes.Virtual,
            IsAbstract = (method.Attributes & MethodAttributes.Abstract) != 0,
            IsOfSealed = (owner.Attributes & TypeAttributes.Sealed) != 0,
            IsOpen = (owner.Attributes & (TypeAttributes.Sealed | TypeAttributes.Interface)) != TypeAttributes.Sealed && draft.IsVisible,
            Calls = calls,
            Implements = draft.Implements,
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
        if (!method.GetCustomAttributes().Any(attribute => _attributes.Of(attribute) == StateMachines[0])) return default;
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
    private bool IsNamedBy(MetadataReader metadata, MethodDefinition method, TypeDefinition machine)
    {
        var name = "+" + metadata.GetString(machine.Name);
        return method.GetCustomAttributes()
            .Where(attribute => _attributes.Of(attribute) == StateMachines[0])
            .Select(attribute => metadata.GetBlobReader(metadata.GetCustomAttribute(attribute).Value))
            .Any(value => value.Length > 4 && value.ReadUInt16() == 1 && value.ReadSerializedString() is { } text
                && text.EndsWith(name, StringComparison.Ordinal));
    }

    /// <summary>Mixed assemblies have native methods among the others.</summary>
    private static bool HasBody(MethodDefinition method) => method.RelativeVirtualAddress != 0
        && (method.ImplAttributes & (MethodImplAttributes.CodeTypeMask | MethodImplAttributes.Unmanaged)) == MethodImplAttributes.IL;

    private StackWalk? BodyOf(MethodDefinition method, Frame frame, HashSet<string>? judged)
    {
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        return Instruction.Decode(body.GetILReader()) is { } instructions
            ? new StackWalk(names, instructions, new ControlFlow(instructions, body.ExceptionRegions), frame, judged) : null;
    }

    /// <summary>Whether everybody can call a method, or only the friends of its assembly.</summary>
    private (bool ToAll, bool ToFriends) Visibility(MethodDefinition method)
    {
        var access = method.Attributes & MethodAttributes.MemberAccessMask;
        var isPublic = access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
        if (!isPublic && access is not (MethodAttributes.Assembly or MethodAttributes.FamANDAssem)) return (false, false);
        var (toAll, toFriends) = VisibilityOf(method.GetDeclaringType());
        // Local functions are internal to compilers, not to people.
        if (!toFriends || names.Metadata.GetString(method.Name).IndexOf('<') >= 0) return (false, false);
        return (isPublic && toAll, hasFriends && !(isPublic && toAll));
    }

    private (bool ToAll, bool ToFriends) VisibilityOf(TypeDefinitionHandle handle)
    {
        if (_visible.TryGetValue(handle, out var known)) return known;
        var (toAll, toFriends) = (true, true);
        for (var current = handle; toFriends && !current.IsNil;)
        {
            var type = names.Metadata.GetTypeDefinition(current);
            var visibility = type.Attributes & TypeAttributes.VisibilityMask;
            toAll &= visibility is TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily
                or TypeAttributes.NestedFamORAssem;
            toFriends = toAll || visibility is TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily
                or TypeAttributes.NestedFamORAssem or TypeAttributes.NotPublic or TypeAttributes.NestedAssembly;
            current = type.GetDeclaringType();
        }

        return _visible[handle] = (toAll && toFriends, toFriends);
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
