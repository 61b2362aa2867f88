using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class PromisesAtRandom
{
    private T Say<T>(T result, params object?[] what)
    {
        t.Log(what);
        return result;
    }

    private void Act(int n)
    {
        var (kind, mode, value) = (Draw(20), Draw(6), Draw(5));
        var (p, q) = (_all[Draw(_all.Count)], _all[Draw(_all.Count)]);
        t.Log(n, "act", kind);
        if (kind < 3) Add(Made(n, kind, mode, value, q));
        else if (kind < 11) Add(Chained(n, kind, value, p, q));
        else if (kind < 15) Add(Combined(n, kind, p, q));
        else if (kind < 17) Add(Both(n, p, q, value));
        else if (kind == 17)
        {
            var how = Draw(3);
            Add(new Promise<int>(r => r.Resolve(new Thenable(t, mode, value, how))));
        }
        else if (kind == 18) Add(p.Then(v => Say(3, n, "either", v), e => Say(4, n, "or", Code(e))));
        else
        {
            Add(Promise.Resolve(p));
            When(mode, () =>
            {
                t.Log(n, "thrown");
                throw Error("x" + n);
            });
        }
    }

    private Promise<int> Made(int n, int kind, int mode, int value, Promise<int> q) => new(r => When(mode, () =>
    {
        switch (kind)
        {
            case 0:
                t.Log(n, "resolves");
                r.Resolve(value);
                break;
            case 1:
                t.Log(n, "rejects");
                r.Reject(Error("r" + n));
                r.Resolve(0);
                break;
            default:
                r.Resolve(q);
                r.Reject(Error("too late"));
                break;
        }
    }));

    private Promise<int> Chained(int n, int kind, int value, Promise<int> p, Promise<int> q) => kind switch
    {
        3 or 4 => p.Then(v => Say(v + 1, n, "then", v)),
        5 => p.Then(int (int v) => throw Say(Error("t" + n), n, "throws", v)),
        6 => p.Then(v => Say(q, n, "gives another", v)),
        7 or 8 => p.Catch(e => Say(value, n, "catch", Code(e))),
        9 => p.Finally(() => t.Log(n, "finally")),
        _ => p.Finally(() => Say((Promise)q, n, "finally with another")),
    };

    private Promise<int> Combined(int n, int kind, Promise<int> p, Promise<int> q) => kind switch
    {
        11 => Promise.All(p, q).Then(v => Say(1, [n, "all", .. v.Cast<object>()])),
        12 => Promise.Race(p, q),
        13 => Promise.Any(p, q),
        _ => Promise.AllSettled(p, q).Then(v => Say(2, [n, .. v.Select(x => x.State.ToString().ToLowerInvariant())])),
    };
}
