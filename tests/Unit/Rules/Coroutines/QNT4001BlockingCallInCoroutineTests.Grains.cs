using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// A grain is called by a message, whatever its method does.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    private static string Counter(string contract, string use) =>
        $$"""
        namespace Orleans { public interface IAddressable { } public interface IGrain : IAddressable { } }
        interface ICounter : {{contract}} { Task<int> Count(); }
        interface ILocal { }
        class Counter : ICounter { int _n; public Task<int> Count() => Task.FromResult(_n); }
        class Client { public async Task M(ICounter counter, Counter own) { await Task.Yield(); {{use}} } }
        """;

    [Theory]
    [InlineData("_ = [|counter.Count().Result|];")]
    [InlineData("[|counter.Count().Wait()|];")]
    public async Task An_answer_of_a_grain_is_waited_for_however_it_is_made(string use)
    {
        await Flags(Counter("Orleans.IGrain", use));
        await Allows(Counter("ILocal", use.Replace("[|", "").Replace("|]", "")));
    }

    [Fact]
    public Task The_object_itself_is_called_as_any_other() => Allows(Counter("Orleans.IGrain", "_ = own.Count().Result;"));
}
