using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Attempts to take a lock that say in a variable how they ended.</summary>
public sealed class SemaphoreTryTests
{
    private static readonly QNT3008LockHeldAcrossAwaitFix Fix = new();

    private static string Saved(string enter, string exit) =>
        $"async Task SaveAsync() {{ {enter}; try {{ await Task.Delay(1); }} finally {{ {exit}; }} }}\n";

    private static readonly string Held = "readonly object _gate = new();\nint _count;\n"
        + Saved("{|1:Monitor.Enter(_gate)|}", "Monitor.Exit(_gate)").Replace("await Task.Delay(1)", "[|await Task.Delay(1)|]",
            StringComparison.Ordinal);

    private static readonly string Awaited =
        "readonly SemaphoreSlim _gate = new(1, 1);\nint _count;\n" + Saved("await _gate.WaitAsync()", "_gate.Release()");

    private static string Tried(string head, string attempt, string release) => $"{head} {{ var taken = false; try {{ {attempt}; // try\n"
        + $"if (taken) _count++; }} finally {{ if (taken) {release}; }} }}";

    [Theory]
    [InlineData("void Add()", "Monitor.TryEnter(_gate, 50, ref taken)", "taken = _gate.Wait(50)")]
    [InlineData("void Add()", "Monitor.TryEnter(_gate, ref taken)", "taken = _gate.Wait(0)")]
    [InlineData("async Task AddAsync(CancellationToken token)", "await Task.Yield(); Monitor.TryEnter(_gate, 50, ref taken)",
        "await Task.Yield(); taken = await _gate.WaitAsync(50, token)")]
    [InlineData("async Task AddAsync(TimeSpan time)", "await Task.Yield(); Monitor.TryEnter(_gate, time, ref taken)",
        "await Task.Yield(); taken = await _gate.WaitAsync(time)")]
    public Task The_variable_gets_the_answer(string head, string attempt, string expected) => FixAssert.BecomesAsync(
        Fix, Held + Tried(head, attempt, "Monitor.Exit(_gate)"), Awaited + Tried(head, expected, "_gate.Release()"));

    [Theory]
    // A semaphore knows no owner, and nobody gives it up here.
    [InlineData("void Add() { var taken = false; Monitor.TryEnter(_gate, 50, ref taken); }")]
    [InlineData("bool Mine() => Monitor.IsEntered(_gate);")]
    public Task What_a_semaphore_cannot_tell_refuses(string beside) => FixAssert.RefusedAsync(Fix, Held + beside);
}
