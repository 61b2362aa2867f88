using System.Security.Cryptography;
using System.Text;

namespace Quintet.Tests.Tool;

/// <summary>A small solution in a folder of its own, far from the settings of this repository.</summary>
internal sealed class SourceTree : IDisposable
{
    /// <summary>One finding of QNT4001 and, two calls away, one of QNT4002.</summary>
    public const string Blocking = """
        using System.IO;
        using System.Threading.Tasks;

        public class Store
        {
            public async Task<string> DirectAsync(string path)
            {
                var text = File.ReadAllText(path);
                await Task.Yield();
                return text;
            }

            public async Task<string> DeepAsync(string path)
            {
                await Task.Yield();
                return Load(path);
            }

            private static string Load(string path) => Read(path);

            private static string Read(string path) => File.ReadAllText(path);
        }
        """;

    /// <summary>The SDK looks for these in every folder above, and the temporary folder belongs to everybody.</summary>
    public SourceTree()
    {
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            With(name, "<Project />");
        With(".editorconfig", "root = true\n");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("quintet-tests-").FullName;

    public string this[string path] => Path.Combine(Root, path);

    public SourceTree With(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], content);
        return this;
    }

    public SourceTree WithProject(string name, string body = "", string frameworks = "net10.0")
    {
        var property = frameworks.Contains(';') ? "TargetFrameworks" : "TargetFramework";
        return With($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <{property}>{frameworks}</{property}>
                <LangVersion>latest</LangVersion>
              </PropertyGroup>
              {body}
            </Project>
            """);
    }

    /// <summary>Written as on Windows: the separators of a solution file are backslashes everywhere.</summary>
    public SourceTree WithSolution(params string[] projects)
    {
        var text = new StringBuilder("\r\nMicrosoft Visual Studio Solution File, Format Version 12.00\r\n# Visual Studio Version 17\r\n");
        foreach (var project in projects)
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var type = project.EndsWith(".vbproj") ? "{F184B08F-C81C-45F6-A57F-5ABD9991F28F}" : "{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}";
            var id = new Guid(MD5.HashData(Encoding.UTF8.GetBytes(name))).ToString("B").ToUpperInvariant();
            text.Append($"Project(\"{type}\") = \"{name}\", \"{project.Replace('/', '\\')}\", \"{id}\"\r\nEndProject\r\n");
        }

        text.Append("Global\r\nEndGlobal\r\n");
        return With("All.sln", text.ToString());
    }

    /// <summary>Names, contents and write times of everything: what must not change.</summary>
    public string Hash()
    {
        var text = new StringBuilder();
        foreach (var entry in Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var content = File.Exists(entry) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry))) : "folder";
            text.AppendLine($"{entry} {File.GetLastWriteTimeUtc(entry):O} {content}");
        }

        return text.ToString();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
