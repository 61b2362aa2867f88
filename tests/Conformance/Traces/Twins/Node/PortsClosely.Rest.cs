using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class PortsClosely
{
    private async Promise References()
    {
        var (one, two) = Channel();
        t.Log(two.HasRef);
        two.On("message", () => { });
        t.Log(two.HasRef);
        two.Unref();
        t.Log(two.HasRef);
        two.Ref();
        t.Log(two.HasRef);
        two.Close();
        t.Log(two.HasRef);
        await Wait(5);
        t.Log(one.HasRef, two.HasRef);
    }

    private async Promise PingPong()
    {
        var (one, two) = Channel();
        one.On<int>("message", m =>
        {
            t.Log("one", m);
            if (m < 4) one.PostMessage(m + 1);
            else one.Close();
            Immediate(() => t.Log("immediate", m));
        });
        two.On<int>("message", m =>
        {
            t.Log("two", m);
            two.PostMessage(m + 1);
        });
        two.On("close", Say("close"));
        one.PostMessage(1);
        await Wait(20);
    }

    private async Promise Awaited()
    {
        var (one, two) = Channel();
        var p = EventEmitter.Once<string>(two, "message");
        one.PostMessage("x");
        one.PostMessage("y");
        t.Log(await p);
        t.Log(await EventEmitter.Once<string>(two, "message"));
        one.Close();
        var closed = new Promise<bool>(done => two.Once("close", () => done.Resolve(true)));
        await Promise.All(closed, Wait(5));
        t.Log("closed");
    }

    private async Promise ManyChannels()
    {
        var channels = new[] { 1, 2, 3 }.Select(n =>
        {
            var channel = new MessageChannel();
            channel.Port2.On<string>("message", m =>
            {
                t.Log(n, m);
                Tick(() => t.Log("tick", n, m));
            });
            return channel;
        }).ToArray();
        foreach (var m in new[] { "a", "b" })
            foreach (var c in channels)
                c.Port1.PostMessage(m);
        await Wait(10);
        foreach (var c in channels) c.Port1.Close();
        await Wait(5);
    }

    private async Promise HandedOn()
    {
        var (a, b, c) = (new MessageChannel(), new MessageChannel(), new MessageChannel());
        a.Port2.On<Package>("message", package =>
        {
            t.Log("a got a port");
            b.Port1.PostMessage(new Package { Port = package.Port }, package.Port!);
        });
        b.Port2.On<Package>("message", package =>
        {
            t.Log("b got a port");
            package.Port!.On<string>("message", m =>
            {
                t.Log("end", m);
                package.Port.PostMessage("answer");
            });
        });
        c.Port1.On<string>("message", m =>
        {
            t.Log("origin", m);
            foreach (var x in new[] { a, b, c }) x.Port1.Close();
        });
        c.Port1.PostMessage("early");
        a.Port1.PostMessage(new Package { Port = c.Port2 }, c.Port2);
        c.Port1.PostMessage("meanwhile");
        await Wait(30);
    }

    private async Promise Copies()
    {
        var (one, two) = Channel();
        var m = new Thing { N = 1, List = [1, 2], Inner = new() { Deep = true } };
        one.PostMessage(m);
        m.N = 2;
        m.List.Add(3);
        two.TryReceive<Thing>(out var got);
        t.Log(got!.N, got.List.Count, got.Inner!.Deep, got.Inner == m.Inner);
        byte[] b = [1, 2, 3];
        one.PostMessage(b);
        b[0] = 9;
        two.TryReceive<byte[]>(out var bytes);
        t.Log(bytes![0]);
        try
        {
            one.PostMessage<Action>(() => { });
        }
        catch (DataCloneException)
        {
            t.Log("DataCloneError");
        }

        t.Log(Take(two));
        one.Close();
        await Wait(5);
    }

    private async Promise Broadcast()
    {
        var id = "n" + Guid.NewGuid();
        var (x, y, z) = (new BroadcastChannel(id), new BroadcastChannel(id), new BroadcastChannel("other" + id));
        void First(object m)
        {
            t.Log("y", m);
            y.PostMessage("from y");
            y.RemoveAllListeners("message");
            y.On<object>("message", n => t.Log("y now", n));
        }

        y.On<object>("message", First);
        x.On<object>("message", m =>
        {
            t.Log("x", m);
            Tick(Say("tick"));
            if (!m.Equals("from y")) return;
            x.PostMessage("last");
            x.Close();
        });
        z.On("message", Say("never"));
        x.PostMessage("hello");
        t.Log("posted");
        Immediate(Say("immediate"));
        await Wait(20);
        y.Close();
        z.Close();
        try
        {
            x.PostMessage("closed");
        }
        catch (InvalidOperationException)
        {
            t.Log("InvalidStateError");
        }
    }

    internal sealed class Package
    {
        public MessagePort? Port { get; set; }
    }

    internal sealed class Thing
    {
        public int N { get; set; }

        public List<int> List { get; set; } = [];

        public Thing? Inner { get; set; }

        public bool Deep { get; set; }
    }
}
