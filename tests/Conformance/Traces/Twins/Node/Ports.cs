using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class Ports
{
    [Twin("node/66-ports")]
    internal static void All(Transcript t) => NodeLoop.Run(async () =>
    {
        await Closing(t);
        t.Log("--");
        await HandingOver(t);
        t.Log("--");
        await Receiving(t);
        t.Log("--");
        await Broadcasting(t);
        t.Log("over");
    }, Virtual);

    private static Promise<bool> Wait() => NodeLoop.Current.Delay(200);

    private static async Promise Closing(Transcript t)
    {
        var channel = new MessageChannel();
        channel.Port1.On<string>("message", m =>
        {
            t.Log("one", m);
            Tick(() => t.Log("tick of", m));
            if (m == "b") channel.Port1.Close();
        });
        channel.Port1.On("close", () => t.Log("close 1"));
        channel.Port2.On("close", () => t.Log("close 2"));
        foreach (var m in new[] { "a", "b", "c" }) channel.Port2.PostMessage(m);
        t.Log("posted");
        await Wait();
    }

    private static async Promise HandingOver(Transcript t)
    {
        var a = new MessageChannel();
        var b = new MessageChannel();
        b.Port1.PostMessage("waits");
        a.Port2.On<Package>("message", package =>
        {
            var port = package.Port!;
            t.Log("got a port", port == b.Port2);
            port.On<string>("message", m =>
            {
                t.Log("through it", m);
                port.PostMessage("answer");
            });
        });
        b.Port1.On<string>("message", m =>
        {
            t.Log("answered", m);
            b.Port1.Close();
            a.Port1.Close();
        });
        a.Port1.PostMessage(new Package { Port = b.Port2 }, b.Port2);
        try
        {
            a.Port1.PostMessage(new Package { Port = b.Port2 }, b.Port2);
        }
        catch (DataCloneException e)
        {
            t.Log(e.Message);
        }

        await Wait();
    }

    private static async Promise Receiving(Transcript t)
    {
        var channel = new MessageChannel();
        channel.Port1.PostMessage(1);
        channel.Port1.PostMessage(2);
        channel.Port2.TryReceive<int>(out var first);
        channel.Port2.TryReceive<int>(out var second);
        t.Log("received", first, second, channel.Port2.TryReceive<int>(out _) ? "more" : "undefined");
        channel.Port1.PostMessage(3);
        channel.Port1.Close();
        channel.Port2.On<int>("message", m => t.Log("late", m));
        channel.Port2.On("close", () => t.Log("close"));
        await Wait();
    }

    private static async Promise Broadcasting(Transcript t)
    {
        var name = "x" + Guid.NewGuid();
        var x = new BroadcastChannel(name);
        var y = new BroadcastChannel(name);
        var z = new BroadcastChannel(name);
        y.On<object>("message", m =>
        {
            t.Log("y", m);
            if (m.Equals(2)) y.Close();
        });
        z.On<object>("message", m =>
        {
            t.Log("z", m);
            if (m.Equals(1)) z.PostMessage<object>("from z");
            if (m.Equals(2)) z.Close();
        });
        x.On<object>("message", m =>
        {
            t.Log("x", m);
            x.PostMessage<object>(2);
            x.Close();
        });
        x.PostMessage<object>(1);
        t.Log("broadcast");
        await Wait();
    }

    internal sealed class Package
    {
        public MessagePort? Port { get; set; }
    }
}
