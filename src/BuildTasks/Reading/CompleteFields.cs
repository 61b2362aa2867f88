using System.Reflection;
using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>
/// The fields that hold complete tasks for ever: <c>static readonly Task&lt;bool&gt; Yes = Task.FromResult(true);</c>, or the like of each
/// object.
/// </summary>
/// <param name="names">The members of the assembly.</param>
/// <param name="types">Their types.</param>
/// <param name="stored">What the body of a constructor puts into fields; null for one that cannot be read.</param>
internal sealed class CompleteFields(
    MemberNames names, OwnTypes types, Func<int, IReadOnlyList<(string Field, Value Value)>?> stored)
{
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Whether a field, as <see cref="MemberNames.FieldOf"/> spells it, is one of them.</summary>
    public bool Is(string field)
    {
        if (_known.TryGetValue(field, out var known)) return known;
        // Asked on the way again, it is told by itself only.
        _known[field] = false;
        return _known[field] = IsNew(field);
    }

    private bool IsNew(string field)
    {
        var dot = field.LastIndexOf('.');
        if (dot < 0 || types.Find(field.Substring(0, dot)) is not (>= 0 and var type)) return false;
        if (AttributesOf(type, field.Substring(dot + 1)) is not { } attributes) return false;
        if ((attributes & FieldAttributes.InitOnly) == 0) return false;
        var maker = (attributes & FieldAttributes.Static) != 0 ? ".cctor" : ".ctor";
        return types.NamedMethodsOf(type).TryGetValue(maker, out var makers) && AreAllComplete(field, makers);
    }

    private bool AreAllComplete(string field, List<int> makers)
    {
        var isFilled = false;
        foreach (var maker in makers)
        {
            if (stored(maker) is not { } all) return false;
            foreach (var (name, value) in all)
            {
                if (name != field) continue;
                if (!CompleteTasks.IsComplete(value)) return false;
                isFilled = true;
            }
        }

        return isFilled;
    }

    private FieldAttributes? AttributesOf(int type, string name)
    {
        foreach (var handle in names.Metadata.GetTypeDefinition(OwnTypes.TypeAt(type)).GetFields())
        {
            var field = names.Metadata.GetFieldDefinition(handle);
            if (names.Metadata.StringComparer.Equals(field.Name, name)) return field.Attributes;
        }

        return null;
    }
}
