namespace Quintet.Analyzers.Catalogue;

/// <summary>
/// The package <c>System.IO.Abstractions</c>, behind which tests put a disk of their own: its types have the members of the base library's
/// one to one, asynchronous forms included, and what runs outside of tests is the base library.
/// </summary>
internal static class FileAbstractions
{
    private const string Members = "M:System.IO.Abstractions.";

    private static readonly string[] Types = ["DirectoryInfo", "FileInfo", "Directory", "File"];

    /// <summary>The member of the base library that stands behind a member of the package; any other one itself.</summary>
    /// <param name="id">A documentation id.</param>
    public static string Real(string id)
    {
        if (!id.StartsWith(Members, StringComparison.Ordinal)) return id;
        var end = id.IndexOf('.', Members.Length);
        if (end < 0) return id;
        var type = id.Substring(Members.Length, end - Members.Length);
        var real = Types.FirstOrDefault(name => type == $"I{name}" || type == $"{name}Base" || type == $"{name}Wrapper");
        return real is null ? id : $"M:System.IO.{real}{id.Substring(end)}";
    }
}
