using System.Net;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class SocketsInOrder
{
    private async Promise ServerCloses()
    {
        var (a, b, s) = await Pair();
        a.On("close", Say("a close"));
        b.On("close", Say("b close"));
        s.On("close", Say("server close"));
        s.Close(e => t.Log("callback", e is null ? "undefined" : e.Message));
        t.Log(s.IsListening);
        await Wait(20);
        t.Log("ends");
        b.End();
        a.Resume();
        b.Resume();
        await Wait(30);
    }

    private async Promise TooMany()
    {
        var s = new NetServer(c =>
        {
            t.Log("connection");
            c.On("close", Say("connection closes"));
            c.Resume();
        })
        {
            MaxConnections = 1,
        };
        s.On("drop", Say("drop"));
        await Listen(s);
        var a = NetSocket.Connect(PortOf(s), "127.0.0.1");
        a.Resume();
        a.On("close", Say("a close"));
        await Wait(20);
        var b = NetSocket.Connect(PortOf(s), "127.0.0.1");
        b.Resume();
        Quiet(b);
        b.On("close", Say("b close"));
        await Wait(30);
        a.End();
        await Wait(20);
        s.Close(Say("server closed"));
        await Wait(20);
    }

    private async Promise InUse()
    {
        var s = await Listen(new NetServer());
        var other = new NetServer();
        other.On<Exception>("error", e =>
        {
            t.Log("error", CodeOf(e), other.IsListening);
            s.Close(Say("closed"));
        });
        other.On("listening", Say("never"));
        other.Listen(PortOf(s), "127.0.0.1", Say("never"));
        Tick(Say("tick"));
        await Wait(30);
    }

    private async Promise OfAFile()
    {
        var folder = Directory.CreateTempSubdirectory("trace");
        var name = Path.Combine(folder.FullName, "socket");
        var s = new NetServer(c =>
        {
            c.OnData(d =>
            {
                t.Log("server", Text(d));
                c.End("bye");
            });
            c.On("close", Say("server side close"));
        });
        s.Listen(name);
        await Event(s, "listening");
        var a = NetSocket.Connect(name, Say("connected"));
        Watch(a, "a").OnData(d => t.Log("client", Text(d)));
        a.Write("hello");
        await Wait(30);
        s.Close(() => t.Log("closed", File.Exists(name)));
        await Wait(20);
        var b = NetSocket.Connect(name);
        b.On<Exception>("error", e => t.Log("error", CodeOf(e)));
        b.On<bool>("close", x => t.Log("close", x));
        await Wait(20);
        folder.Delete(recursive: true);
    }

    private async Promise Aborted()
    {
        var controller = new AbortController();
        var s = new NetServer();
        s.Listen(new IPEndPoint(IPAddress.Loopback, 0), signal: controller.Signal);
        s.On("close", Say("server close"));
        await Event(s, "listening");
        var own = new AbortController();
        var c = NetSocket.Connect(new IPEndPoint(IPAddress.Loopback, PortOf(s)), signal: own.Signal);
        c.On<Exception>("error", e => t.Log("client", e.GetType().Name));
        c.On<bool>("close", x => t.Log("client close", x));
        c.On("connect", Say("connect"));
        s.On<NetSocket>("connection", x =>
        {
            Quiet(x);
            x.Resume();
            x.On("close", Say("connection close"));
        });
        await Wait(20);
        own.Abort();
        t.Log("aborted", c.IsDestroyed);
        await Wait(20);
        controller.Abort();
        t.Log("aborted", s.IsListening);
        await Wait(20);
    }

    private async Promise Idle()
    {
        var (a, b, s) = await Pair();
        a.SetTimeout(900, Say("idle"));
        Quiet(b);
        a.On("timeout", () =>
        {
            t.Log("timeout");
            a.Destroy();
        });
        b.Resume();
        b.On("close", Say("b close"));
        a.On("close", Say("a close"));
        await Wait(30);
        a.Write("x");
        await Wait(40);
        t.Log("written, not yet");
        await Wait(60);
        s.Close();
        await Wait(10);
    }

    private async Promise OrderOfTheConnect()
    {
        var s = await Listen(new NetServer(c =>
        {
            t.Log("connection");
            c.Resume();
            c.End();
        }));
        var c = NetSocket.Connect(PortOf(s), "127.0.0.1", () =>
        {
            t.Log("connect");
            Tick(Say("tick of connect"));
            Immediate(Say("immediate of connect"));
        });
        c.On("ready", Say("ready"));
        c.Resume();
        Tick(() => t.Log("tick", c.IsConnecting));
        Immediate(() => t.Log("immediate", c.IsConnecting));
        await Event(c, "close");
        t.Log(c.BytesRead, c.BytesWritten, c.IsDestroyed);
        s.Close(Say("closed"));
        await Wait(10);
    }
}
