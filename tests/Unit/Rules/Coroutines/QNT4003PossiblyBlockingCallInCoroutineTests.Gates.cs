using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

/// <summary>A semaphore under which nobody takes long: every mention of it is in sight, and one of them may say otherwise.</summary>
public sealed partial class QNT4003PossiblyBlockingCallInCoroutineTests
{
    // Who adds waits only where there is a limit.
    [Theory]
    [InlineData("readonly {0} _all = new();", "_all.Add(1);", false)]
    [InlineData("", "var all = new {0}(); all.Add(1);", false)]
    [InlineData("readonly {0} _all = new(8);", "[|_all.Add(1)|];", true)]
    [InlineData("{0} _all = new();", "[|_all.Add(1)|];", true)]
    [InlineData("", "var all = new {0}(8); [|all.Add(1)|];", true)]
    public Task A_collection_without_a_limit_is_never_full(string field, string add, bool isTold)
    {
        var code = ("class C { " + field + " public async Task M() { await Task.Yield(); " + add + " } }")
            .Replace("{0}", "System.Collections.Concurrent.BlockingCollection<int>");
        return isTold ? Flags(code) : Allows(code);
    }

    private const string Open = "private SemaphoreSlim _gate = new(1);";

    private static string Gated(string gate, string members, string wait) =>
        $$"""
        class Box
        {
            {{gate}}
            int _n; readonly SemaphoreSlim _other = new(1); readonly List<byte[]> _pages = new();
            public async Task M() { {{wait}}; _n++; _gate.Release(); await Task.Yield(); }
            {{members}}
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData("void Other() { this._gate.Wait(); this._gate.Release(); }")]
    [InlineData("void Other() { _gate.Dispose(); }")]
    [InlineData("int Other() => _gate.CurrentCount;")]
    [InlineData("void Other() { _gate?.Release(); }")]
    [InlineData("void Other() { _gate = new SemaphoreSlim(1); }")]
    [InlineData("void Other() { if (_gate.Wait(0)) _gate.Release(); }")]
    [InlineData("void Other() { _gate.Wait(); if (File.Exists(\"a\")) _n++; _gate.Release(); }")]
    [InlineData("void Other() { _gate.Wait(); foreach (var page in _pages) System.Security.Cryptography.SHA256.HashData(page); "
        + "_gate.Release(); }")]
    [InlineData("int Other { get { _gate.Wait(); try { return _n; } finally { _gate.Release(); } } }")]
    [InlineData("void Other() { Named(_gate: 1); } void Named(int _gate) { }")]
    [InlineData("object Other() => new { _gate = 1 };")]
    [InlineData("async Task Other() { _gate.Wait(); _n++; _gate.Release(); await Task.Delay(1); }")]
    public Task A_gate_that_everybody_holds_briefly_is_possible(string members) =>
        Flags(Gated(Open, members, "[|_gate.Wait()|]").Replace("_gate.Wait(); _n++; _gate.Release(); await Task.Delay",
            "[|_gate.Wait()|]; _n++; _gate.Release(); await Task.Delay"));

    [Theory]
    [InlineData("internal SemaphoreSlim _gate = new(1);", "")]
    [InlineData("private SemaphoreSlim _gate = new(0);", "")]
    [InlineData("private SemaphoreSlim _gate = Make(); static SemaphoreSlim Make() => new(1);", "")]
    [InlineData(Open, "void Other() { _gate = new SemaphoreSlim(0); }")]
    [InlineData(Open, "object Other() => _gate;")]
    [InlineData(Open, "void Other() { _gate.Release(); _gate.Wait(); }")]
    [InlineData(Open, "void Other() { _gate.Wait(); Thread.Sleep(9); _gate.Release(); }")]
    [InlineData(Open, "void Other() { _gate.Wait(); _n = _gate.CurrentCount; Thread.Sleep(9); _gate.Release(); }")]
    [InlineData(Open, "void Other() { _gate.Wait(); _other.Release(); Thread.Sleep(9); _gate.Release(); }")]
    [InlineData(Open, "async Task Other() { await _gate.WaitAsync(); await Task.Delay(1); _gate.Release(); }")]
    public Task A_gate_that_somebody_holds_long_is_left_to_the_warning(string gate, string members) =>
        Allows(Gated(gate, members, "_gate.Wait()"));

    private static string Locked(string gate, string members) =>
        $"class Box {{ {gate} int _n; string _text; public async Task M() {{ await Task.Yield(); "
        + "{0}; _n++; _gate.ExitReadLock(); } " + members + " }";

    // A lock of readers and writers over memory is as brief; so is a gate in a property that nobody replaces.
    [Theory]
    [InlineData("private readonly ReaderWriterLockSlim _gate = new();",
        "void Put() { _gate.EnterWriteLock(); _n = 0; _gate.ExitWriteLock(); }",
        "void Put() { _gate.EnterWriteLock(); _text = File.ReadAllText(\"a\"); _gate.ExitWriteLock(); }")]
    [InlineData("private readonly ReaderWriterLockSlim _gate = new();", "bool Held() => _gate.IsReadLockHeld;",
        "ReaderWriterLockSlim Gate() => _gate;")]
    [InlineData("private ReaderWriterLockSlim _gate { get; } = new();", "",
        "void Put() { _gate.EnterWriteLock(); Thread.Sleep(9); _gate.ExitWriteLock(); }")]
    public async Task A_lock_of_readers_and_writers_over_memory_is_possible(string gate, string brief, string lasting)
    {
        const string Wait = "_gate.EnterReadLock()";
        await Flags(Locked(gate, brief).Replace("{0}", $"[|{Wait}|]"));
        await Allows(Locked(gate, lasting).Replace("{0}", Wait));
        await Allows(Locked(gate.Replace("private", "internal"), brief).Replace("{0}", Wait));
    }

    [Theory]
    [InlineData("_later.Add(() => Thread.Sleep(1000));", true)]
    [InlineData("_waits.Add(async () => await Task.Delay(1));", true)]
    [InlineData("Thread.Sleep(1000);", false)]
    public async Task A_function_that_is_kept_under_the_lock_does_not_lengthen_it(string under, bool isPossible)
    {
        var code = "readonly ReaderWriterLockSlim _rw = new(); readonly List<Action> _later = new(); "
            + "readonly List<Func<Task>> _waits = new(); public async Task M() { {0}; try { " + under
            + " } finally { _rw.ExitWriteLock(); } await Task.Yield(); }";
        if (isPossible) await Flags(code.Replace("{0}", "[|_rw.EnterWriteLock()|]"));
        else await Allows(code.Replace("{0}", "_rw.EnterWriteLock()"));
    }
}
