using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Programs of promises that a generator of random numbers makes; draws what the original draws, in the same order.</summary>
internal sealed partial class PromisesAtRandom(Transcript t)
{
    private readonly Dictionary<Promise, int> _names = [];
    private List<Promise<int>> _all = [];
    private readonly Draws _draws = new();

    [Twin("node/103-promises-at-random")]
    internal static void All(Transcript t) => Run(t, 1, 60);

    internal static void Run(Transcript t, int first, int last) => NodeLoop.Run(() => new PromisesAtRandom(t).Main(first, last));

    private static string Code(Exception error) => error is AggregateException ? "all" : error.Message;

    private int Draw(int below) => _draws.Below(below);

    private void Add(Promise<int> promise)
    {
        _names[promise] = _all.Count;
        _all.Add(promise);
    }

    private object Name(Promise promise) => _names.TryGetValue(promise, out var name) ? name : "unnamed";

    private void Main(int first, int last)
    {
        var process = NodeLoop.Current.Process;
        process.UncaughtException += e => t.Log("uncaught", Code(e));
        process.UnhandledRejection += (e, p) => t.Log("unhandled", Code(e), Name(p));
        process.RejectionHandled += p => t.Log("handled", Name(p));
        Immediate(() => Run(first, last));
    }

    private void Run(int first, int last) => t.RunPrograms(_draws, first, last, turns: 40, () =>
    {
        Program();
        return static () => { };
    });

    private void Program()
    {
        _all = [];
        _names.Clear();
        Add(Promise.Resolve(10));
        Add(new Promise<int>(r => Immediate(() => r.Resolve(20))));
        Add(new Promise<int>(r => Tick(() => r.Reject(Error("first")))));
        for (var i = 4 + Draw(12); i > 0; i--)
        {
            var n = i;
            var (wait, mode) = (Draw(4), Draw(6));
            if (wait > 0 || mode > 0)
            {
                Rounds(wait, () => When(mode, () => Act(n)));
                continue;
            }

            try
            {
                Act(n);
            }
            catch (InvalidOperationException e)
            {
                t.Log("caught", e.Message);
            }
        }
    }

    private async Promise<int> Both(int n, Promise<int> p, Promise<int> q, int how)
    {
        try
        {
            var a = await p;
            t.Log(n, "awaited", a);
            var b = await q;
            t.Log(n, "and", b);
            if (how == 0) throw Error("async");
            return a + b;
        }
        catch (Exception e)
        {
            t.Log(n, "caught", Code(e));
            if (how < 3) throw;
            await Promise.Resolve();
            return how;
        }
        finally
        {
            if (how == 4) await p.Catch(_ => 0);
            t.Log(n, "finally");
        }
    }

    private sealed class Thenable(Transcript t, int mode, int value, int how) : IThenable<int>
    {
        public void Then(Action<int> resolve, Action<Exception> reject)
        {
            t.Log("then is called");
            When(mode, () =>
            {
                if (how > 0) resolve(value);
                else reject(Error("thenable"));
                resolve(0);
            });
        }
    }
}
