using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Goroutines.QNT1011BlockingWaitInGoroutine>;

namespace Quintet.Tests.Rules.Goroutines;

public sealed class QNT1011BlockingWaitInGoroutineTests
{
    private static string In(string signature, string statement) => $$"""
        {{signature}}
        {
            {{statement}}
            await Quintet.Goroutines.Go.Yield();
        }
        """;

    private const string Goroutine =
        "async Quintet.Goroutines.GoTask M(Quintet.Goroutines.Chan<int> c, Quintet.Goroutines.WaitGroup g, Quintet.Goroutines.Select s)";

    [Theory]
    [InlineData("[|c.Send(1)|];", "await Chan.SendAsync")]
    [InlineData("var got = [|c.Receive()|];", "await Chan.ReceiveAsync")]
    [InlineData("[|g.Wait()|];", "await WaitGroup.WaitAsync")]
    [InlineData("var ready = [|s.Wait()|];", "await it")]
    [InlineData("Quintet.Goroutines.ISendChan<int> end = c; [|end.Send(1)|];", "await ISendChan.SendAsync")]
    public Task A_synchronous_wait_is_flagged(string statement, string advice) =>
        Flags(In(Goroutine, statement), "'M' is an asynchronous goroutine and holds its thread while it waits", advice);

    [Theory]
    [InlineData("c.TrySend(1);")]
    [InlineData("c.Close();")]
    [InlineData("await c.SendAsync(1);")]
    [InlineData("await g.WaitAsync();")]
    [InlineData("await s;")]
    [InlineData("Thread.Sleep(1000);")] // goroutines may block: the scheduler goes on without them
    [InlineData("new ManualResetEvent(false).WaitOne();")]
    [InlineData("new ManualResetEventSlim().Wait();")] // of the same name
    [InlineData("new Quintet.Goroutines.GoMutex().Lock();")]
    [InlineData("Quintet.Goroutines.Go.Run(() => c.Send(1));")] // a goroutine of its own, without await
    public Task What_does_not_wait_for_a_goroutine_is_allowed(string statement) => Allows(In(Goroutine, statement));

    [Theory]
    [InlineData("async Task M(Quintet.Goroutines.Chan<int> c)")] // a coroutine: QNT4001
    [InlineData("async Quintet.Asyncio.Coroutine M(Quintet.Goroutines.Chan<int> c)")]
    public Task A_coroutine_is_another_rules_business(string signature) => Allows(In(signature, "c.Send(1);"));

    [Fact]
    public Task A_synchronous_method_is_allowed() => Allows("void M(Quintet.Goroutines.Chan<int> c) { c.Send(1); }");

    [Fact]
    public Task A_wait_two_calls_away_is_flagged_where_the_goroutine_enters_it() => Flags(
        """
        async Quintet.Goroutines.GoTask M(Quintet.Goroutines.Chan<int> c) { [|Put(c)|]; await c.SendAsync(2); }
        void Put(Quintet.Goroutines.Chan<int> c) => c.Send(1);
        """,
        "M → Put → Chan.Send");

    [Fact]
    public Task A_lambda_of_a_program_that_starts_is_a_goroutine() => Flags(
        """
        static void Main()
        {
            var c = new Quintet.Goroutines.Chan<int>(1);
            Func<Quintet.Goroutines.GoTask> body = async () => { [|c.Send(1)|]; await Quintet.Goroutines.Go.Yield(); };
            Quintet.Goroutines.Go.Run(body);
        }
        """);

    [Fact]
    public Task A_result_counts_too() => Flags(
        "async Quintet.Goroutines.GoTask<int> M(Quintet.Goroutines.Chan<int> c) { await c.SendAsync(1); return [|c.Receive()|].Value; }");

    private static string Behind(string other, string call) =>
        $$"""
        interface ISink { void Put(Quintet.Goroutines.Chan<int> c); }
        class Sink : ISink { public void Put(Quintet.Goroutines.Chan<int> c) => c.Send(1); }
        {{other}}
        class D { async Quintet.Goroutines.GoTask M(Quintet.Goroutines.Chan<int> c, ISink sink) { {{call}}; await c.SendAsync(2); } }
        """;

    [Fact]
    public Task The_only_implementation_that_waits_is_flagged() => Flags(Behind("", "[|sink.Put(c)|]"));

    [Fact]
    public Task One_of_several_implementations_is_allowed() =>
        Allows(Behind("class Nowhere : ISink { public void Put(Quintet.Goroutines.Chan<int> c) { } }", "sink.Put(c)"));
}
