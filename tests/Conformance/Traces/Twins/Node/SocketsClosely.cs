using System.Net;
using System.Net.Sockets;
using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class SocketsClosely(Transcript t)
{
    [Twin("node/80-sockets")]
    internal static void Closely(Transcript t) => NodeLoop.Run(() => new SocketsClosely(t).Main());

    private async Promise Main()
    {
        await Step("serverEnds", () => Both(c => c.End("bye"), c => Watch(c, "client").OnData(d => t.Log("data", Text(d)))));
        await Step("clientEnds", () => Both(c => Watch(c, "server").OnData(d => t.Log("data", Text(d))), c => c.End("hello")));
        await Step("halfOpen", HalfOpen);
        await Step("destroyed", () => Both(Quiet, c =>
        {
            Watch(c, "client");
            c.On("connect", () =>
            {
                c.Destroy();
                t.Log("destroyed", c.IsDestroyed, c.IsConnecting);
                Tick(() => t.Log("tick"));
            });
        }));
        await Step("destroyedWithError", () => Both(Quiet, c =>
        {
            Watch(c, "client");
            c.On("connect", () => c.Destroy(new InvalidOperationException("mine")));
        }));
        await Step("writesBeforeConnect", WritesBeforeConnect);
        await Step("timeouts", () => Both(Quiet, c =>
        {
            Watch(c, "client").SetTimeout(30, () =>
            {
                t.Log("idle");
                c.End();
            });
        }));
        await Step("refused", Refused);
        await Step("serverEvents", ServerEvents);
        await Step("closeTwice", CloseTwice);
        await Step("paused", Paused);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 30, run);

    private static string Text(byte[] bytes) => Encoding.ASCII.GetString(bytes);

    private static string CodeOf(Exception? e) => e is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
        ? "ECONNREFUSED" : Code(e);

    private static int PortOf(NetServer server) => ((IPEndPoint)server.Address!).Port;

    private static void Quiet(NetSocket c)
    {
        c.On("error", () => { });
        c.Resume();
    }

    private NetSocket Watch(NetSocket s, string name)
    {
        foreach (var n in new[] { "connect", "ready", "end", "finish", "timeout" }) s.On(n, () => t.Log(name, n, ""));
        s.On<bool>("close", failed => t.Log(name, "close", failed));
        s.On<Exception>("error", e => t.Log(name, "error", CodeOf(e)));
        return s;
    }

    private static Promise<bool> Both(Action<NetSocket> onServer, Action<NetSocket> onClient, bool allowHalfOpen = false) => new(done =>
    {
        var left = 2;
        NetServer server = null!;
        void Closed()
        {
            if (--left == 0) server.Close(() => done.Resolve(true));
        }

        server = new NetServer(
            c =>
            {
                c.On("close", Closed);
                onServer(c);
            },
            allowHalfOpen);
        server.Listen(0, "127.0.0.1", () =>
        {
            var c = NetSocket.Connect(new IPEndPoint(IPAddress.Loopback, PortOf(server)), allowHalfOpen: allowHalfOpen);
            c.On("close", Closed);
            onClient(c);
        });
    });

    private Promise HalfOpen() => Both(
        c =>
        {
            Watch(c, "server").Resume();
            c.On("end", () =>
            {
                t.Log("readable", c.IsReadable, c.IsWritable);
                After(20, () => c.End("late"));
            });
        },
        c =>
        {
            c.End("x");
            c.Resume();
        },
        allowHalfOpen: true);

    private Promise WritesBeforeConnect() => Both(
        c =>
        {
            var all = "";
            c.OnData(d => all += Text(d));
            c.On("end", () => t.Log("all", all));
        },
        c =>
        {
            Watch(c, "client");
            t.Log(c.IsConnecting, c.Write("a"u8.ToArray(), _ => t.Log("a written")), c.Write("b"u8.ToArray(), _ => t.Log("b written")));
            c.End("c"u8.ToArray(), _ => t.Log("ended"));
            c.Resume();
        });
}
