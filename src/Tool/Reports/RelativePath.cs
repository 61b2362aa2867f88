namespace Quintet.Tool.Reports;

/// <summary>Paths as reports show them: from the folder that was checked, with forward slashes on every system.</summary>
internal static class RelativePath
{
    public static string Of(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
