using Quintet.CodeFixes.Refactorings;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>A synchronous method made async on request: from its head, or from a call in it.</summary>
public sealed class MakeAsyncRefactoringTests
{
    private const string Why = ": best for asynchronous I/O";

    private static async Task Becomes(string members, string expected, string title)
    {
        var lab = FixLab.OfMembers(members);
        var action = Assert.Single(await lab.RefactoringsAsync(new MakeAsyncRefactoring()));
        Assert.Equal((title + Why, MakeAsyncRefactoring.Key), (action.Title, action.EquivalenceKey));
        await FixAssert.IsAsync([FixLab.Wrap(expected)], await FixLab.ChangedAsync(action));
    }

    private static async Task NotOffered(string members) =>
        Assert.Empty(await FixLab.OfMembers(members).RefactoringsAsync(new MakeAsyncRefactoring()));

    [Theory]
    [InlineData("string Lo[||]ad(string path) { return File.ReadAllText(path); }")]
    [InlineData("[|string Load(string path)|] { return File.ReadAllText(path); }")]
    [InlineData("string Load(string path) { return File.Read[||]AllText(path); }")]
    [InlineData("string Load(string path) { return File.[|ReadAllText|](path); }")]
    public Task From_the_head_or_from_the_call(string members) => Becomes(
        members + "\nvoid Show() { /* all */ Console.Write(Load(\"a\")); }",
        "async Task<string> LoadAsync(string path) { return await File.ReadAllTextAsync(path); }\nasync Task Show() { "
        + "/* all */ Console.Write(await LoadAsync(\"a\")); }",
        "Make 'Load' async");

    [Theory]
    [InlineData("s.Flush(true);", "s.Flush(true);", "Make 'M' async (other calls in it can only wait, and are flagged then)")]
    [InlineData("s.ReadByte();", "s.ReadByte();", "Make 'M' async")]
    public Task What_can_only_wait_is_told(string beside, string after, string title) => Becomes(
        $"void M[||](FileStream s) {{ Thread.Sleep(5); {beside} }}",
        $"async Task M(FileStream s) {{ await Task.Delay(5); {after} }}", title);

    [Fact]
    public Task The_head_stands_for_all_calls_that_it_reaches() => Becomes(
        """
        // twice
        void Copy[||](string path)
        {
            var text = Read(path); // here
            Write(path, text);     // there
            Thread.Sleep(1);
        }

        string Read(string path) => File.ReadAllText(path);
        void Write(string path, string text) => File.WriteAllText(path, text);
        """,
        """
        // twice
        async Task Copy(string path)
        {
            var text = await ReadAsync(path); // here
            await WriteAsync(path, text);     // there
            await Task.Delay(1);
        }

        async Task<string> ReadAsync(string path) => await File.ReadAllTextAsync(path);
        async Task WriteAsync(string path, string text) => await File.WriteAllTextAsync(path, text);
        """,
        "Make 'Copy' async down to 'Read' and 'Write'");

    [Fact]
    public Task One_call_stands_for_its_own_path() => Becomes(
        "void Copy() { Re[||]ad(); } string Read() => File.ReadAllText(\"a\");",
        "async Task Copy() { await ReadAsync(); } async Task<string> ReadAsync() => await File.ReadAllTextAsync(\"a\");",
        "Make 'Copy' async down to 'Read'");

    [Fact]
    public Task A_twin_that_the_catalogue_does_not_know_is_one_too() => Becomes(
        "void M(Store s) { s.Sa[||]ve(); } public class Store { public void Save() { } public Task SaveAsync() => Task.CompletedTask; }",
        "async Task M(Store s) { await s.SaveAsync(); } public class Store { public void Save() { } "
        + "public Task SaveAsync() => Task.CompletedTask; }",
        "Make 'M' async");

    [Fact]
    public Task A_wait_for_a_task_is_awaited() => Becomes(
        "int M(Task<int> t) { return t.GetAwaiter().Get[||]Result(); }", "async Task<int> M(Task<int> t) { return await t; }",
        "Make 'M' async");

    [Theory]
    [InlineData("public void Lo[||]ad() { Thread.Sleep(1); }", "public async Task Load() { await Task.Delay(1); }")]
    [InlineData("void Lo[||]ad() { Thread.Sleep(1); } public void Show() { Load(); }",
        "async Task LoadAsync() { await Task.Delay(1); } public async Task Show() { await LoadAsync(); }")]
    [InlineData("public interface I { void Load(); } class D : I { void I.Load() => Load(); void Lo[||]ad() { Thread.Sleep(1); } }",
        "public interface I { Task Load(); } class D : I { async Task I.Load() => await LoadAsync(); async Task LoadAsync() { "
        + "await Task.Delay(1); } }")]
    public Task The_title_says_when_callers_elsewhere_break(string members, string expected) =>
        Becomes(members, expected, "Make 'Load' async (changes a public signature: callers elsewhere break)");

    [Theory]
    [InlineData("void M[||](out int n) { n = 1; Thread.Sleep(1); }")]
    [InlineData("void M[||](ref int n) { Thread.Sleep(1); }")]
    [InlineData("void M[||](in int n) { Thread.Sleep(1); }")]
    [InlineData("IEnumerable<int> M[||]() { Thread.Sleep(1); yield return 1; }")]
    [InlineData("int P { get { Thread.Sl[||]eep(1); return 1; } }")]
    [InlineData("public C() { Thread.Sl[||]eep(1); }")]
    [InlineData("public static C operator +(C a, C b) { Thread.Sl[||]eep(1); return a; }")]
    [InlineData("void M() { lock (this) { Thread.Sl[||]eep(1); } }")]
    [InlineData("void M[||]() { lock (this) { Thread.Sleep(1); } }")]
    [InlineData("System.Linq.Expressions.Expression<Func<string>> M() => () => File.Read[||]AllText(\"a\");")]
    [InlineData("class D : IDisposable { public void Dis[||]pose() { Thread.Sleep(1); } }")]
    [InlineData("class D : IComparable<int> { public int Compare[||]To(int o) { Thread.Sleep(1); return 1; } }")]
    [InlineData("void M() { Span<int> s = [1]; Thread.Sl[||]eep(1); s[0] = 1; }")]
    [InlineData("async Task M[||]() { Thread.Sleep(1); await Task.Yield(); }")]
    [InlineData("void M[||]() { Console.ReadLine(); }")]
    [InlineData("void M[||]() { }")]
    [InlineData("void M() { Thread.Sleep(1);[||] }")]
    [InlineData("void M() { Thre[||]ad.Sleep(1); }")]
    public Task Nothing_is_offered_where_the_fixes_refuse(string members) => NotOffered(members);

    [Fact]
    public async Task A_method_given_to_a_foreign_delegate_is_left_alone()
    {
        var lab = FixLab.OfMembers("void M[||](int n) { Thread.Sleep(n); } void All(List<int> l) => l.ForEach(M);");
        foreach (var action in await lab.RefactoringsAsync(new MakeAsyncRefactoring()))
            Assert.Empty((await action.GetOperationsAsync(CancellationToken.None))
                .OfType<Microsoft.CodeAnalysis.CodeActions.ApplyChangesOperation>()
                .SelectMany(change => change.ChangedSolution.GetChanges(lab.Solution).GetProjectChanges()));
    }
}
