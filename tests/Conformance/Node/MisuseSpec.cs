using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Wrong use of a Node loop: an error that says what to do, and nothing that is lost in silence.</summary>
public sealed class MisuseSpec : NodeSpec
{
    private static readonly Action Nothing = () => { };

    public static TheoryData<string> Calls => [.. All.Keys];

    private static Dictionary<string, Action<NodeLoop>> All { get; } = new()
    {
        ["NextTick"] = loop => loop.NextTick(Nothing),
        ["QueueMicrotask"] = loop => loop.QueueMicrotask(Nothing),
        ["SetImmediate"] = loop => loop.SetImmediate(Nothing),
        ["SetTimeout"] = loop => loop.SetTimeout(Nothing, 1),
        ["SetInterval"] = loop => loop.SetInterval(Nothing, 1),
        ["QueueWork"] = loop => loop.QueueWork(() => 1, (_, _) => { }),
    };

    [Theory, MemberData(nameof(Calls))]
    public void A_loop_is_called_on_its_thread_only(string name) => Assert.Equal("Use Post. posted", TraceReal(log =>
    {
        var loop = Loop;
        Elsewhere(() => log(Refusal(() => All[name](loop))[^9..]));
        // The near miss: the call for other threads.
        Elsewhere(() => loop.Post(() => log("posted")));
    }));

    [Theory, MemberData(nameof(Calls))]
    public void A_loop_that_has_ended_takes_nothing(string name)
    {
        NodeLoop? ended = null;
        TraceReal(_ =>
        {
            ended = Loop;
            // The near miss: while it runs.
            var interval = ended.SetInterval(Nothing, 1);
            ended.SetTimeout(interval.Close, 5);
            All[name](ended);
            if (name == "SetInterval") ended.SetTimeout(() => ended.Exit(0), 5);
        });
        Assert.Contains("has ended", Refusal(() => All[name](ended!)), StringComparison.Ordinal);
        Assert.Contains("has ended", Refusal(() => ended!.Post(Nothing)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_promise_is_settled_on_its_loop_only() => Assert.Equal("Use Post. 2", TraceReal(log =>
    {
        var (promise, resolver) = Promise.WithResolvers<int>();
        promise.Then(value => log(value.ToString()));
        var loop = Loop;
        Elsewhere(() => log(Refusal(() => resolver.Resolve(1))[^9..]));
        Elsewhere(() => loop.Post(() => resolver.Resolve(2)));
    }));

    private static void Elsewhere(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }

    private static string Refusal(Action action) => Assert.Throws<InvalidOperationException>(action).Message;
}
