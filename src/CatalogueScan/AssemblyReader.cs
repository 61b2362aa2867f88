using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Quintet.CatalogueScan;

/// <summary>Puts the methods of one assembly and the calls in their bodies into the graph.</summary>
internal static class AssemblyReader
{
    public static void Read(string path, CallGraph graph)
    {
        using var stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        if (!file.HasMetadata) return; // a native library beside the managed ones
        var names = new MemberNames(file.GetMetadataReader());
        foreach (var handle in names.Metadata.MethodDefinitions) ReadMethod(file, names, handle, graph);
    }

    private static void ReadMethod(PEReader file, MemberNames names, MethodDefinitionHandle handle, CallGraph graph)
    {
        var definition = names.Metadata.GetMethodDefinition(handle);
        var id = names.IdOf(handle);
        graph.Add(new ScannedMethod(
            id,
            names.TypeName(definition.GetDeclaringType()),
            names.Metadata.GetString(definition.Name),
            IsVisible(names.Metadata, definition),
            ReturnsAwaitable(names.ReturnTypeOf(definition))));
        if (definition.RelativeVirtualAddress == 0) return;

        var body = file.GetMethodBody(definition.RelativeVirtualAddress);
        foreach (var callee in CallInstructions.In(body.GetILReader()))
            if (names.IdOf(callee) is { } calleeId) graph.AddCall(id, calleeId);
    }

    private static bool IsVisible(MetadataReader metadata, MethodDefinition method)
    {
        var access = method.Attributes & MethodAttributes.MemberAccessMask;
        if (access is not (MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem)) return false;
        for (var handle = method.GetDeclaringType(); !handle.IsNil;)
        {
            var type = metadata.GetTypeDefinition(handle);
            var visibility = type.Attributes & TypeAttributes.VisibilityMask;
            if (visibility is not (TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily)) return false;
            handle = type.GetDeclaringType();
        }

        return true;
    }

    private static bool ReturnsAwaitable(string type) =>
        type.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal)
        || type.StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal)
        || type.StartsWith("System.Collections.Generic.IAsyncEnumer", StringComparison.Ordinal)
        || type == "System.IAsyncResult";
}
