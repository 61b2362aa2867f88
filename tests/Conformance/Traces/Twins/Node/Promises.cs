using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class Promises
{
    [Twin("node/15-await-ticks")]
    internal static void AwaitTicks(Transcript t) => NodeLoop.Run(() =>
    {
        _ = AwaitValue();
        _ = AwaitPromise();
        _ = AwaitFollowing();
        _ = AwaitThenable();
        var p = Promise.Resolve();
        for (var i = 1; i <= 6; i++)
        {
            var n = i;
            p = p.Then(() => t.Print("hop " + n));
        }

        t.Print("sync end");

        async Promise AwaitValue()
        {
            await Promise.Resolve(0);
            t.Print("await value");
        }

        async Promise AwaitPromise()
        {
            await Promise.Resolve();
            t.Print("await native promise");
        }

        // An async function that returns a promise resolves its own promise with it.
        async Promise AwaitFollowing()
        {
            await new Promise<int>(resolver => resolver.Resolve(Promise.Resolve(0)));
            t.Print("await async-fn returning promise");
        }

        async Promise AwaitThenable()
        {
            await new Promise<int>(resolver => resolver.Resolve(new Thenable()));
            t.Print("await thenable");
        }
    });

    [Twin("node/17-promise-combinators")]
    internal static void Combinators(Transcript t) => NodeLoop.Run(() =>
    {
        Promise.All(V(1), V(2), V(3)).Then(x => t.Print("all", string.Join(',', x)));
        Promise.All(V(1), R<int>("a"), R<int>("b")).Catch((Exception e) => t.Print("all rejects first", e.Message));
        Promise.AllSettled(V(1), R<int>("c")).Then(x => t.Print("settled", string.Join(',', x.Select(y =>
            y.State.ToString().ToLowerInvariant()))));
        Promise.Race(new Promise<string>(_ => { }), V("fast"), V("slow")).Then(x => t.Print("race", x));
        Promise.Any(R<string>("x"), V("ok")).Then(x => t.Print("any", x));
        Promise.Any(R<int>("x"), R<int>("y")).Catch((Exception e) =>
            t.Print("any fails", e is AggregateException ? "AggregateError" : "?", ((AggregateException)e).InnerExceptions.Count));
        Promise.All<int>([]).Then(_ => t.Print("all empty"));
        var p = Promise.Resolve();
        for (var i = 1; i <= 5; i++)
        {
            var n = i;
            p = p.Then(() => t.Print("hop", n));
        }

        Promise.Resolve(1).Finally(() => t.Print("finally")).Then(x => t.Print("after finally", x));

        static Promise<T> V<T>(T value) => Promise.Resolve(value);

        static Promise<T> R<T>(string message) => Promise.Reject<T>(new InvalidOperationException(message));
    });

    private sealed class Thenable : IThenable<int>
    {
        public void Then(Action<int> resolve, Action<Exception> reject) => resolve(0);
    }
}
