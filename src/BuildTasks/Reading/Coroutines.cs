using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>The async methods and iterators of an assembly, and what moves the state machines of the former.</summary>
internal sealed class Coroutines
{
    private const string OfAsync = "AsyncStateMachineAttribute";

    private readonly MetadataReader _metadata;
    private readonly OwnTypes _types;
    private readonly AttributeNames _attributes;
    private readonly HashSet<int> _async = [];
    private readonly HashSet<int> _all = [];

    [MethodImpl(Speed.Hot)]
    public Coroutines(MetadataReader metadata, OwnTypes types)
    {
        (_metadata, _types, _attributes) = (metadata, types, new AttributeNames(metadata));
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.CustomAttribute); row++)
        {
            var attribute = MetadataTokens.CustomAttributeHandle(row);
            var parent = metadata.GetCustomAttribute(attribute).Parent;
            if (parent.Kind != HandleKind.MethodDefinition) continue;
            var name = _attributes.Of(attribute);
            if (name is not (OfAsync or "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute")) continue;
            _all.Add(OwnTypes.NumberOf(parent));
            if (name == OfAsync) _async.Add(OwnTypes.NumberOf(parent));
        }
    }

    public bool Is(int method) => _all.Contains(method);

    public bool IsAsync(int method) => _async.Contains(method);

    /// <summary>What moves the state machine of an async method; -1 where none is found.</summary>
    public int MoverOf(int number)
    {
        var method = _metadata.GetMethodDefinition(OwnTypes.MethodAt(number));
        // Compilers name the type after the method, `<Open>d__7`, and the attribute tells which of several overloads it belongs to.
        var prefix = $"<{_metadata.GetString(method.Name)}>d__";
        foreach (var nested in _metadata.GetTypeDefinition(OwnTypes.TypeAt(_types.OwnerOf(number))).GetNestedTypes())
        {
            var type = _metadata.GetTypeDefinition(nested);
            if (!_metadata.StringComparer.StartsWith(type.Name, prefix) || !IsNamedBy(method, type)) continue;
            foreach (var mover in type.GetMethods())
                if (_metadata.StringComparer.Equals(_metadata.GetMethodDefinition(mover).Name, "MoveNext")) return OwnTypes.NumberOf(mover);
        }

        return -1;
    }

    /// <summary>The attribute's argument ends with the machine's name.</summary>
    private bool IsNamedBy(MethodDefinition method, TypeDefinition machine)
    {
        var name = "+" + _metadata.GetString(machine.Name);
        return method.GetCustomAttributes()
            .Where(attribute => _attributes.Of(attribute) == OfAsync)
            .Select(attribute => _metadata.GetBlobReader(_metadata.GetCustomAttribute(attribute).Value))
            .Any(value => value.Length > 4 && value.ReadUInt16() == 1 && value.ReadSerializedString() is { } text
                && text.EndsWith(name, StringComparison.Ordinal));
    }
}
