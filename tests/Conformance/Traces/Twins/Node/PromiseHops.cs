using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>A counter ticks once a microtask and tells when each step of a chain of promises happens.</summary>
internal sealed class PromiseHops(Transcript t)
{
    private int _hop;

    [Twin("node/55-promise-hops")]
    internal static void Hops(Transcript t) => NodeLoop.Run(() => new PromiseHops(t).Main(), Virtual);

    private static Promise<int> Failed(string message) => Promise.Reject<int>(new InvalidOperationException(message));

    private static async Promise<int> Nine() => 9;

    private static async Promise<int> Seven() => 7;

    private static async Promise<int> AwaitInside()
    {
        await Promise.Resolve(0);
        return 8;
    }

    private static async Promise<int> ThrowsAfterAwait()
    {
        await Promise.Resolve(0);
        throw new InvalidOperationException("g");
    }

    private void Tick()
    {
        if (_hop++ < 40) NodeLoop.Current.QueueMicrotask(Tick);
    }

    private void At(string name, object? value = null) => t.Print(name, _hop, value is Exception e ? e.Message : value ?? "");

    private Promise<bool> Start(string name, Action<string> make) => new(next => Immediate(() =>
    {
        _hop = 0;
        NodeLoop.Current.QueueMicrotask(Tick);
        make(name);
        After(1, () => next.Resolve(true));
    }));

    private async Promise Main()
    {
        await Chains();
        await Start("thenable", n => new Promise<int>(r => r.Resolve(new Thenable(this))).Then(v => At(n, v)));
        await Start("async function, value", n => Seven().Then(v => At(n, v)));
        await Start("async function, await inside", n => AwaitInside().Then(v => At(n, v)));
        await Start("async function throws after await", n => ThrowsAfterAwait().Catch((Exception e) => At(n, e)));
        await Start("await of an async function", n => _ = AwaitsNine(n));
        await Start("three awaits", n => _ = ThreeAwaits(n));
        await Combined();
        await Start("settled twice", n => new Promise<string>(r =>
        {
            r.Resolve("first");
            r.Reject(new InvalidOperationException("k"));
            r.Resolve("second");
        }).Then(v => At(n, v)));
        await Start("throw after resolve", n => new Promise<string>(r =>
        {
            r.Resolve("kept");
            throw new InvalidOperationException("l");
        }).Then(v => At(n, v)));
        await Start(
            "executor throws",
            n => new Promise<int>(_ => throw new InvalidOperationException("m")).Catch((Exception e) => At(n, e)));
        await Start("handlers in order", n =>
        {
            var p = Promise.Resolve();
            p.Then(() =>
            {
                At("first");
                p.Then(() => At("third"));
            });
            p.Then(() => At("second"));
        });
    }

    private async Promise Chains()
    {
        await Start("then of a value", n => Promise.Resolve(1).Then(v => At(n, v)));
        await Start("then of then", n => Promise.Resolve(1).Then(v => v + 1).Then(v => At(n, v)));
        await Start("then returns a promise", n => Promise.Resolve(1).Then(_ => Promise.Resolve(2)).Then(v => At(n, v)));
        await Start(
            "new promise resolved with a promise", n => new Promise<int>(r => r.Resolve(Promise.Resolve(3))).Then(v => At(n, v)));
        await Start("catch passes a value", n => Promise.Resolve(4).Catch(_ => 0).Then(v => At(n, v)));
        await Start("then passes an error", n => Failed("e").Then(_ => 0).Catch((Exception e) => At(n, e)));
        await Start("finally passes a value", n => Promise.Resolve(5).Finally(() => { }).Then(v => At(n, v)));
        await Start("finally passes an error", n => Failed("f").Finally(() => { }).Catch((Exception e) => At(n, e)));
    }

    private async Promise Combined()
    {
        await Start("all of two", n => Promise.All(Promise.Resolve(1), Promise.Resolve(2)).Then(v => At(n, string.Join(',', v))));
        await Start("all of none", n => Promise.All<int>().Then(v => At(n, string.Join(',', v))));
        await Start("all with a rejection", n => Promise.All(Promise.Resolve(1), Failed("h")).Catch((Exception e) => At(n, e)));
        await Start("race of two", n => Promise.Race(Promise.Resolve("a"), Promise.Resolve("b")).Then(v => At(n, v)));
        await Start(
            "any after a rejection",
            n => Promise.Any(Promise.Reject<string>(new InvalidOperationException("i")), Promise.Resolve("c")).Then(v => At(n, v)));
        await Start("allSettled", n => Promise.AllSettled(Failed("j"), Promise.Resolve(1)).Then(v => At(n, v.Length)));
    }

    private async Promise AwaitsNine(string name)
    {
        await Nine();
        At(name);
    }

    private async Promise ThreeAwaits(string name)
    {
        await Promise.Resolve(1);
        await Promise.Resolve(2);
        await Promise.Resolve(3);
        At(name);
    }

    private sealed class Thenable(PromiseHops hops) : IThenable<int>
    {
        public void Then(Action<int> resolve, Action<Exception> reject)
        {
            hops.At("thenable called");
            resolve(6);
        }
    }
}
