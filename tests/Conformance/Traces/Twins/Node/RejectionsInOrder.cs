using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class RejectionsInOrder(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;
    private readonly Dictionary<Promise, string> _names = [];
    private Action<Exception, Promise> _onUnhandled = (_, _) => { };

    [Twin("node/73-rejections-in-order")]
    internal static void InOrder(Transcript t) => NodeLoop.Run(() => new RejectionsInOrder(t).Main(), Virtual);

    private async Promise Main()
    {
        void Unhandled(Exception e, Promise p)
        {
            t.Log("unhandled", e.Message, _names.ContainsKey(p));
            _onUnhandled(e, p);
        }

        var from = UncaughtOrigin.UncaughtException;
        void Uncaught(Exception e) => t.Log("uncaught", e.Message,
            from == UncaughtOrigin.UncaughtException ? "uncaughtException" : "unhandledRejection");
        _loop.Process.UncaughtExceptionMonitor += (_, origin) => from = origin;
        _loop.Process.UnhandledRejection += Unhandled;
        _loop.Process.RejectionHandled += p => t.Log("handled late", _names[p]);
        _loop.Process.UncaughtException += Uncaught;
        await Handled();
        await Listening();
        await Chains();
        await Late();
        t.Log("-- over");
        _loop.Process.UnhandledRejection -= Unhandled;
        _loop.Process.UncaughtException -= Uncaught;
        _loop.Process.Exit += code => t.Log("exit", code);
        Immediate(() =>
        {
            Reject("w");
            Reject("x");
            Tick(() => t.Log("tick"));
        });
        Immediate(() => t.Log("never"));
    }

    private Promise<int> Reject(string name)
    {
        var p = Promise.Reject<int>(new InvalidOperationException(name));
        _names[p] = name;
        return p;
    }

    private void Catch(Promise p, string text) => p.Catch(_ => t.Log(text));

    private async Promise Step(string name, Action run)
    {
        t.Log("--", name);
        await new Promise<bool>(r => Immediate(() =>
        {
            run();
            r.Resolve(true);
        }));
        await _loop.Delay(30);
        _onUnhandled = (_, _) => { };
    }

    private async Promise Handled()
    {
        await Step("three, the middle one handled in a tick", () =>
        {
            Reject("a");
            var b = Reject("b");
            Reject("c");
            Tick(() => Catch(b, "caught b"));
        });
        await Step("handled in a microtask of a tick", () =>
        {
            var p = Reject("d");
            Tick(() => _loop.QueueMicrotask(() => Catch(p, "caught d")));
        });
        await Step("handled in the next immediate", () =>
        {
            var p = Reject("e");
            Immediate(() =>
            {
                Catch(p, "caught e");
                Tick(() => t.Log("tick"));
            });
        });
    }

    private async Promise Listening()
    {
        await Step("handled by the listener", () =>
        {
            _onUnhandled = (e, p) => Catch(p, "caught " + e.Message);
            Reject("f");
        });
        await Step("the listener handles the other one", () =>
        {
            Reject("g");
            var h = Reject("h");
            _onUnhandled = (e, _) =>
            {
                if (e.Message == "g") Catch(h, "caught h");
            };
        });
        await Step("the listener rejects", () =>
        {
            var n = 0;
            _onUnhandled = (_, _) =>
            {
                if (n++ < 2) Reject("again " + n);
                Tick(() => t.Log("tick of the listener"));
            };
            Reject("i");
        });
        await Step("the listener throws", () =>
        {
            _onUnhandled = (e, _) =>
            {
                if (e.Message == "j") throw new InvalidOperationException("listener");
            };
            Reject("j");
            Reject("k");
            Reject("l");
        });
    }
}
