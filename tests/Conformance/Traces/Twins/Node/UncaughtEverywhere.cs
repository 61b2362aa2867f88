using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class UncaughtEverywhere(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;
    private string _origin = "";

    [Twin("node/72-uncaught-everywhere")]
    internal static void Everywhere(Transcript t) => NodeLoop.Run(() => new UncaughtEverywhere(t).Main(), Virtual);

    private async Promise Main()
    {
        _loop.Process.UncaughtExceptionMonitor += (e, origin) => t.Log("monitor", e.Message, _origin = Name(origin));
        _loop.Process.UncaughtException += Uncaught;
        await Callbacks();
        await Events();
        await Promises();
        t.Log("-- two listeners");
        void Second(Exception e)
        {
            t.Log("second", e.Message);
            _loop.Process.UncaughtException -= Second;
        }

        _loop.Process.UncaughtException += Second;
        Immediate(() => Fail("two"));
        await _loop.Delay(60);
        t.Log("-- without a listener");
        _loop.Process.UncaughtException -= Uncaught;
        _loop.Process.Exit += code =>
        {
            t.Log("exit", code, _loop.Process.ExitCode);
            Tick(() => t.Log("never"));
        };
        After(5, () =>
        {
            Immediate(() => t.Log("never"));
            Tick(() => t.Log("never"));
            throw new InvalidOperationException("last");
        });
        After(5, () => t.Log("never"));
        Spin(30);
    }

    private static string Name(UncaughtOrigin origin) =>
        origin == UncaughtOrigin.UncaughtException ? "uncaughtException" : "unhandledRejection";

    private void Uncaught(Exception e)
    {
        t.Log("uncaught", e.Message, _origin);
        Tick(() => t.Log("tick of the listener"));
        Micro(() => t.Log("micro of the listener"));
    }

    private void Fail(string message)
    {
        Tick(() => t.Log("tick"));
        _loop.QueueMicrotask(() => t.Log("micro"));
        Immediate(() => t.Log("immediate"));
        throw new InvalidOperationException(message);
    }

    private async Promise Step(string name, Action run, int wait = 60)
    {
        t.Log("--", name);
        run();
        await _loop.Delay(wait);
    }

    private async Promise Callbacks()
    {
        await Step("timer", () =>
        {
            After(5, () => Fail("timer"));
            After(5, () => t.Log("next timer"));
            Spin(30);
        });
        await Step("immediate", () =>
        {
            Immediate(() => Fail("immediate"));
            Immediate(() => t.Log("next immediate"));
        });
        await Step("tick", () =>
        {
            Tick(() => Fail("tick"));
            Tick(() => t.Log("next tick"));
        });
        await Step("microtask", () =>
        {
            _loop.QueueMicrotask(() => Fail("microtask"));
            _loop.QueueMicrotask(() => t.Log("next microtask"));
        });
        await Step("tick of tick", () => Tick(() =>
        {
            Tick(() => Fail("inner tick"));
            Tick(() => t.Log("inner next"));
        }));
        t.Log("-- file");
        await new Promise<bool>(r => NodeFs.Stat(ThisFile, (_, _) =>
        {
            After(60, () => r.Resolve(true));
            Fail("stat");
        }));
    }

    private async Promise Events()
    {
        await Step("emitter", () =>
        {
            var e = new EventEmitter();
            e.On("x", () => Fail("listener"));
            e.On("x", () => t.Log("never"));
            Immediate(() =>
            {
                e.Emit("x");
                t.Log("never");
            });
        });
        await Step("error event", () =>
            Immediate(() => new EventEmitter().Emit("error", (Exception)new InvalidOperationException("error event"))));
        await Step("abort", () =>
        {
            var controller = new AbortController();
            controller.Signal.AddListener(() => Fail("abort listener"));
            controller.Signal.AddListener(() => t.Log("next listener"));
            Immediate(() =>
            {
                controller.Abort();
                t.Log("aborted");
            });
        });
        await Step("port", Port, 100);
    }

    private void Port()
    {
        var channel = new MessageChannel();
        var n = 0;
        channel.Port2.On<int>("message", m =>
        {
            t.Log("message", m);
            if (++n == 1) Fail("port");
            channel.Port2.Close();
        });
        channel.Port1.PostMessage(1);
        After(30, () => channel.Port1.PostMessage(2));
    }

    private async Promise Promises()
    {
        await Step("promise then", () => Promise.Resolve().Then(() => Fail("then")));
        await Step("async function", () =>
        {
            async Promise Failing()
            {
                await Promise.Resolve();
                Fail("async");
            }

            _ = Failing();
        });
        await Step("async timer", () => _loop.SetTimeout(async () => Fail("async timer"), 1));
        await Step("interval", () =>
        {
            var k = 0;
            NodeTimeout i = null!;
            i = _loop.SetInterval(
                () =>
                {
                    if (++k == 2) i.Close();
                    Fail("interval " + k);
                },
                10);
        }, 100);
    }
}
