using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class BroadcastsInOrder(Transcript t)
{
    [Twin("node/111-broadcasts-in-order")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new BroadcastsInOrder(t).Main(), Virtual);

    private static Promise<bool> Wait() => NodeLoop.Current.Delay(10);

    private async Promise Main()
    {
        await t.Step("answers", 10, async () =>
        {
            var (a, b) = (Told(0), Told(1));
            a.PostMessage("to b");
            b.PostMessage("to a");
            await Wait();
            CloseAll(a, b);
        });
        await t.Step("three", 10, async () =>
        {
            BroadcastChannel[] three = [Told(0), Told(1), Told(2)];
            three[2].PostMessage("x");
            three[0].PostMessage("y");
            three[1].PostMessage("z");
            await Wait();
            CloseAll(three);
        });
        await t.Step("beside ports", 10, BesidePorts);
        await t.Step("written to while they are told", 10, async () =>
        {
            var (a, b, c) = (Told(0), Channel(), Told(2));
            b.On<string>("message", m =>
            {
                t.Log("b", m);
                if (m == "begin") b.PostMessage("on");
            });
            a.PostMessage("begin");
            await Wait();
            CloseAll(a, b, c);
        });
        await t.Step("closed before its turn", 10, async () =>
        {
            var (a, b, c) = (Channel(), Told(1), Told(2));
            a.On("message", () =>
            {
                t.Log("a closes b");
                b.Close();
            });
            c.PostMessage("for both");
            await Wait();
            CloseAll(a, c);
        });
    }

    private async Promise BesidePorts()
    {
        var first = new MessageChannel();
        var (a, b) = (Numbered(0), Numbered(1));
        var last = new MessageChannel();
        first.Port2.On<int>("message", m => t.Log("first", m));
        last.Port2.On<int>("message", m => t.Log("last", m));
        last.Port1.PostMessage(1);
        a.PostMessage(2);
        b.PostMessage(3);
        first.Port1.PostMessage(4);
        await Wait();
        CloseAll(a, b);
        first.Port1.Close();
        last.Port1.Close();
    }

    private static BroadcastChannel Channel() => new("broadcasts-in-order");

    private BroadcastChannel Told(int number) => Tells<string>(number);

    private BroadcastChannel Numbered(int number) => Tells<int>(number);

    private BroadcastChannel Tells<T>(int number)
    {
        var channel = Channel();
        channel.On<T>("message", m =>
        {
            t.Log("channel", number, m);
            Tick(() => t.Log("tick of", number, m));
        });
        return channel;
    }

    private static void CloseAll(params BroadcastChannel[] channels)
    {
        foreach (var channel in channels) channel.Close();
    }
}
