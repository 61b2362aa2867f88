extern alias buildtasks;

using buildtasks::Quintet.BuildTasks;

namespace Quintet.Tests.BuildTasks;

/// <summary>Which file of a package has the bodies behind the one that a project is given.</summary>
public sealed class PackageLayoutTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("quintet-layout-").FullName;

    [Theory]
    [InlineData("lib/net8.0", "", "lib/net8.0")]
    [InlineData("lib/net8.0", "runtimes/unix/lib/net8.0", "runtimes/unix/lib/net8.0")]
    [InlineData("lib/net8.0", "runtimes/win/lib/net8.0 runtimes/unix/lib/net8.0", "runtimes/unix/lib/net8.0")]
    [InlineData("lib/net8.0", "runtimes/win/lib/net8.0", "runtimes/win/lib/net8.0")]
    [InlineData("lib/net8.0", "runtimes/unix/lib/net6.0 runtimes/unix/lib/net7.0", "runtimes/unix/lib/net7.0")]
    [InlineData("lib/net8.0", "runtimes/unix/lib/net9.0", "lib/net8.0")]
    [InlineData("lib/net8.0", "runtimes/unix/lib/netstandard2.0", "lib/net8.0")]
    [InlineData("lib/netstandard2.0", "runtimes/unix/lib/net8.0", "lib/netstandard2.0")]
    [InlineData("lib/netstandard2.0", "runtimes/unix/lib/netstandard2.0", "runtimes/unix/lib/netstandard2.0")]
    [InlineData("ref/net8.0", "lib/net8.0", "lib/net8.0")]
    [InlineData("ref/net8.0", "lib/net6.0 lib/net9.0", "lib/net6.0")]
    [InlineData("ref/net8.0", "lib/net8.0 runtimes/linux/lib/net8.0", "runtimes/linux/lib/net8.0")]
    [InlineData("ref/net8.0", "", "ref/net8.0")]
    [InlineData("bin/net8.0", "lib/net8.0 runtimes/unix/lib/net8.0", "bin/net8.0")]
    [InlineData("lib/net8.0-windows7.0", "runtimes/win/lib/net8.0", "runtimes/win/lib/net8.0")]
    public void The_bodies_lie_where_they_are_deployed_from(string given, string others, string expected)
    {
        foreach (var folder in others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(given))
        {
            Directory.CreateDirectory(Path.Combine(_root, folder));
            File.WriteAllText(Path.Combine(_root, folder, "A.dll"), "");
        }

        Assert.Equal(Path.GetFullPath(Path.Combine(_root, expected, "A.dll")),
            PackageLayout.ImplementationOf(Path.GetFullPath(Path.Combine(_root, given, "A.dll"))));
    }

    [Fact]
    public void A_file_that_lies_nowhere_stays_what_it_is() => Assert.Equal("A.dll", PackageLayout.ImplementationOf("A.dll"));

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
