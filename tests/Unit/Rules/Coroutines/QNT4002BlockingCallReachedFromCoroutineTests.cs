using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Fact]
    public Task A_sleep_two_calls_away_is_flagged_where_the_coroutine_enters_it() => Flags(
        """
        public async Task HandleAsync() { [|Refresh()|]; await Task.Yield(); }
        void Refresh() => Pause();
        void Pause() => Thread.Sleep(1000);
        """,
        "HandleAsync → Refresh → Pause → Thread.Sleep");

    [Fact]
    public Task A_chain_that_starts_in_a_synchronous_method_is_allowed() => Allows(
        """
        public void Handle() { Refresh(); }
        void Refresh() => Pause();
        void Pause() => Thread.Sleep(1000);
        """);
}
