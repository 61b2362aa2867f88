using Quintet.Analyzers.Findings;
using Quintet.CodeFixes;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Moves to our runtime's models, which light up when its types are referenced.</summary>
public sealed class RuntimeMoveTests
{
    private const string OnGoroutine = "QNT4005.Goroutine";
    private const string InProcess = "QNT4005.Process";
    private const string OnPool = "QNT4005.TaskRun";
    private const string Burn = "static int Burn(int n) => n;";
    private static readonly QNT4005CpuBoundWorkInCoroutineFix Coroutine = new();

    private static FixLab Lab(string context, string members, params string[] runtime) =>
        FixLab.Of([FixLab.Wrap(members), .. runtime]).With(FindingProperties.Context, context)
            .With(FindingProperties.Moves, context == "Coroutine" ? "Goroutines,Multiprocessing" : "Multiprocessing,Goroutines");

    private static async Task<IEnumerable<string?>> Keys(string context, string members, params string[] runtime) =>
        (await Lab(context, members, runtime).ActionsAsync(Coroutine)).Select(static action => action.EquivalenceKey);

    private static Task InWorker(string members, string expected) => FixAssert.BecomesAsync(
        Coroutine,
        Lab("Request", members, RuntimeStubs.Processes),
        [FixLab.Wrap(expected)
            .Replace("Tasks;\n", expected.Contains("ProcessPool Workers", StringComparison.Ordinal)
                ? "Tasks;\nusing Quintet.Multiprocessing;\n"
                : "Tasks;\n", StringComparison.Ordinal), RuntimeStubs.Processes],
        "Run 'Burn' in a worker process: parallel and preemptive, best for CPU-bound jobs, at the price of messages");

    [Fact]
    public async Task A_coroutine_is_offered_what_is_referenced_in_the_order_of_the_guidance()
    {
        const string Code = "async Task<int> M() { await Task.Yield(); return [|Burn(5)|]; } " + Burn;
        Assert.Equal([OnPool], await Keys("Coroutine", Code));
        Assert.Equal([OnGoroutine, OnPool], await Keys("Coroutine", Code, RuntimeStubs.Goroutines));
        Assert.Equal([InProcess, OnPool], await Keys("Coroutine", Code, RuntimeStubs.Processes));
        Assert.Equal([OnGoroutine, InProcess, OnPool], await Keys("Coroutine", Code, RuntimeStubs.Goroutines, RuntimeStubs.Processes));
    }

    [Fact]
    public async Task The_runtime_itself_takes_what_the_moves_write()
    {
        const string Code = "async Task<int> M() { await Task.Yield(); return [|Burn(5)|]; } " + Burn;
        var lab = Lab("Coroutine", Code).WithRuntime();
        string[] keys = [OnGoroutine, InProcess, OnPool];
        var actions = await lab.ActionsAsync(Coroutine);
        Assert.Equal(keys, actions.Select(static action => action.EquivalenceKey));
        foreach (var action in actions)
        {
            var changed = await FixLab.ChangedAsync(action);
            Assert.NotEqual(await FixLab.TextsAsync(lab.Solution), await FixLab.TextsAsync(changed));
            Assert.Empty(await FixLab.ErrorsAsync(changed));
        }
    }

    [Theory]
    [InlineData("Request")]
    [InlineData("Turn")]
    public async Task A_request_and_a_turn_are_offered_the_process_pool_or_nothing(string context)
    {
        const string Code = "async Task<int> M() { await Task.Yield(); return [|Burn(5)|]; } " + Burn;
        Assert.Empty(await Keys(context, Code));
        Assert.Empty(await Keys(context, Code, RuntimeStubs.Goroutines));
        Assert.Equal([InProcess], await Keys(context, Code, RuntimeStubs.Goroutines, RuntimeStubs.Processes));
    }

