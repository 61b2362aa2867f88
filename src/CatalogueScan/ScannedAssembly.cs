extern alias buildtasks;

using buildtasks::Quintet.BuildTasks.Reading;

namespace Quintet.CatalogueScan;

/// <summary>
/// Puts the methods of one assembly and the calls in their bodies into the graph, as the build reads them of a reference.
/// </summary>
internal static class ScannedAssembly
{
    public static void Read(string path, CallGraph graph)
    {
        using var stream = File.OpenRead(path);
        if (AssemblyReader.Read(stream) is not { } assembly) return; // a native library beside the managed ones
        foreach (var method in assembly.Methods)
        {
            graph.Add(new ScannedMethod(method.Id, method.Type, NameOf(method), method.IsVisible, IsAwaitable(method.Returns)));
            foreach (var call in method.Calls) graph.AddCall(method.Id, call.Target);
        }
    }

    /// <summary>As in metadata: what follows the type in the id, in which <c>#</c> stands for a dot.</summary>
    private static string NameOf(MethodFacts method)
    {
        var name = method.Id[(method.Type.Length + 3)..];
        var end = name.AsSpan().IndexOfAny('(', '~');
        if (end >= 0) name = name[..end];
        var arity = name.IndexOf("``", StringComparison.Ordinal);
        return (arity < 0 ? name : name[..arity]).Replace('#', '.');
    }

    private static bool IsAwaitable(string type) => Callee.IsTask(type) || type == "System.IAsyncResult";
}
