using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class WaysToEnd
{
    private void Handled()
    {
        Case("caughtInBeforeExit", () =>
        {
            Exits();
            var n = 0;
            Caught();
            Process.BeforeExit += _ =>
            {
                t.Log("before", ++n);
                if (n < 2) Throws("before")();
            };
        });
        Case("caughtInExit", () =>
        {
            UncaughtOrigin? origin = null;
            Process.UncaughtExceptionMonitor += (_, its) => origin = its;
            Process.UncaughtException += e => t.Log("caught", e.Message, Name(origin));
            Process.Exit += _ => Throws("exit")();
            Process.Exit += _ => t.Log("never");
        });
        Case("handlerThrows", () =>
        {
            Exits();
            Process.UncaughtException += e =>
            {
                t.Log("caught", e.Message);
                Throws("handler")();
            };
            After(1, Throws("timer"));
            After(1, Say("never"));
        });
        Case("handlerExits", () =>
        {
            Exits();
            Process.UncaughtException += e =>
            {
                t.Log("caught", e.Message);
                Loop.Exit(11);
            };
            Immediate(Throws("x"));
            After(5, Say("never"));
        });
    }

    private static string Name(UncaughtOrigin? origin) =>
        origin == UncaughtOrigin.UnhandledRejection ? "unhandledRejection" : "uncaughtException";

    private void Rejecting()
    {
        Case("rejected", () =>
        {
            Exits();
            Reject("r");
            Tick(Say("tick"));
            Immediate(Say("never"));
        });
        Case("rejectedInImmediate", () =>
        {
            Exits();
            Immediate(() =>
            {
                Reject("r");
                Loop.QueueMicrotask(Say("micro"));
            });
            Immediate(Say("never"));
        });
        Case("rejectedCaught", () =>
        {
            Exits();
            UncaughtOrigin? origin = null;
            Process.UncaughtExceptionMonitor += (_, its) => origin = its;
            Process.UncaughtException += e => t.Log("caught", e.Message, Name(origin));
            Reject("r");
            Immediate(Say("immediate"));
        });
        Case("rejectedTold", () =>
        {
            Exits();
            Process.UnhandledRejection += (e, _) => t.Log("told", e.Message);
            Reject("r");
            Immediate(Say("immediate"));
        });
        Case("tellerThrows", () =>
        {
            Exits();
            Process.UnhandledRejection += (e, _) =>
            {
                t.Log("told", e.Message);
                Throws("teller")();
            };
            Reject("r");
            Immediate(Say("never"));
        });
        Case("rejectedInBeforeExit", () =>
        {
            Exits();
            Process.BeforeExit += _ =>
            {
                t.Log("before");
                Reject("r");
            };
        });
        Case("rejectedInExit", () => Process.Exit += c =>
        {
            t.Log("exit", c);
            Reject("r");
        });
    }

    private void Reviving()
    {
        Case("neverResolved", () =>
        {
            Exits();
            Process.BeforeExit += _ => t.Log("before");
            async Promise Never()
            {
                await new Promise<int>(static _ => { });
                t.Log("never");
            }

            _ = Never();
        });
        Case("unrefOnly", () =>
        {
            Exits();
            Process.BeforeExit += _ => t.Log("before");
            Loop.SetInterval(Say("never"), 1).Unref();
            Loop.SetImmediate(Say("never")).Unref();
        });
        Case("revivedOften", () =>
        {
            Exits();
            var n = 0;
            Process.BeforeExit += _ =>
            {
                t.Log("before", ++n);
                if (n == 1) Immediate(Say("immediate"));
                if (n == 2) After(1, Say("timer")).Unref();
            };
        });
        Case("listenersGo", () =>
        {
            Action<int> gone = _ => t.Log("gone");
            Process.Exit += _ =>
            {
                t.Log("first");
                Process.Exit -= gone;
                Process.Exit += _ => t.Log("added, never");
            };
            Process.Exit += gone;
            Action<int> once = null!;
            once = _ =>
            {
                t.Log("once");
                Process.BeforeExit -= once;
                Immediate(Say("revives"));
            };
            Process.BeforeExit += once;
            Process.BeforeExit += _ => t.Log("always");
        });
    }
}
