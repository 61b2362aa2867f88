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
        await Step("inConnection", InConnection);
        await Step("inConnectListener", InConnectListener);
        await Step("inSocketData", InSocketData);
        await Step("inWorkerListener", InWorkerListener);
    }

    /// <summary>A step that says itself when it is over.</summary>
    private async Promise Step(string name, Action<Action> run)
    {
        t.Log("--", name);
        await new Promise<bool>(done => Immediate(() => run(() => done.Resolve(true))));
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

    private void InConnection(Action done)
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
                s.Close(() => After(5, done));
            });
            c.Resume();
        });
    }

    private void InConnectListener(Action done)
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
            c.On("connect", () =>
            {
                After(60, () =>
                {
                    t.Log(c.IsDestroyed, c.IsConnecting);
                    c.Destroy();
                    s.Close(() => After(5, done));
                });
                Fail("connect");
            });
            c.On("connect", Say("never"));
            c.On("ready", Say("ready"));
        });
    }

    private void InSocketData(Action done)
    {
        NetServer s = null!;
        s = new NetServer(c =>
        {
            c.On("close", Say("server side close"));
            c.OnData(d =>
            {
                var text = Encoding.ASCII.GetString(d);
                t.Log("data", text);
                if (text == "a")
                {
                    Immediate(() => c.Write("go"));
                    Fail("socket data");
                }

                c.End("bye");
            });
        }).Listen(0, "127.0.0.1", () =>
        {
            var c = Connect(s);
            c.Write("a");
            c.OnData(d =>
            {
                var text = Encoding.ASCII.GetString(d);
                t.Log("client", text);
                if (text == "go") c.Write("b");
            });
            c.On("end", () =>
            {
                After(20, () =>
                {
                    t.Log(c.IsDestroyed, c.IsWritable);
                    c.Destroy();
                });
                Fail("client end");
            });
            c.On("close", () =>
            {
                t.Log("client close");
                s.Close(() => After(5, done));
            });
        });
    }
}
