extern alias buildtasks;

using System.Collections;
using buildtasks::Quintet.BuildTasks;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Quintet.Tests.BuildTasks;

/// <summary>The task as a build runs it: what it says when a file cannot be read, and that it never fails.</summary>
public sealed class TaskTests
{
    private const string Store = "namespace Store { public class Disk { public string Load() => File.ReadAllText(\"a\"); } }";

    [Fact]
    public void Files_that_can_be_read_are_no_news()
    {
        using var lab = new EffectLab();
        var (lines, said) = Run(lab, lab.Compile("Store", Store));
        Assert.Single(lines);
        Assert.Equal(["Low: Quintet: 1 effect(s) of references, 1 assembly(ies) read."], said);
    }

    [Fact]
    public void A_file_that_somebody_else_holds_is_named_in_one_message()
    {
        using var lab = new EffectLab();
        var held = Path.Combine(lab.Folder, "Held.dll");
        var good = lab.Compile("Store", Store);
        File.Copy(good, held);
        using var holder = new FileStream(held, FileMode.Open, FileAccess.Read, FileShare.None);
        var (lines, said) = Run(lab, held, good);
        Assert.Single(lines);
        Assert.Equal(Unread(held), said[0]);
        Assert.Equal(2, said.Count);
    }

    [Fact]
    public void A_file_that_is_held_is_read_as_soon_as_it_is_not()
    {
        using var lab = new EffectLab();
        var store = lab.Compile("Store", Store);
        // What it is called is known already, what it does is not.
        var index = Run(lab, store);
        foreach (var kept in Directory.GetFiles(Path.Combine(lab.Folder, "cache"))) File.Delete(kept);
        using (new FileStream(store, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            var held = Run(lab, store);
            Assert.Empty(held.Lines);
            Assert.Equal(Unread(store), held.Said[0]);
        }

        Assert.Equal(index.Lines, Run(lab, store).Lines);
    }

    [Fact]
    public void A_build_looks_again_for_what_was_held_and_not_for_what_is_missing_or_no_assembly()
    {
        using var lab = new EffectLab();
        var store = lab.Compile("Store", Store);
        var native = Path.Combine(lab.Folder, "native.dll");
        File.WriteAllText(native, "no assembly");
        using (new FileStream(store, FileMode.Open, FileAccess.Read, FileShare.None))
            Assert.False(Complete(lab, store));
        Assert.True(Complete(lab, store, native, Path.Combine(lab.Folder, "Missing.dll"), lab.Folder));
    }

    [Fact]
    public void A_file_that_nobody_may_read_is_named_in_one_message()
    {
        if (OperatingSystem.IsWindows()) return;
        using var lab = new EffectLab();
        var closed = Path.Combine(lab.Folder, "Closed.dll");
        var good = lab.Compile("Store", Store);
        File.Copy(good, closed);
        File.SetUnixFileMode(closed, UnixFileMode.None);
        // Nothing is closed to who runs everything: then both are read, and they are one assembly.
        var unreadable = Environment.IsPrivilegedProcess ? 0 : 1;
        var (lines, said) = Run(lab, closed, good);
        Assert.Single(lines);
        Assert.Equal(1 + unreadable, said.Count);
        Assert.All(said, static message => Assert.StartsWith("Low: ", message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_output_that_cannot_be_written_fails_no_build()
    {
        using var lab = new EffectLab();
        var store = lab.Compile("Store", Store);
        Directory.CreateDirectory(Output(lab));
        var (_, said) = Run(lab, store);
        Assert.StartsWith("High: Quintet could not read the effects of references and goes on without: ", said[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_that_has_seen_its_references_opens_none_of_them()
    {
        using var lab = new EffectLab();
        var store = lab.Compile("Store", Store);
        var first = Run(lab, store);
        File.Delete(Output(lab));
        using (new FileStream(store, FileMode.Open, FileAccess.Read, FileShare.None))
            Assert.Equal(first.Lines, Run(lab, store).Lines);
        lab.Compile("Store", Store.Replace("\"a\"", "\"somewhere else\"", StringComparison.Ordinal)
            .Replace("Load", "LoadAll", StringComparison.Ordinal));
        Assert.Contains("LoadAll", Assert.Single(Run(lab, store).Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("another format\n")]
    [InlineData("\0\t\t\t\n\t\t\n")]
    public void An_index_that_is_broken_counts_as_none(string content)
    {
        using var lab = new EffectLab();
        var store = lab.Compile("Store", Store);
        var first = Run(lab, store);
        var index = Assert.Single(Directory.GetFiles(Path.Combine(lab.Folder, "cache", "index")));
        var head = File.ReadLines(index).First();
        foreach (var broken in new[] { content, $"{head}\n{store}\t1.2\tOther\n", $"{head}\n{store}\n", $"{head}\n{store}\t\t\t\t\t\n" })
        {
            File.WriteAllText(index, broken);
            Assert.Equal(first.Lines, Run(lab, store).Lines);
        }
    }

    private static bool Complete(EffectLab lab, params string[] references)
    {
        var task = TaskOf(lab, new Engine(), references);
        Assert.True(task.Execute());
        return task.IsComplete;
    }

    private static ReadReferenceEffects TaskOf(EffectLab lab, Engine engine, string[] references) => new()
    {
        BuildEngine = engine,
        References = [.. references.Select(static path => new TaskItem(path))],
        OutputFile = Output(lab),
        CacheFolder = Path.Combine(lab.Folder, "cache"),
    };

    private static (IReadOnlyList<string> Lines, IReadOnlyList<string> Said) Run(EffectLab lab, params string[] references)
    {
        var engine = new Engine();
        var task = TaskOf(lab, engine, references);
        Assert.True(task.Execute());
        return (File.Exists(task.OutputFile) ? [.. File.ReadLines(task.OutputFile).Skip(1)] : [], engine.Said);
    }

    private static string Unread(string path) =>
        $"Low: Quintet reads no effects from 1 reference(s) that hold no managed code or cannot be read, first {path}.";

    private static string Output(EffectLab lab) => Path.Combine(lab.Folder, "effects.quintet.txt");

    /// <summary>A build that remembers what it is told, and to which a warning is a failure.</summary>
    private sealed class Engine : IBuildEngine
    {
        public List<string> Said { get; } = [];

        public bool ContinueOnError => false;

        public int LineNumberOfTaskNode => 0;

        public int ColumnNumberOfTaskNode => 0;

        public string ProjectFileOfTaskNode => "Some.csproj";

        public bool BuildProjectFile(
            string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;

        public void LogCustomEvent(CustomBuildEventArgs e) => Assert.Fail(e.Message);

        public void LogErrorEvent(BuildErrorEventArgs e) => Assert.Fail(e.Message);

        public void LogWarningEvent(BuildWarningEventArgs e) => Assert.Fail(e.Message);

        public void LogMessageEvent(BuildMessageEventArgs e) => Said.Add($"{e.Importance}: {e.Message}");
    }
}
