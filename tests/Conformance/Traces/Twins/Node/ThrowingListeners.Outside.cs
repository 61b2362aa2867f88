using System.Net;
using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class ThrowingListeners
{
    private static NetSocket Connect(NetServer server) => NetSocket.Connect(((IPEndPoint)server.Address!).Port, "127.0.0.1");

    private async Promise Outside()
    {
        await Step("inFileCallback", () => NodeFs.Stat(ThisFile, (_, _) =>
        {
            Tick(Say("tick"));
            NodeLoop.Current.QueueMicrotask(Say("micro"));
            Fail("stat");
        }), 60);
        await Step("inConnection", InConnection, 80);
        await Step("inConnectListener", InConnectListener, 110);
        await Step("inSocketData", InSocketData, 110);
        t.Log("--", "inWorkerListener");
        await new Promise<bool>(done => Immediate(() => InWorkerListener(() => done.Resolve(true))));
    }

    private void InWorkerListener(Action done)
    {
        var w = new Worker(static () =>
        {
            var parent = Worker.ParentPort!;
            parent.PostMessage(1);
            After(30, () => parent.PostMessage(2));
        });
        w.Once("exit", () => After(30, done));
        w.On("online", Say("online"));
        w.On<int>("message", m =>
        {
            t.Log("message", m);
            if (m == 1) Fail("message");
        });
        w.On<int>("exit", c =>
        {
            t.Log("exit", c);
            Fail("exit");
        });
        w.On("error", Say("never")).Once("exit", Say("never"));
    }

    private void InConnection()
    {
        NetServer s = null!;
        s = new NetServer(c =>
        {
            c.On("error", () => { });
            c.On("close", Say("server side close"));
            c.Resume();
            Fail("connection");
        }).Listen(0, "127.0.0.1", () =>
        {
            var c = Connect(s);
            c.On("connect", () => After(20, () => c.End()));
            c.On("close", () =>
            {
                t.Log("client close");
                s.Close();
            });
            c.Resume();
        });
    }

    private void InConnectListener()
    {
        NetServer s = null!;
        s = new NetServer(c =>
        {
            c.On("error", () => { });
            c.Resume();
            c.On("close", Say("server side close"));
            After(20, () => c.End("bye"));
        }).Listen(0, "127.0.0.1", () =>
        {
            var c = Connect(s);
            c.OnData(d => t.Log("client", Encoding.ASCII.GetString(d)));
            c.On("end", Say("client end"));
            c.On("close", Say("client close"));
            c.On("connect", () => Fail("connect"));
            c.On("connect", Say("never"));
            c.On("ready", Say("ready"));
            After(60, () =>
            {
                t.Log(c.IsDestroyed, c.IsConnecting);
                c.Destroy();
                s.Close();
            });
        });
    }

    private void InSocketData()
    {
        NetServer s = null!;
        s = new NetServer(c => c.OnData(d =>
        {
            var text = Encoding.ASCII.GetString(d);
            t.Log("data", text);
            if (text == "a") Fail("socket data");
            c.End("bye");
        })).Listen(0, "127.0.0.1", () =>
        {
            var c = Connect(s);
            c.Write("a");
            After(20, () => c.Write("b"));
            c.OnData(d => t.Log("client", Encoding.ASCII.GetString(d)));
            c.On("end", () => Fail("client end"));
            c.On("close", () =>
            {
                t.Log("client close");
                s.Close();
            });
            After(60, () =>
            {
                t.Log(c.IsDestroyed, c.IsWritable);
                c.Destroy();
            });
        });
    }
}