    [Fact]
    public Task A_goroutine_hands_its_result_back() => FixAssert.BecomesAsync(
        Coroutine,
        Lab("Coroutine", $"async Task<int> M() {{ await Task.Yield(); return [|Burn(5)|]; }} {Burn}", RuntimeStubs.Goroutines),
        [FixLab.Wrap($"async Task<int> M() {{ await Task.Yield(); return await Go.RunAsync(() => Burn(5)); }} {Burn}")
            .Replace("Tasks;\n", "Tasks;\nusing Quintet.Goroutines;\n", StringComparison.Ordinal), RuntimeStubs.Goroutines],
        "Run 'Burn' on a goroutine: parallel and preemptive");

    [Fact]
    public Task A_type_without_a_pool_gets_one() => InWorker(
        """
        private readonly int _n = 3;

        async Task<int> M()
        {
            await Task.Yield();
            return [|Burn(_n)|] + 1; // heavy
        }

        static int Burn(int n) => n;
        """,
        """
        private static readonly ProcessPool Workers = new();
        private readonly int _n = 3;

        async Task<int> M()
        {
            await Task.Yield();
            return await Workers.RunAsync(Burn, _n) + 1; // heavy
        }

        static int Burn(int n) => n;
        """);

    [Theory]
    [InlineData("readonly Quintet.Multiprocessing.ProcessPool _pool = new(); async Task<int> M() { await Task.Yield(); "
        + "return [|Burn(5)|]; } ", "_pool.RunAsync(Burn, 5)")]
    [InlineData("async Task<int> M(Quintet.Multiprocessing.ProcessPool p) { await Task.Yield(); return [|Burn(5)|]; } ",
        "p.RunAsync(Burn, 5)")]
    [InlineData("async Task<int> M(Quintet.Multiprocessing.ProcessPool p, CancellationToken c) { await Task.Yield(); "
        + "return [|C.Burn(5)|]; } ", "p.RunAsync(C.Burn, 5, c)")]
    public Task A_pool_that_is_in_scope_is_used(string members, string call) => InWorker(
        members + Burn,
        members.Replace("[|Burn(5)|]", "await " + call, StringComparison.Ordinal)
            .Replace("[|C.Burn(5)|]", "await " + call, StringComparison.Ordinal) + Burn);

    [Theory]
    [InlineData("static int Burn(int n) => n;", "int Burn(int n) => n;")]
    [InlineData("static int Burn(int n) => n;", "static T Burn<T>(T n) => n;")]
    [InlineData("static int Burn(int n) => n;", "static int Burn(object n) => 1;")]
    [InlineData("static int Burn(int n) => n;", "static int Burn(int n, int more = 1) => n;")]
    [InlineData("static int Burn(int n) => n;", "static Stream Burn(int n) => Stream.Null;")]
    [InlineData("static readonly int s = 1; static int Burn(int n) => n + s;", "static int s = 1; static int Burn(int n) => n + s;")]
    [InlineData("static int s; static int Burn(int n) => n;", "static int s; static int Burn(int n) => s = n;")]
    [InlineData("record R(int A, string[] B); static R Burn(int n) => null!;", "record R(int A, Action B); static R Burn(int n) => null!;")]
    [InlineData("static List<(int, string)> Burn(int n) => [];", "static List<Task> Burn(int n) => [];")]
    public async Task Only_what_can_cross_is_moved(string crosses, string stays)
    {
        const string Code = "async Task M() { await Task.Yield(); [|Burn(5)|]; } ";
        Assert.Equal([InProcess], await Keys("Request", Code + crosses, RuntimeStubs.Processes));
        Assert.Empty(await Keys("Request", Code + stays, RuntimeStubs.Processes));
    }

    [Fact]
    public async Task Two_moves_of_one_type_share_its_pool()
    {
        var lab = Lab("Request", $"async Task M() {{ await Task.Yield(); [|Burn(5)|]; [|Burn(6)|]; }}\n{Burn}", RuntimeStubs.Processes);
        var changed = (await FixLab.TextsAsync(await lab.FixAllAsync(Coroutine, InProcess)))[0];
        Assert.Contains("await Workers.RunAsync(Burn, 5); await Workers.RunAsync(Burn, 6);", changed, StringComparison.Ordinal);
        Assert.Equal(2, changed.Split("ProcessPool Workers").Length);
    }
}
