using PossibleRule = Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>;
using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Handlers of one message behind a contract that takes it; and times that nobody gives.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private const string Handlers =
        "interface IHandle<in T> { void Handle(T message); } class Message { } {0} "
        + "class Placing : IHandle<Placed> { public void Handle(Placed message) => Thread.Sleep(9); } "
        + "class Shipping : IHandle<Shipped> { public void Handle(Shipped message) { } } ";

    [Fact]
    public async Task A_handler_of_another_message_is_none_of_this_one()
    {
        var types = Handlers.Replace("{0}", "class Placed : Message { } class Shipped : Message { }");
        await Flags(types + "class C(IHandle<Placed> to) { async Task M() { await Task.Yield(); [|to.Handle(new())|]; } }");
        await Allows(types + "class C(IHandle<Shipped> to) { async Task M() { await Task.Yield(); to.Handle(new()); } }");
        await PossibleRule.Allows(types + "class C(IHandle<Shipped> to) { async Task M() { await Task.Yield(); to.Handle(new()); } }");
    }

    [Fact]
    public Task A_handler_of_a_message_above_may_be_asked_for_this_one() => PossibleRule.Flags(
        Handlers.Replace("{0}", "class Placed : Message { } class Shipped : Placed { }")
        + "class C(IHandle<Shipped> to) { async Task M() { await Task.Yield(); [|to.Handle(new())|]; } }");

    [Theory]
    [InlineData("Try()", true)]
    [InlineData("Try(null)", true)]
    [InlineData("Try(TimeSpan.Zero)", true)]
    [InlineData("Try(TimeSpan.FromSeconds(9))", false)]
    public async Task A_time_that_nobody_gives_is_the_one_in_its_place(string call, bool onlyLooks)
    {
        const string Source = "class C { SemaphoreSlim s; bool Try(TimeSpan? limit = null) => s.Wait(limit ?? {1}); "
            + "async Task M() { await Task.Yield(); {0}; } }";
        var none = Source.Replace("{1}", "TimeSpan.Zero");
        if (onlyLooks) await Allows(none.Replace("{0}", call));
        else await Flags(none.Replace("{0}", $"[|{call}|]"));
        var waits = Source.Replace("{1}", "TimeSpan.FromSeconds(9)");
        if (call.Contains("Zero")) await Allows(waits.Replace("{0}", call));
        else await Flags(waits.Replace("{0}", $"[|{call}|]"));
    }
}
