using Microsoft.CodeAnalysis;

namespace Quintet.Tests;

/// <summary>The framework that the tests run on, ASP.NET Core included, as references: nothing is restored while tests run.</summary>
internal static class HostFramework
{
    public static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("Quintet.", StringComparison.Ordinal))
            .Where(static path => !Path.GetFileName(path).StartsWith("xunit", StringComparison.OrdinalIgnoreCase))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];
}
