using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class QueuesMixed
{
    private async Promise Ports()
    {
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", m =>
        {
            t.Log("message", m);
            Tick(Say("tick of " + m));
            Micro(Say("micro of " + m));
            if (m == 1) Immediate(Say("immediate of 1"));
            if (m == 3) channel.Port2.Close();
        });
        channel.Port2.On("close", Say("close"));
        foreach (var n in new[] { 1, 2, 3 }) channel.Port1.PostMessage(n);
        Tick(Say("tick"));
        Immediate(Say("immediate"));
        await Wait(30);
    }

    private async Promise Pool() => await new Promise<bool>(done => NodeFs.Stat(ThisFile, (_, _) =>
    {
        t.Log("stat");
        After(0, Say("timer"));
        Immediate(() =>
        {
            t.Log("immediate");
            Tick(Say("tick of immediate"));
        });
        Tick(() =>
        {
            t.Log("tick");
            Micro(Say("micro of tick"));
        });
        Micro(() =>
        {
            t.Log("micro");
            Tick(Say("tick of micro"));
        });
        Spin(3);
        After(5, () => done.Resolve(true));
    }));

    private async Promise Thrown()
    {
        void Caught(Exception e)
        {
            t.Log("uncaught", e.Message);
            Tick(Say("tick of uncaught"));
            Micro(Say("micro of uncaught"));
            Immediate(Say("immediate of uncaught"));
        }

        _loop.Process.UncaughtException += Caught;
        Immediate(() =>
        {
            Tick(() =>
            {
                t.Log("t1");
                throw new InvalidOperationException("in a tick");
            });
            Tick(Say("t2"));
            Micro(Say("m1"));
            Immediate(Say("i of i"));
        });
        Immediate(Say("next immediate"));
        await Wait(10);
        Immediate(() =>
        {
            Micro(() =>
            {
                t.Log("m1");
                throw new InvalidOperationException("in a microtask");
            });
            Micro(Say("m2"));
            Tick(Say("t1"));
            Promise.Resolve().Then(Say("p"));
        });
        Immediate(Say("next immediate"));
        await Wait(10);
        _loop.Process.UncaughtException -= Caught;
    }

    private async Promise RejectedAndMended()
    {
        void Told(Exception e, Promise p) => t.Log("unhandled", e.Message);
        static Promise<int> Reject(string message) => Promise.Reject<int>(new InvalidOperationException(message));
        _loop.Process.UnhandledRejection += Told;
        _loop.Process.RejectionHandled += _ => t.Log("handled late");
        Immediate(() =>
        {
            var p = Reject("a");
            Tick(() => Tick(() => Micro(() => p.Catch((Exception _) => t.Log("caught a")))));
            var q = Reject("b");
            Immediate(() => q.Catch((Exception _) => t.Log("caught b")));
            Micro(() =>
            {
                Reject("c");
                Tick(Say("tick"));
            });
        });
        Immediate(Say("next immediate"));
        await Wait(10);
        _loop.Process.UnhandledRejection -= Told;
    }

    private async Promise FinallyChains()
    {
        async Promise<string> F()
        {
            try
            {
                return "try";
            }
            finally
            {
                await Promise.Resolve();
                t.Log("finally");
                Tick(Say("tick"));
            }
        }

        async Promise<string> G()
        {
            try
            {
                await F();
                throw new InvalidOperationException("x");
            }
            catch (InvalidOperationException e)
            {
                return e.Message;
            }
            finally
            {
                t.Log("g finally");
            }
        }

        _ = Promise.Resolve(1).Finally(Promise () =>
        {
            t.Log("one");
            return G();
        }).Then(v => t.Log("then", v)).Finally(Say("last"));
        await F();
        t.Log("awaited f");
        t.Log(await G());
        await Turn();
    }
}
