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

    // In JavaScript null is a value like any other. Here a promise was to come, and the next one would wait for it without end.
    [Fact]
    public void A_function_that_returns_null_for_a_promise_rejects_the_next_one() => Assert.Equal("null null null null null", TraceAsync(
        async log =>
    {
        await Told(Promise.Resolve(1).Then(_ => (Promise)null!));
        await Told(Promise.Resolve(1).Then(_ => (Promise<int>)null!));
        await Told(Promise.Resolve().Finally(() => (Promise)null!));
        await Told(Promise.Resolve(1).Finally(() => (Promise)null!));
        await Told(Promise.Reject<int>(Bad()).Catch(_ => (Promise<int>)null!));

        Promise Told(Promise promise) => promise.Catch((Exception e) => log(e.Message.Contains("returned null") ? "null" : e.Message));
    }));

    // ECMAScript, promise resolve functions: "If SameValue(resolution, promise) is true" it is rejected with a TypeError.
    [Fact]
    public void A_promise_that_would_follow_itself_is_rejected() => Assert.Equal("cycle cycle fine", TraceAsync(async log =>
    {
        Promise? first = null;
        first = Promise.Resolve().Then(() => first!);
        Promise<int>? second = null;
        second = Promise.Resolve().Then(() => second!);
        Promise? other = null;
        other = Promise.Resolve().Then(Promise () => first!.Catch((Exception _) => { })); // the near miss
        foreach (var promise in new[] { first, second, other })
            await promise.Then(() => log("fine"), e => log(e.Message.StartsWith("Chaining cycle") ? "cycle" : e.Message));
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
