using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>A function that becomes a coroutine although it does more than await: the title says what comes of it.</summary>
public sealed class StillWaitsTests
{
    private const string Note = "Make 'M' async (other calls in it can only wait, and are flagged then)";

    [Theory]
    [InlineData("Parallel.ForEach(new[] { 1 }, x => { });", "Parallel.ForEach(new[] { 1 }, x => { });", Note)]
    [InlineData("new Thread(() => { }).Join();", "new Thread(() => { }).Join();", Note)]
    // What can be awaited is, and what only looks waits for nothing.
    [InlineData("Thread.Sleep(1);", "await Task.Delay(1);", "Make 'M' async")]
    [InlineData("new Thread(() => { }).Join(0);", "new Thread(() => { }).Join(0);", "Make 'M' async")]
    [InlineData("Console.Write(1);", "Console.Write(1);", "Make 'M' async")]
    public Task The_title_says_what_will_be_flagged(string other, string after, string title) => FixAssert.BecomesAsync(
        new QNT4004SyncOverAsyncFix(),
        $"void M(Task t) {{ [|t.Wait()|]; {other} }}", $"async Task M(Task t) {{ await t; {after} }}", title);
}
