extern alias buildtasks;

using System.Runtime.InteropServices;
using buildtasks::Quintet.BuildTasks;
using buildtasks::Quintet.BuildTasks.Caching;

namespace Quintet.Tests.BuildTasks;

/// <summary>A process of its own reads what the build's would have read, and without one nothing is missing.</summary>
public sealed class ReaderProcessTests
{
    private const string Store = "namespace Store { public class Disk { public string Load() => File.ReadAllText(\"a\"); } }";

    private const string Shop = "namespace Shop { public class Till { public string Open() => new Store.Disk().Load(); } }";

    [Fact]
    public void It_leaves_in_the_cache_what_the_build_would_have_read()
    {
        using var lab = new EffectLab();
        var references = Compile(lab);
        var here = Read(lab, "here", process: null, references);
        var there = Read(lab, "there", static folder => new ReaderProcess(Host, folder) { LeastBytes = 1 }, references);
        Assert.Equal((2, 0), (here.Read, there.Read));
        Assert.Equal(here.Lines, there.Lines);
        Assert.Contains(there.Lines, static line => line.Contains("Disk.Load", StringComparison.Ordinal));
        Assert.Equal(KeptIn(lab, "here"), KeptIn(lab, "there"));
    }

    [Fact]
    public void For_little_none_is_started()
    {
        using var lab = new EffectLab();
        var references = Compile(lab);
        var length = references.Sum(static path => new FileInfo(path).Length);
        Assert.Equal(2, Read(lab, "less", folder => new ReaderProcess(Host, folder) { LeastBytes = length + 1 }, references).Read);
        Assert.Equal(0, Read(lab, "enough", folder => new ReaderProcess(Host, folder) { LeastBytes = length }, references).Read);
    }

    [Fact]
    public void What_is_known_by_its_header_only_is_read_there_too()
    {
        using var lab = new EffectLab();
        var references = Compile(lab);
        var here = Read(lab, "cache", process: null, references);
        foreach (var kept in Directory.GetFiles(Path.Combine(lab.Folder, "cache"))) File.Delete(kept);
        var there = Read(lab, "cache", static folder => new ReaderProcess(Host, folder) { LeastBytes = 1 }, references);
        Assert.Equal(0, there.Read);
        Assert.Equal(here.Lines, there.Lines);
    }

    [Theory]
    [InlineData("no-such-host")]
    [InlineData("")]
    public void Without_a_host_the_build_reads_itself(string host)
    {
        using var lab = new EffectLab();
        var references = Compile(lab);
        // What is there and no program is no host either.
        var path = host.Length == 0 ? references[0] : host;
        var read = Read(lab, "cache", folder => new ReaderProcess(path, folder) { LeastBytes = 1 }, references);
        Assert.Equal(2, read.Read);
        Assert.Equal(2, read.Lines.Count);
    }

    [Fact]
    public void What_it_could_not_leave_the_build_reads_itself()
    {
        using var lab = new EffectLab();
        var references = Compile(lab);
        // A file is in the way of the folder that it would be told of.
        File.WriteAllText(Path.Combine(lab.Folder, "cache"), "");
        var read = Read(lab, "cache", static folder => new ReaderProcess(Host, folder) { LeastBytes = 1 }, references);
        Assert.Equal(2, read.Read);
        Assert.Equal(2, read.Lines.Count);
    }

    [Fact]
    public void A_build_that_was_cancelled_starts_none()
    {
        using var lab = new EffectLab();
        var references = Compile(lab);
        var read = Read(lab, "cache", static folder =>
        {
            var process = new ReaderProcess(Host, folder) { LeastBytes = 1 };
            process.Cancel();
            return process;
        }, references);
        Assert.Equal(2, read.Read);
    }

    /// <summary>The one that runs this test.</summary>
    private static string Host => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private static string[] Compile(EffectLab lab)
    {
        var store = lab.Compile("Store", Store);
        return [store, lab.Compile("Shop", Shop, references: store)];
    }

    private static (IReadOnlyList<string> Lines, int Read) Read(
        EffectLab lab, string cache, Func<string, ReaderProcess>? process, string[] references)
    {
        var folder = Path.Combine(lab.Folder, cache);
        var effects = new ReferenceEffects(new EffectCache(folder), process?.Invoke(folder));
        return (effects.LinesOf(references), effects.Read);
    }

    private static string[] KeptIn(EffectLab lab, string cache) =>
        [.. Directory.GetFiles(Path.Combine(lab.Folder, cache), "*.txt").Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
}
