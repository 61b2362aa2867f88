using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Quintet.BuildTasks.Reading;

/// <summary>Reads what the methods of one assembly call.</summary>
internal static class AssemblyReader
{
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
            return Read(file, new MemberNames(metadata), withBodies ? stream.Length : 0);
        }
        // Native, mixed, truncated, obfuscated, made up: whatever it is, it says nothing about effects.
        catch (Exception bad)
            when (bad is BadImageFormatException or IOException or InvalidOperationException or ArgumentException or OverflowException
            or IndexOutOfRangeException or InvalidCastException)
        {
            return null;
        }
    }

    /// <summary>The assemblies that see what is internal here.</summary>
    private static IEnumerable<string> Friends(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            if (AttributeNames.Of(metadata, handle) != "InternalsVisibleToAttribute") continue;
            var value = metadata.GetBlobReader(metadata.GetCustomAttribute(handle).Value);
            if (value.Length < 3 || value.ReadUInt16() != 1 || value.ReadSerializedString() is not { } friend) continue;
            yield return friend.Split(',')[0].Trim();
        }
    }

    private static AssemblyFacts Read(PEReader file, MemberNames names, long length)
    {
        var metadata = names.Metadata;
        var definition = metadata.GetAssemblyDefinition();
        return new AssemblyFacts
        {
            Name = metadata.GetString(definition.Name),
            Version = metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
            References =
                [.. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))],
            Friends = length > 0 ? [.. Friends(metadata)] : [],
            Methods = length > 0 ? new MethodReader(file, names, length).All() : [],
        };
    }
}
