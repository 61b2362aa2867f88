using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class PromiseAdoption(Transcript t)
{
    private int _hop;

    [Twin("node/70-promise-adoption")]
    internal static void Adopt(Transcript t) => NodeLoop.Run(new PromiseAdoption(t).Main, Virtual);

    private sealed class Thenable(Action<Action<string>, Action<Exception>> then) : IThenable<string>
    {
        public void Then(Action<string> resolve, Action<Exception> reject) => then(resolve, reject);
    }

    private void Count()
    {
        if (_hop++ < 40) NodeLoop.Current.QueueMicrotask(Count);
    }

    private Action Done(string name) => () => t.Log(name, _hop, "");

    private Action<string> At(string name) => value => t.Log(name, _hop, value);

    private Action<Exception> Failed(string name) => error => t.Log(name, _hop, error.Message);

    private Promise<bool> Start(string name, Action<string> make) => new(next => Immediate(() =>
    {
        _hop = 0;
        NodeLoop.Current.QueueMicrotask(Count);
        make(name);
        After(1, () => next.Resolve(true));
    }));

    private static IThenable<string> Gives(string value) => new Thenable((ok, _) => ok(value));

    private static IThenable<string> Fails(string message) => new Thenable((_, no) => no(new InvalidOperationException(message)));

    private static Promise<string> Resolved(IThenable<string> thenable) => Promise.Resolve(thenable);

    private static Promise<string> Rejected(string message) => Promise.Reject<string>(new InvalidOperationException(message));

    private static Promise<string> Later(int hops, string value) =>
        hops == 0 ? Promise.Resolve(value) : Promise.Resolve().Then(() => Later(hops - 1, value));

    private async Promise Main()
    {
        await Combined();
        await Followed();
        await Answered();
        await Waited();
    }

    private async Promise Combined()
    {
        await Start("await of a thenable", async n => At(n)(await Promise.Resolve(Gives("1"))));
        await Start("resolve of a thenable", n => Promise.Resolve(Gives("2")).Then(At(n)));
        await Start("resolve of a promise is the promise", n =>
        {
            var p = Promise.Resolve(3);
            t.Log(n, _hop, Promise.Resolve(p) == p);
        });
        await Start("race, thenable first", n => Promise.Race(Resolved(Gives("t")), Promise.Resolve("p")).Then(At(n)));
        await Start("race, thenable only", n => Promise.Race(Resolved(Gives("t")), new Promise<string>(_ => { })).Then(At(n)));
        await Start("race, failing thenable and a slow promise", n => Promise.Race(Resolved(Fails("f")), Later(3, "p")).Catch(Failed(n)));
        await Start("any, thenables", n => Promise.Any(Resolved(Fails("f")), Resolved(Gives("t")), Later(4, "p")).Then(At(n)));
        await Start("any, all fail", n => Promise.Any(Resolved(Fails("f")), Rejected("g"))
            .Catch((Exception e) => At(n)(string.Join(',', ((AggregateException)e).InnerExceptions.Select(x => x.Message)))));
        await Start("any of none", n => Promise.Any<string>().Catch(Failed(n)));
        await Start("all, mixed", n => Promise.All(Resolved(Gives("t")), Later(2, "l"), Promise.Resolve("p"))
            .Then(all => At(n)(string.Join(',', all))));
        await Start("allSettled, mixed", n => Promise.AllSettled(Resolved(Fails("f")), Resolved(Gives("t")), Promise.Resolve("p"))
            .Then(all => At(n)(string.Join(',', all.Select(s => s.State.ToString().ToLowerInvariant())))));
        await Start("all of alls", n => Promise.All(Promise.All(Later(1, "a")), Promise.All<string>()).Then(v => t.Log(n, _hop, v.Length)));
        await Start("race of none never settles", n =>
        {
            Promise.Race<string>().Then(At(n));
            At(n)("said");
        });
    }

    private async Promise Followed()
    {
        await Start("resolved with a promise that is resolved with a promise", n =>
            new Promise<string>(r => r.Resolve(new Promise<string>(q => q.Resolve(Promise.Resolve("deep"))))).Then(At(n)));
        await Start("resolved with a pending promise", n =>
        {
            var (source, go) = Promise.WithResolvers<string>();
            new Promise<string>(r => r.Resolve(source)).Then(At(n));
            source.Then(At("its source"));
            Later(3, "").Then(_ => go.Resolve("now"));
        });
        await Start("resolved with a rejected promise", n => new Promise<string>(r => r.Resolve(Rejected("no"))).Catch(Failed(n)));
        await Start("thenable throws after it answered", n => new Promise<string>(r => r.Resolve(new Thenable((ok, _) =>
        {
            ok("kept");
            throw new InvalidOperationException("lost");
        }))).Then(At(n), Failed(n)));
        await Start("thenable throws", n => new Promise<string>(r =>
            r.Resolve(new Thenable((_, _) => throw new InvalidOperationException("thrown")))).Then(At(n), Failed(n)));
        await Start("thenable answers twice", n => new Promise<string>(r => r.Resolve(new Thenable((ok, no) =>
        {
            no(new InvalidOperationException("first"));
            ok("second");
        }))).Then(At(n), Failed(n)));
    }

    private async Promise Answered()
    {
        await Start("finally gives a promise", n => Promise.Resolve("5").Finally(() => Later(2, "")).Then(At(n)));
        await Start("finally of a rejection gives a promise", n => Rejected("r").Finally(() => Later(1, "")).Catch(Failed(n)));
        await Start("finally gives a rejection", n => Promise.Resolve("5").Finally(() => Rejected("instead")).Catch(Failed(n)));
        await Start("finally throws", n => Promise.Resolve("5").Finally(() => throw new InvalidOperationException("thrown"))
            .Then(At(n), Failed(n)));
        await Start("catch gives a promise", n => Rejected("x").Catch(_ => Later(1, "saved")).Then(At(n)));
        await Start("second function of then gives a value", n => Rejected("x").Then(_ => "no", e => e.Message + "!").Then(At(n)));
        await Start("then of a promise without a value gives a promise", n => Promise.Resolve().Then(() => Later(2, "v")).Then(At(n)));
        await Start("then of an async function", n => Promise.Resolve().Then(async () =>
        {
            await Promise.Resolve();
            Done("inside")();
        }).Then(Done(n)));
        await Start("all of async functions", n =>
        {
            async Promise Work(int k)
            {
                for (var i = 0; i < k; i++) await Promise.Resolve();
            }

            Promise.All(Work(1), Work(3), Work(0)).Then(() => Done(n)());
        });
    }

    private async Promise Waited()
    {
        await Start("one promise, many who wait", async n => await Many(n));
        await Start("finally blocks of async functions", async n => At(n)(await Outer()));
        await Start("chains in step", _ =>
        {
            foreach (var name in new[] { "a", "b", "c" })
                Promise.Resolve().Then(Done(name + 1)).Then(Done(name + 2)).Then(() => Promise.Resolve()).Then(Done(name + 3));
        });
    }

    private async Promise Many(string n)
    {
        var p = Later(2, "p");
        async Promise<string> Wait(string k)
        {
            var v = await p;
            At(n + " " + k)(v);
            return v;
        }

        _ = p.Then(At("then 1"));
        _ = Wait("a");
        _ = p.Finally(Done("finally"));
        await Promise.All(Wait("b"), p);
        Done("all waited")();
    }

    private async Promise<string> Inner()
    {
        try
        {
            await Promise.Resolve();
            throw new InvalidOperationException("inner");
        }
        finally
        {
            await Promise.Resolve();
            Done("cleaned")();
        }
    }

    private async Promise<string> Outer()
    {
        try
        {
            return await Inner();
        }
        catch (InvalidOperationException e)
        {
            await Promise.Resolve();
            Failed("caught")(e);
            return "out";
        }
        finally
        {
            Done("outer")();
        }
    }
}
