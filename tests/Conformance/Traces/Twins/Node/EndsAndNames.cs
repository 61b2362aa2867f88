using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class EndsAndNames(Transcript t)
{
    private static readonly StreamOptions Objects = new() { ObjectMode = true };

    [Twin("node/110-ends-and-names")]
    internal static void All(Transcript t)
    {
        var twin = new EndsAndNames(t);
        twin.Case("unrefAlone", twin.UnrefAlone);
        twin.Case("unrefBesideImmediate", twin.UnrefBesideImmediate);
        twin.Case("unrefBesideTimers", twin.UnrefBesideTimers);
        twin.Case("closedWithoutListener", () => twin.Closed(listens: false));
        twin.Case("closedWithListener", () => twin.Closed(listens: true));
        twin.Case("refAgain", twin.RefAgain);
        twin.Case("names", twin.Names);
        twin.Case("nulls", twin.Nulls);
    }

    /// <summary>A loop of its own, as each case of the program is a process of its own.</summary>
    private void Case(string name, Action run)
    {
        t.Log("--", name);
        NodeLoop.Run(
            () =>
            {
                NodeLoop.Current.Process.Exit += code => t.Log("exit", code);
                run();
            },
            Virtual);
    }

    private Action Say(string text) => () => t.Log(text);

    private void UnrefAlone()
    {
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", _ => t.Log("never"));
        channel.Port2.Unref();
        channel.Port1.PostMessage(1);
        NodeLoop.Current.Process.BeforeExit += _ => t.Log("beforeExit");
    }

    private void UnrefBesideImmediate()
    {
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", m =>
        {
            t.Log("got", m);
            if (m == 1) channel.Port1.PostMessage(2);
        });
        channel.Port2.Unref();
        channel.Port1.PostMessage(1);
        Immediate(Say("immediate"));
    }

    private void UnrefBesideTimers()
    {
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", m => t.Log("got", m));
        channel.Port2.Unref();
        After(10, () =>
        {
            channel.Port1.PostMessage(1);
            After(10, () => channel.Port1.PostMessage(2));
        });
    }

    private void Closed(bool listens)
    {
        var channel = new MessageChannel();
        if (listens) channel.Port1.On<int>("message", _ => { });
        channel.Port1.On("close", Say(listens ? "port1 close" : "never"));
        channel.Port2.On("close", Say("port2 close"));
        channel.Port2.Close();
    }

    private void RefAgain()
    {
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", m =>
        {
            t.Log("got", m);
            channel.Port2.Close();
        });
        channel.Port2.Unref();
        channel.Port2.Ref();
        channel.Port1.PostMessage(1);
    }
}
