using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>;
using CoroutineRule = Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.EventLoops;

// Behind ConfigureAwait(false) a handler is on no loop any more: it is a coroutine like any other.
public sealed partial class QNT5001BlockingCallOnEventLoopTests
{
    private const string Work = "Task<int> Work() => Task.Run(() => 1); ";

    [Theory]
    [InlineData("await Work().ConfigureAwait(false); [|Thread.Sleep(10)|];")]
    [InlineData("if (await Work().ConfigureAwait(false) > 1) [|Thread.Sleep(10)|];")]
    [InlineData("await Work().ConfigureAwait(ConfigureAwaitOptions.None); [|Thread.Sleep(10)|];")]
    [InlineData("await Work().ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.None); [|Thread.Sleep(10)|];")]
    [InlineData("await Work().ConfigureAwait(false); await Work(); [|Thread.Sleep(10)|];")]
    public async Task Work_of_a_handler_that_has_left_its_loop_is_a_coroutines(string statements)
    {
        await CoroutineRule.Flags(Handler(statements), "'OnClick' is a coroutine");
        await Allows(Handler(statements.Replace("[|", "").Replace("|]", "")));
    }

    [Theory]
    [InlineData("[|Thread.Sleep(10)|]; await Work().ConfigureAwait(false);")]
    [InlineData("await Work().ConfigureAwait(true); [|Thread.Sleep(10)|];")]
    [InlineData("await Work().ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext); [|Thread.Sleep(10)|];")]
    [InlineData("if (Text == null) await Work().ConfigureAwait(false); [|Thread.Sleep(10)|];")]
    [InlineData("await Task.FromResult(1).ConfigureAwait(false); [|Thread.Sleep(10)|];")]
    public async Task Work_of_a_handler_that_has_not_is_its_loops(string statements)
    {
        await Flags(Handler(statements), "'OnClick' runs on an event loop");
        await CoroutineRule.Allows(Handler(statements.Replace("[|", "").Replace("|]", "")));
    }

    private static string Handler(string statements) =>
        View(Work + "async void OnClick(object sender, EventArgs e) { " + statements + " }");
}
