using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class PortsClosely(Transcript t)
{
    [Twin("node/96-ports-closely")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new PortsClosely(t).Main(), Virtual);

    private async Promise Main()
    {
        await Step("listenersComeLate", ListenersComeLate);
        await Step("onlyOnce", OnlyOnce);
        await Step("listenerGoes", ListenerGoes);
        await Step("startedByHand", StartedByHand);
        await Step("byHandAndByEvent", ByHandAndByEvent);
        await Step("closes", Closes);
        await Step("closesInMessage", ClosesInMessage);
        await Step("closedByTheOther", ClosedByTheOther);
        await Step("references", References);
        await Step("pingPong", PingPong);
        await Step("awaited", Awaited);
        await Step("manyChannels", ManyChannels);
        await Step("handedOn", HandedOn);
        await Step("copies", Copies);
        await Step("broadcast", Broadcast);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 5, run);

    private static Promise<bool> Wait(double milliseconds) => NodeLoop.Current.Delay(milliseconds);

    private Action Say(string text) => () => t.Log(text);

    private static (MessagePort One, MessagePort Two) Channel()
    {
        var channel = new MessageChannel();
        return (channel.Port1, channel.Port2);
    }

    private static object Take(MessagePort port) => port.TryReceive<int>(out var m) ? m : "nothing";

    private static void Post(MessagePort port, params int[] messages)
    {
        foreach (var m in messages) port.PostMessage(m);
    }

    private async Promise ListenersComeLate()
    {
        var (one, two) = Channel();
        one.PostMessage(1);
        await Wait(5);
        two.On<int>("message", m =>
        {
            t.Log("first", m);
            if (m == 1) two.On<int>("message", n => t.Log("second", n));
        });
        one.PostMessage(2);
        await Wait(10);
        one.Close();
        await Wait(5);
    }

    private async Promise OnlyOnce()
    {
        var (one, two) = Channel();
        two.Once<int>("message", m => t.Log("once", m));
        Post(one, 1, 2, 3);
        await Wait(10);
        t.Log(two.ListenerCount("message"), Take(two));
        one.PostMessage(4);
        t.Log(Take(two), Take(two));
        one.Close();
        await Wait(5);
    }

    private async Promise ListenerGoes()
    {
        var (one, two) = Channel();
        Action<int> f = null!;
        f = m =>
        {
            t.Log("got", m);
            if (m == 2) two.Off("message", f);
        };
        two.On("message", f);
        Post(one, 1, 2, 3, 4);
        await Wait(10);
        two.On<int>("message", m => t.Log("again", m));
        one.PostMessage(5);
        await Wait(10);
        one.Close();
        await Wait(5);
    }

    private async Promise StartedByHand()
    {
        var (one, two) = Channel();
        one.PostMessage(1);
        two.Start();
        await Wait(5);
        two.On<int>("message", m => t.Log("got", m));
        one.PostMessage(2);
        await Wait(5);
        two.Close();
        two.Close();
        await Wait(5);
    }

    private async Promise ByHandAndByEvent()
    {
        var (one, two) = Channel();
        Post(one, 1, 2, 3);
        t.Log("taken", Take(two));
        two.On<int>("message", m =>
        {
            t.Log("event", m);
            t.Log("taken", Take(two));
        });
        await Wait(10);
        one.Close();
        await Wait(5);
        t.Log(Take(two));
    }

    private async Promise Closes()
    {
        var (one, two) = Channel();
        foreach (var (n, p) in new[] { ("one", one), ("two", two) })
        {
            p.On("close", () =>
            {
                t.Log(n, "close");
                Tick(Say(n + " tick"));
            });
        }

        two.On<string>("message", m => t.Log("got", m));
        one.PostMessage("before");
        one.Close(Say("callback"));
        one.PostMessage("after");
        two.PostMessage("back");
        t.Log("called");
        Tick(Say("tick"));
        Immediate(Say("immediate"));
        await Wait(10);
        one.Close(Say("never"));
        two.PostMessage("nobody");
        await Wait(5);
    }

    private async Promise ClosesInMessage()
    {
        var (one, two) = Channel();
        two.On<int>("message", m =>
        {
            t.Log("got", m);
            if (m != 2) return;
            two.Close();
            one.PostMessage(9);
            t.Log("closed");
            Tick(Say("tick"));
        });
        two.On("close", Say("two close"));
        one.On("close", Say("one close"));
        Post(one, 1, 2, 3);
        await Wait(10);
    }

    private async Promise ClosedByTheOther()
    {
        var (one, two) = Channel();
        two.On<int>("message", m =>
        {
            t.Log("got", m);
            if (m != 1) return;
            one.Close();
            t.Log("closed by the other");
        });
        two.On("close", Say("two close"));
        one.On("close", Say("one close"));
        Post(one, 1, 2);
        await Wait(10);
    }
}
