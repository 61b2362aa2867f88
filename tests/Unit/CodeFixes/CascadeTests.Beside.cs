using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

public sealed partial class CascadeTests
{
    private const string Elsewhere = "changes a public signature: callers elsewhere break";

    [Theory]
    [InlineData("public", "Make 'Load' async down to 'Read' (" + Elsewhere + ")")]
    // Nobody else can know it.
    [InlineData("internal", "Make 'Load' async down to 'Read'")]
    public async Task A_chain_in_another_project_says_what_it_changes(string accessibility, string title)
    {
        var lab = Lab(
            [
                FixLab.Usings + $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"P2\")]\n{accessibility} class Store {{ "
                + "public string Load() => {|1:Read()|}; static string Read() => {|2:File.ReadAllText(\"a\")|}; }\n",
            ],
            [FixLab.Usings + "class D { async Task M(Store s) { await Task.Yield(); Console.Write([|s.Load()|]); } }\n"]);
        var action = Assert.Single(await lab.ActionsAsync(Reached));
        Assert.Equal(title, action.Title);
        Assert.Contains("await s.LoadAsync()", (await FixLab.TextsAsync(await FixLab.ChangedAsync(action)))[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s.Read(b, 0, 3)", "await s.ReadAsync(b, 0, 3)")]
    [InlineData("s.Read(b, 1, 3)", "await s.ReadAsync(b, 1, 3)")]
    // A time of zero only looks.
    [InlineData("Task.Delay(5).Wait(0)", "Task.Delay(5).Wait(0)")]
    [InlineData("new SemaphoreSlim(1).Wait(TimeSpan.Zero)", "new SemaphoreSlim(1).Wait(TimeSpan.Zero)")]
    public Task What_waits_beside_it_is_awaited_too(string beside, string expected) => Becomes(
        "async Task M(FileStream s, byte[] b) { await Task.Yield(); [|Load(s, b)|]; }\n"
        + $"void Load(FileStream s, byte[] b) {{ {{|1:Thread.Sleep(5)|}}; Console.Write({beside}); }}",
        "async Task M(FileStream s, byte[] b) { await Task.Yield(); await LoadAsync(s, b); }\n"
        + $"async Task LoadAsync(FileStream s, byte[] b) {{ await Task.Delay(5); Console.Write({expected}); }}");

    [Theory]
    [InlineData("s.Flush(true)", "Make 'Load' async (other calls in it can only wait, and are flagged then)")]
    [InlineData("s.Flush()", "Make 'Load' async")]
    public async Task What_can_only_wait_beside_it_is_told(string beside, string title)
    {
        var lab = OfMembers("async Task M(FileStream s) { await Task.Yield(); [|Load(s)|]; }\n"
            + $"void Load(FileStream s) {{ {{|1:Thread.Sleep(5)|}}; {beside}; }}");
        Assert.Equal(title, Assert.Single(await lab.ActionsAsync(Reached)).Title);
    }
}
