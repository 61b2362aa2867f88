using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Quintet.BuildTasks.Reading;

/// <summary>Reads what the methods of one assembly call.</summary>
internal static class AssemblyReader
{
    /// <summary>The facts of an assembly, all bodies read; null for a file that holds no managed code, or none that can be read.</summary>
    public static AssemblyFacts? Read(Stream stream) => Read(stream, withBodies: true, null, static facts => facts);

    /// <summary>
    /// What somebody makes of the facts of an assembly; null for a file that holds no managed code, or none that can be read.
    /// </summary>
    /// <param name="stream">The file.</param>
    /// <param name="known">
    /// Only bodies that lead to a member of which something is known are followed, other methods that matter are given without their
    /// calls.
    /// </param>
    /// <param name="make">Is given the facts, and reads bodies by asking for them, while the file is open.</param>
    public static T? Read<T>(Stream stream, KnownMembers known, Func<AssemblyFacts, T> make)
        where T : class => Read(stream, withBodies: true, known, make);

    /// <summary>Name, version and references, without the methods.</summary>
    public static AssemblyFacts? ReadHeader(Stream stream) => Read(stream, withBodies: false, null, static facts => facts);

    private static T? Read<T>(Stream stream, bool withBodies, KnownMembers? known, Func<AssemblyFacts, T> make)
        where T : class
    {
        try
        {
            using var file = new PEReader(stream, withBodies ? PEStreamOptions.LeaveOpen | PEStreamOptions.PrefetchEntireImage
                : PEStreamOptions.LeaveOpen);
            if (!file.HasMetadata) return null;
            var metadata = file.GetMetadataReader();
            return metadata.IsAssembly ? make(Read(file, new MemberNames(metadata), withBodies, stream.Length, known)) : null;
        }
        // Native, mixed, truncated, obfuscated, made up: whatever it is, it says nothing about effects.
        catch (Exception bad) when (IsOfFile(bad))
        {
            return null;
        }
    }

    /// <summary>What comes of a file that is not as it should be.</summary>
    public static bool IsOfFile(Exception bad) =>
        bad is BadImageFormatException or IOException or InvalidOperationException or ArgumentException or OverflowException
            or IndexOutOfRangeException or InvalidCastException;

    /// <summary>The assemblies that see what is internal here.</summary>
    private static IEnumerable<string> Friends(MetadataReader metadata)
    {
        var attributes = new AttributeNames(metadata);
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            if (attributes.Of(handle) != "InternalsVisibleToAttribute") continue;
            var value = metadata.GetBlobReader(metadata.GetCustomAttribute(handle).Value);
            if (value.Length < 3 || value.ReadUInt16() != 1 || value.ReadSerializedString() is not { } friend) continue;
            yield return friend.Split(',')[0].Trim();
        }
    }

    private static AssemblyFacts Read(
        PEReader file, MemberNames names, bool withBodies, long length, KnownMembers? known)
    {
        var metadata = names.Metadata;
        var definition = metadata.GetAssemblyDefinition();
        string[] friends = withBodies ? [.. Friends(metadata)] : [];
        var reader = withBodies ? new MethodReader(file, names, length, friends.Length > 0) : null;
        var (methods, callers) = reader?.All(known) ?? (new MethodTable(static _ => null), null);
        return new AssemblyFacts
        {
            Name = metadata.GetString(definition.Name),
            Version = metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
            References =
                [.. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))],
            Length = length,
            Friends = friends,
            Methods = methods.All,
            ById = methods.ById,
            Callers = callers,
            KeepsComplete = known is null ? null : reader!.KeepsComplete,
            Visible = reader?.Visible ?? 0,
        };
    }
}
