using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Members and locals that are called as the types are that a fix writes.</summary>
public sealed class HiddenNameTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Fix = new();
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();

    [Theory]
    [InlineData("string Task => \"\";", "global::System.Threading.Tasks.Task.Delay(1)")]
    [InlineData("int Task() => 1;", "global::System.Threading.Tasks.Task.Delay(1)")]
    [InlineData("readonly int Task = 1;", "global::System.Threading.Tasks.Task.Delay(1)")]
    // A member that is called as its own type is hides nothing.
    [InlineData("Task? Task { get; set; }", "Task.Delay(1)")]
    [InlineData("string Tasks => \"\";", "Task.Delay(1)")]
    public Task The_type_is_named_in_full_where_a_member_has_its_name(string member, string call) => FixAssert.BecomesAsync(
        Fix,
        member + "\nasync System.Threading.Tasks.Task M() { [|Thread.Sleep(1)|]; await System.Threading.Tasks.Task.Yield(); }",
        member + $"\nasync System.Threading.Tasks.Task M() {{ await {call}; await System.Threading.Tasks.Task.Yield(); }}");

    [Theory]
    [InlineData("Task", "global::System.Threading.Tasks.Task.Delay(1)")]
    [InlineData("tasks", "Task.Delay(1)")]
    public Task A_local_hides_it_too(string name, string call) => FixAssert.BecomesAsync(
        Fix,
        $"async Task M(int {name}) {{ [|Thread.Sleep({name})|]; await System.Threading.Tasks.Task.Yield(); }}",
        $"async Task M(int {name}) {{ await {call.Replace("1", name, StringComparison.Ordinal)}; "
            + "await System.Threading.Tasks.Task.Yield(); }");

    [Fact]
    public Task Return_types_are_types_wherever_they_stand() => FixAssert.BecomesAsync(
        Reached,
        FixLab.OfMembers("""
            int Task => 1;
            async Task HandleAsync(A a) { await System.Threading.Tasks.Task.Yield(); [|a.Load()|]; }
            abstract class A { public abstract int Load(); }
            class B : A { int Task => 1; public override int Load() => {|1:File.ReadAllText("a")|}.Length; }
            class D : A { int Task => 1; public override int Load() { return 1; } }
            """).With(FindingProperties.Twin, "auto"),
        [FixLab.Wrap("""
            int Task => 1;
            async Task HandleAsync(A a) { await System.Threading.Tasks.Task.Yield(); await a.LoadAsync(); }
            abstract class A { public abstract Task<int> LoadAsync(); }
            class B : A { int Task => 1; public override async Task<int> LoadAsync() => (await File.ReadAllTextAsync("a")).Length; }
            class D : A { int Task => 1; public override Task<int> LoadAsync() { RETURN(1); } }
            """.Replace("RETURN", "return global::System.Threading.Tasks.Task.FromResult", StringComparison.Ordinal))]);

    [Theory]
    [InlineData("Interlocked", "global::System.Threading.Interlocked")]
    [InlineData("Locked", "Interlocked")]
    public Task Interlocked_too(string member, string type)
    {
        string Text(string add) => $"int {member} => 1; readonly object _gate = new(); int Sum(List<int[]> all) {{ var sum = 0; "
            + $"Parallel.ForEach(all, one => {{ {add} }}); return sum; }}";
        return FixAssert.BecomesAsync(
            new QNT3001SerialisedParallelBodyFix(), Text("[|lock (_gate)|] { sum += one.Length; }"),
            Text($"{type}.Add(ref sum, one.Length);"));
    }
}
