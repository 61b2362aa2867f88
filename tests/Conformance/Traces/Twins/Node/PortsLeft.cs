using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Ports whose listeners go one by one, all of a name, or all at once.</summary>
internal sealed class PortsLeft(Transcript t)
{
    private static readonly (string Name, Action<MessagePort, Action<int>> Go)[] Ways =
    [
        ("off", (port, f) => port.Off("message", f)),
        ("name", (port, _) => port.RemoveAllListeners("message")),
        ("all", (port, _) => port.RemoveAllListeners()),
        ("another", (port, _) => port.RemoveAllListeners("close")),
    ];

    [Twin("node/107-ports-left")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new PortsLeft(t).Main(), Virtual);

    private static Promise Turn() => new Promise<bool>(r => Immediate(() => Immediate(() => r.Resolve(true))));

    private async Promise Main()
    {
        foreach (var (name, go) in Ways) await Left(name, go);
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", _ => { });
        channel.Port2.RemoveAllListeners("message");
        After(50, () =>
        {
            t.Log("held", channel.Port2.HasRef);
            channel.Port1.Close();
        }).Unref();
    }

    private async Promise Left(string how, Action<MessagePort, Action<int>> go)
    {
        var channel = new MessageChannel();
        var (port1, port2) = (channel.Port1, channel.Port2);
        Action<int> f = v => t.Log(how, "f", v);
        port2.On("message", f);
        port1.PostMessage(1);
        await Turn();
        go(port2, f);
        t.Log(how, port2.HasRef, port2.ListenerCount("message"));
        port1.PostMessage(2);
        await Turn();
        port2.On<int>("message", v => t.Log(how, "g", v));
        port1.PostMessage(3);
        await Turn();
        t.Log(port2.HasRef);
        go(port2, f);
        port1.Close();
        await Turn();
    }
}
