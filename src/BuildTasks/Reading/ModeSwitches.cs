using System.Reflection.Metadata;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>
/// The parameters that choose between asynchronous and synchronous work: a <c>bool</c> whose name says so, or an enumeration of the
/// assembly that has one value for each, one of them zero.
/// </summary>
internal sealed class ModeSwitches(MetadataReader metadata)
{
    private Dictionary<string, ModeSwitch>? _enumerations;

    /// <summary>By ordinal, what each parameter chooses; empty where none chooses.</summary>
    /// <param name="types">The types of the parameters.</param>
    /// <param name="names">Gives their names, which most methods are not asked for.</param>
    [MethodImpl(Speed.Hot)]
    public ModeSwitch[] Of(IReadOnlyList<string> types, Func<string[]> names)
    {
        ModeSwitch[]? found = null;
        string[]? named = null;
        for (var i = 0; i < types.Count; i++)
        {
            var mode = types[i] == "System.Boolean" ? OfName((named ??= names())[i])
                : types[i].StartsWith("System.", StringComparison.Ordinal) ? ModeSwitch.None : OfType(types[i]);
            if (mode != ModeSwitch.None) (found ??= new ModeSwitch[types.Count])[i] = mode;
        }

        return found ?? [];
    }

    private static ModeSwitch OfName(string name) => !Says(name, "sync") ? ModeSwitch.None
        : Says(name, "async") ? ModeSwitch.SetIsAsynchronous : ModeSwitch.SetIsSynchronous;

    private ModeSwitch OfType(string type) =>
        (_enumerations ??= Enumerations()).TryGetValue(type, out var found) ? found : ModeSwitch.None;

    private Dictionary<string, ModeSwitch> Enumerations()
    {
        var found = new Dictionary<string, ModeSwitch>(StringComparer.Ordinal);
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (type.BaseType.Kind != HandleKind.TypeReference
                || metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type.BaseType).Name) != "Enum") continue;
            if (OfFields(type) is var mode and not ModeSwitch.None)
                found[new DocumentationIdSpelling(metadata).GetTypeFromDefinition(metadata, handle, 0)] = mode;
        }

        return found;
    }

    /// <summary>Two values, whose names are those of the two forms.</summary>
    private ModeSwitch OfFields(TypeDefinition type)
    {
        var (synchronous, asynchronous) = (-1, -1);
        var values = 0;
        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            if (field.GetDefaultValue().IsNil) continue;
            var constant = metadata.GetConstant(field.GetDefaultValue());
            if (++values > 2 || constant.TypeCode != ConstantTypeCode.Int32) return ModeSwitch.None;
            var (name, value) = (metadata.GetString(field.Name), metadata.GetBlobReader(constant.Value).ReadInt32());
            if (Says(name, "async")) asynchronous = value;
            else if (Says(name, "sync")) synchronous = value;
        }

        return (synchronous, asynchronous) switch
        {
            (0, > 0) => ModeSwitch.SetIsAsynchronous,
            ( > 0, 0) => ModeSwitch.SetIsSynchronous,
            _ => ModeSwitch.None,
        };
    }

    private static bool Says(string name, string word) => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
