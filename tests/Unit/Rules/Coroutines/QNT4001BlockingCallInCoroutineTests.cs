using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed class QNT4001BlockingCallInCoroutineTests
{
    [Fact]
    public Task A_sleep_in_an_async_method_is_flagged() => Flags(
        "async Task HandleAsync() { [|Thread.Sleep(1000)|]; await Task.Yield(); }",
        "'HandleAsync' is a coroutine and holds its thread while it sleeps (HandleAsync → Thread.Sleep)", "await Task.Delay");

    [Fact]
    public Task A_sleep_in_a_synchronous_method_is_allowed() => Allows(
        "void Handle() { Thread.Sleep(1000); }");
}
