using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>The ways in which a process ends: each case is a loop of its own.</summary>
internal sealed partial class WaysToEnd(Transcript t)
{
    [Twin("node/83-ways-to-end")]
    internal static void Ways(Transcript t) => new WaysToEnd(t).All();

    private static NodeLoop Loop => NodeLoop.Current;

    private static NodeProcess Process => Loop.Process;

    private Action Say(string text) => () => t.Log(text);

    private static Action Throws(string message) => () => throw new InvalidOperationException(message);

    private static void Reject(string message) => Promise.Reject<int>(new InvalidOperationException(message));

    private void Exits() => Process.Exit += code => t.Log("exit", code);

    private void Caught() => Process.UncaughtException += e => t.Log("caught", e.Message);

    /// <summary>A process of its own, and the code with which it ends; what it ends for is printed by Node elsewhere.</summary>
    private void Case(string name, Action main)
    {
        t.Log("--", name);
        var loop = new NodeLoop();
        try
        {
            loop.Start(main);
        }
        catch (InvalidOperationException)
        {
            Assert.NotEqual(0, loop.Process.ExitCode);
        }

        t.Log("code", loop.Process.ExitCode);
    }

    private void All()
    {
        Case("nothing", () =>
        {
            Process.BeforeExit += c => t.Log("beforeExit", c);
            Exits();
        });
        Case("exitCodeSet", () =>
        {
            Process.BeforeExit += c =>
            {
                t.Log("beforeExit", c);
                Process.ExitCode = 3;
            };
            Exits();
            After(1, () => Process.ExitCode = 2);
        });
        Exiting();
        Case("exitInExit", () =>
        {
            Process.Exit += c =>
            {
                t.Log("first", c);
                Loop.Exit(9);
            };
            Process.Exit += _ => t.Log("second, never");
        });
        Case("exitCodeInExit", () =>
        {
            Process.Exit += c =>
            {
                t.Log("first", c);
                Process.ExitCode = 8;
            };
            Process.Exit += c => t.Log("second", c, Process.ExitCode);
        });
        Case("exitWithCodeSetBefore", () =>
        {
            Exits();
            Process.ExitCode = 3;
            After(1, () => Loop.Exit(Process.ExitCode));
        });
        Throwing();
        Handled();
        Rejecting();
        Reviving();
    }

    private void Exiting()
    {
        Case("exitInTimer", () =>
        {
            Exits();
            Process.BeforeExit += _ => t.Log("never");
            After(1, () =>
            {
                Tick(Say("never"));
                Micro(Say("never"));
                Immediate(Say("never"));
                Loop.Exit(5);
            });
            After(2, Say("never"));
        });
        Case("exitInTick", () =>
        {
            Exits();
            Tick(() => Loop.Exit(6));
            Tick(Say("never"));
            Loop.QueueMicrotask(Say("never"));
        });
        Case("exitInMicrotask", () =>
        {
            Exits();
            Loop.QueueMicrotask(() => Loop.Exit(7));
            Loop.QueueMicrotask(Say("never"));
            Tick(Say("tick"));
            Immediate(Say("never"));
        });
        Case("exitInImmediate", () =>
        {
            Exits();
            Immediate(() => Loop.Exit(0));
            Immediate(Say("never"));
        });
        Case("exitInBeforeExit", () =>
        {
            Exits();
            Process.BeforeExit += _ =>
            {
                t.Log("before");
                Loop.Exit(4);
            };
            Process.BeforeExit += _ => t.Log("never");
        });
    }

    private void Throwing()
    {
        Case("throwsAtStart", () =>
        {
            Exits();
            Tick(Say("never"));
            Loop.QueueMicrotask(Say("never"));
            Throws("start")();
        });
        Case("throwsInTimer", () =>
        {
            Exits();
            After(1, () =>
            {
                Tick(Say("never"));
                Throws("timer")();
            });
            After(1, Say("never"));
        });
        Case("throwsInTick", () =>
        {
            Exits();
            Tick(Throws("tick"));
            Tick(Say("never"));
        });
        Case("throwsInMicrotask", () =>
        {
            Exits();
            Loop.QueueMicrotask(Throws("micro"));
            Loop.QueueMicrotask(Say("never"));
        });
        Case("throwsInImmediate", () =>
        {
            Exits();
            Immediate(Throws("immediate"));
            Immediate(Say("never"));
        });
        Case("throwsInBeforeExit", () =>
        {
            Exits();
            Process.BeforeExit += _ => Throws("before")();
            Process.BeforeExit += _ => t.Log("never");
        });
        Case("throwsInExit", () =>
        {
            Process.Exit += c =>
            {
                t.Log("first", c);
                Throws("exit")();
            };
            Process.Exit += _ => t.Log("never");
        });
    }
}
