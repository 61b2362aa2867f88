extern alias buildtasks;

using System.IO.Compression;
using buildtasks::Quintet.BuildTasks;

namespace Quintet.Tool.Loading;

/// <summary>
/// The assemblies behind a name on the command line: a file, a package file, or a package that was restored on this machine.
/// </summary>
internal sealed class PackageAssemblies : IDisposable
{
    private readonly TemporaryFolder? _unpacked;

    private PackageAssemblies(IReadOnlyList<string> paths, TemporaryFolder? unpacked = null) => (Paths, _unpacked) = (paths, unpacked);

    public IReadOnlyList<string> Paths { get; }

    public static PackageAssemblies Of(string what)
    {
        if (what.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase)) return Unpack(what);
        if (File.Exists(what)) return new PackageAssemblies([Path.GetFullPath(what)]);
        return Restored(what) is { } folder
            ? new PackageAssemblies(Newest(folder))
            : throw new UserError($"'{what}' is no file, and no package of that id was restored here (looked in {PackagesFolder}); "
                + "restore it, or give the path of a .dll or .nupkg");
    }

    public void Dispose() => _unpacked?.Dispose();

    private static PackageAssemblies Unpack(string file)
    {
        if (!File.Exists(file)) throw new UserError($"'{file}' does not exist");
        var folder = new TemporaryFolder();
        try
        {
            ZipFile.ExtractToDirectory(file, folder.Path);
            return new PackageAssemblies(Newest(folder.Path), folder);
        }
        catch (InvalidDataException)
        {
            folder.Dispose();
            throw new UserError($"'{file}' is no package: it is not a zip file");
        }
    }

    private static string PackagesFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string? Restored(string package)
    {
        var parts = package.Split('/');
        var folder = Path.Combine(PackagesFolder, parts[0].ToLowerInvariant());
        if (parts[0].Length == 0 || !Directory.Exists(folder)) return null;
        if (parts.Length > 1) return Directory.Exists(Path.Combine(folder, parts[1])) ? Path.Combine(folder, parts[1]) : null;
        return Directory.GetDirectories(folder).OrderBy(static path => VersionOf(Path.GetFileName(path))).LastOrDefault();
    }

    private static Version VersionOf(string text) => Version.TryParse(text.Split('-')[0], out var version) ? version : new Version(0, 0);

    /// <summary>The assemblies for the newest target framework that the package has.</summary>
    private static IReadOnlyList<string> Newest(string folder)
    {
        var lib = Path.Combine(folder, "lib");
        var frameworks = Directory.Exists(lib) ? Directory.GetDirectories(lib) : [];
        var chosen = frameworks.OrderBy(static path => Rank(Path.GetFileName(path))).ThenBy(static path => path, StringComparer.Ordinal)
            .LastOrDefault();
        string[] assemblies = chosen is null ? [] : [.. Directory.GetFiles(chosen, "*.dll").Select(PackageLayout.ImplementationOf)];
        return assemblies.Length > 0 ? assemblies : throw new UserError($"the package in {folder} has no assembly under lib/");
    }

    /// <summary>net10.0 before net8.0 before netstandard2.1 before the old framework.</summary>
    private static double Rank(string framework)
    {
        var digits =
            new string([.. framework.SkipWhile(static letter => !char.IsDigit(letter))
                .TakeWhile(static letter => char.IsDigit(letter) || letter == '.')]);
        var number = double.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        if (framework.StartsWith("netstandard", StringComparison.Ordinal)) return number;
        if (framework.StartsWith("netcoreapp", StringComparison.Ordinal)) return 3 + number;
        return digits.Contains('.', StringComparison.Ordinal) ? 10 + number : 0;
    }
}
