using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3012CpuBoundWorkUnderGil>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3012CpuBoundWorkUnderGilTests
{
    private const string Gil = "readonly Quintet.GilThreads.GlobalInterpreterLock gil = new();\nlong _sum;\n";

    private const string Sum = "void Sum() { for (var i = 0; i < 200_000_000; i++) _sum += i ^ _sum; }";

    [Fact]
    public Task Long_work_on_a_GIL_thread_is_flagged() => Flags(
        Gil + "void Start() => gil.StartThread(() => { [|for (var i = 0; i < 200_000_000; i++) _sum += i ^ _sum;|] });",
        "computes while it holds a global interpreter lock", "does not run in parallel", "a process pool");

    [Fact]
    public Task Short_work_on_a_GIL_thread_is_allowed() =>
        Allows(Gil + "void Start() => gil.StartThread(() => { for (var i = 0; i < 200; i++) _sum += i ^ _sum; });");

    [Fact]
    public Task Long_work_on_a_bare_thread_is_allowed() =>
        Allows(Gil + "void Start() => new Thread(() => { for (var i = 0; i < 200_000_000; i++) _sum += i ^ _sum; }).Start();");

    [Fact]
    public Task Work_that_is_reached_is_flagged() => Flags(Gil + "void Start() => gil.StartThread(() => [|Sum()|]);\n" + Sum);

    [Fact]
    public Task Work_that_runs_without_the_lock_is_allowed() =>
        Allows(Gil + "void Start() => gil.StartThread(() => gil.AllowThreads(Sum));\n" + Sum);

    [Fact]
    public Task Work_that_a_thread_was_given_is_flagged() => Flags(
        Gil + "void Start() => gil.StartThread(Sum); void Sum() { [|for (var i = 0; i < 200_000_000; i++) _sum += i ^ _sum;|] }");

    [Fact]
    public Task The_same_given_to_the_pool_is_allowed() => Allows(Gil + "void Start() => Task.Run(Sum);\n" + Sum);

    [Fact]
    public Task A_checkpoint_shares_the_lock_and_makes_nothing_parallel() => Flags(
        Gil + "void Start() => gil.StartThread(() => { [|for (var i = 0; i < 200_000_000; i++) { _sum += i ^ _sum; "
        + "gil.Checkpoint(); }|] });");

    [Fact]
    public Task Work_inside_of_a_scope_is_flagged() =>
        Flags(Gil + "void Add() { using (gil.Enter()) { [|Sum()|]; } }\n" + Sum, "one thread at a time holds the lock");

    [Fact]
    public Task Work_beside_a_scope_is_allowed() => Allows(Gil + "void Add() { using (gil.Enter()) { _sum++; } Sum(); }\n" + Sum);
}
