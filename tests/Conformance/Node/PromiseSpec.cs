using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>What <c>Promise.resolve</c> takes for a promise. Rule: ECMAScript, PromiseResolve and promise resolve functions.</summary>
public sealed class PromiseSpec : NodeSpec
{
    [Fact]
    public void A_thenable_is_followed_whatever_its_class() => Assert.Equal("tick called 7", TraceAsync(async log =>
    {
        Tick(() => log("tick"));
        var promise = Promise.Resolve(new Thenable(log));
        log((await promise).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }));

    // The near miss: the same class without the interface.
    [Fact]
    public void What_is_no_thenable_is_the_value() => Assert.Equal("tick value", TraceAsync(async log =>
    {
        Tick(() => log("tick"));
        log((await Promise.Resolve(new Plain())).Name);
    }));

    [Fact]
    public void A_promise_is_given_back_as_it_is() => Assert.Equal("begins resolved ends", TraceAsync(async log =>
    {
        Promise own = Work(log);
        Assert.Same(own, Promise.Resolve(own));
        var valued = Promise.Resolve(1);
        Assert.Same(valued, Promise.Resolve(valued));
        log("resolved");
        await Promise.Resolve(own);
    }));

    private static async Promise Work(Action<string> log)
    {
        log("begins");
        await Loop.Delay(1);
        log("ends");
    }

    private sealed class Thenable(Action<string> log) : IThenable<int>
    {
        public void Then(Action<int> onFulfilled, Action<Exception> onRejected)
        {
            log("called");
            onFulfilled(7);
        }
    }

    private sealed class Plain
    {
        public string Name => "value";
    }
}
