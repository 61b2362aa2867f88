using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Quintet.Multiprocessing;

/// <summary>Looks for state that no member reaches, by the generator's own rule (<c>ObjectShape</c>).</summary>
internal static class HiddenFields
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // Where fields have been trimmed away nobody can look; then the codec is trusted, as it was written by the generator.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "As above.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above.")]
    internal static string? In(Type type, string[] members)
    {
        for (var at = type; at is not null && at != typeof(object) && at != typeof(ValueType); at = at.BaseType)
        {
            foreach (var field in at.GetFields(Own))
            {
                // Handlers of an event are not data; what the compiler keeps of one is a field of its name.
                if (at.GetEvent(field.Name, Own) is not null) continue;
                if (!Array.Exists(members, member => IsReached(field, member)))
                    return $"its state in '{Told(field)}' is reached by no constructor parameter or settable property.";
            }
        }
        return null;
    }

    private static bool IsReached(FieldInfo field, string member)
    {
        if (field.Name == member || field.Name == $"<{member}>k__BackingField") return true;
        return field.IsPrivate && string.Equals(Bare(Told(field)), member, StringComparison.OrdinalIgnoreCase);
    }

    private static string Bare(string field) => (field.StartsWith("m_", StringComparison.Ordinal) ? field[2..] : field).Trim('_');

    private static string Told(FieldInfo field) =>
        field.Name.IndexOf('>', StringComparison.Ordinal) is var end and > 1 ? field.Name[1..end] : field.Name;
}
