using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// What calls into the framework do to state that others can see, told by where they are declared and what they are called.
/// </summary>
internal static class KnownCalls
{
    private static readonly string[] Getting = ["Read", "Get", "Load", "Download", "Exists", "Enumerate", "OpenRead", "OpenText", "Query",
        "Find", "Fetch"];

    private static readonly string[] Looking =
        ["Contains", "ContainsKey", "IndexOf", "TryGetValue", "ToArray", "GetEnumerator", "Equals", "GetHashCode", "CopyTo", "BinarySearch",
            "Exists", "AsSpan"];

    private static readonly HashSet<string> Stateful = new(StringComparer.Ordinal)
    {
        "Console", "Debug", "Trace", "Interlocked", "Volatile", "Monitor", "GC", "AppDomain", "Process", "ThreadPool", "Timer", "Registry",
        "Environment", "Parallel",
    };

    /// <summary>
    /// A call that changes nothing that others see: computes, sleeps, or reads a device. Static members, and members of objects that are
    /// made for sharing.
    /// </summary>
    public static bool IsQuiet(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type || !IsFramework(type)) return false;
        if (Stateful.Contains(type.Name)) return type.Name == "Environment" && Starts(method, Getting);
        if (type.Name == "Thread") return method.Name == "Sleep";
        return !IsDevice(method) || OnlyGets(method);
    }

    /// <summary>Sorts, fills or copies into what it is given.</summary>
    public static bool MayWriteArguments(IMethodSymbol method) =>
        method.ContainingType.Name
            is "Array" or "Buffer" or "MemoryExtensions" or "CollectionsMarshal" or "CollectionExtensions" or "RandomNumberGenerator"
            && !OnlyLooks(method);

    /// <summary>By its name the call takes something from a device and leaves the device as it was.</summary>
    public static bool OnlyGets(IMethodSymbol method) =>
        Starts(method, Getting) || TaskWaits.IsTask(method.ContainingType) || method.Name is "Sleep" or "GetResult";

    /// <summary>A member of a collection or array that looks and does not touch.</summary>
    public static bool OnlyLooks(IMethodSymbol method) =>
        Looking.Contains(method.Name)
            && method.ContainingNamespace?.ToDisplayString()
                is "System" or "System.Collections" or "System.Collections.Generic" or "System.Collections.Concurrent"
        || TaskWaits.IsTask(method.ContainingType)
        || method.ContainingType.Name is "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaiter";

    /// <summary>Input or output of any weight.</summary>
    public static bool IsDevice(IMethodSymbol method) =>
        ApiCatalogue.Default.Find(method, ApiVerb.Blocks) is { } entry && (entry.When & ApiConditions.Queryable) == 0
        || method.ContainingType is { Name: "File" or "Directory" or "FileInfo" or "DirectoryInfo" or "HttpClient" };

    private static bool IsFramework(INamedTypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is { } space
        && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));

    private static bool Starts(IMethodSymbol method, string[] words) =>
        words.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal));
}
