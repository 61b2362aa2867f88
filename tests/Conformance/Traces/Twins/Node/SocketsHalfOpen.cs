using System.Net;
using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class SocketsHalfOpen(Transcript t)
{
    [Twin("node/92-sockets-half-open")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new SocketsHalfOpen(t).Main());

    private async Promise Main()
    {
        await Step("neverRead", NeverRead);
        await Step("serverOpenOnly", ServerOpenOnly);
        await Step("clientOpenOnly", ClientOpenOnly);
        await Step("writesAfterTheEnd", WritesAfterTheEnd);
        await Step("callbacks", Callbacks);
        await Step("finishedOfHalves", FinishedOfHalves);
        await Step("destroyedWhileEnding", DestroyedWhileEnding);
        await Step("endedByPipe", EndedByPipe);
        await Step("pipelineOfSockets", PipelineOfSockets);
        await Step("pausedEnd", PausedEnd);
        await Step("iterated", Iterated);
        await Step("iteratedAndLeft", IteratedAndLeft);
        await Step("options", Options);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 100, run);

    private static Promise<bool> Wait(double milliseconds) => NodeLoop.Current.Delay(15 * milliseconds);

    private Action Say(string text) => () => t.Log(text);

    private Action<Exception?> Told(string name) => e => t.Log(name, Code(e));

    private static string Text(byte[] bytes) => Encoding.ASCII.GetString(bytes);

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private NetSocket Watch(NetSocket s, string name)
    {
        foreach (var n in new[] { "end", "finish" }) s.On(n, () => t.Log(name, n, ""));
        s.On<bool>("close", failed => t.Log(name, "close", failed));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        return s;
    }

    private static async Promise<(NetSocket Client, NetSocket Accepted)> Pair(bool server, bool client)
    {
        var listening = new NetServer(allowHalfOpen: server);
        await new Promise<bool>(done => listening.Listen(0, "127.0.0.1", () => done.Resolve(true)));
        var accepted = EventEmitter.Once<NetSocket>(listening, "connection");
        var socket = NetSocket.Connect(
            new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)listening.Address!).Port), allowHalfOpen: client);
        var other = await accepted;
        if (socket.IsConnecting) await new Promise<bool>(done => socket.Once("connect", () => done.Resolve(true)));
        listening.Close();
        await Wait(5);
        return (socket, other);
    }

    private static Promise<(NetSocket Client, NetSocket Accepted)> Pair() => Pair(false, false);

    private static Promise<(NetSocket Client, NetSocket Accepted)> Open() => Pair(true, true);

    private async Promise NeverRead()
    {
        var (a, b) = await Pair();
        Watch(a, "a").Resume();
        b.On("close", Say("b close"));
        a.End("x");
        await Wait(10);
        t.Log("b is open", b.IsDestroyed);
        b.Resume();
        await Wait(10);
    }

    private async Promise ServerOpenOnly()
    {
        var (a, b) = await Pair(true, false);
        Watch(a, "a").Resume();
        Watch(b, "b").Resume();
        b.End("bye");
        await Wait(10);
    }

    private async Promise ClientOpenOnly()
    {
        var (a, b) = await Pair(false, true);
        Watch(a, "a").Resume();
        Watch(b, "b").Resume();
        b.End("bye");
        await Wait(10);
        t.Log(a.IsReadable, a.IsWritable, a.IsDestroyed);
        a.Write("late");
        await Wait(5);
        a.End();
        await Wait(10);
    }

    private async Promise WritesAfterTheEnd()
    {
        var (a, b) = await Open();
        Watch(a, "a").OnData(d => t.Log("a data", Text(d)));
        Watch(b, "b").Resume();
        b.On("end", async Promise () =>
        {
            foreach (var n in new[] { 1, 2 })
            {
                b.Write("late " + n);
                await Wait(5);
            }

            b.End("last");
        });
        a.End();
        await Wait(30);
    }

    private async Promise Callbacks()
    {
        var (a, b) = await Open();
        b.OnData(d => t.Log("b data", Text(d)));
        b.On("end", Say("b end"));
        a.End(Bytes("all"), _ => t.Log("ended"));
        a.End(Told("ended again"));
        t.Log(a.IsEnding, a.IsFinished);
        await Wait(10);
        a.End(Told("ended late"));
        a.Write(Bytes("no"), Told("written late"));
        a.On<Exception>("error", e => t.Log("a error", Code(e)));
        await Wait(10);
        t.Log(a.IsDestroyed);
        b.Destroy();
        await Wait(5);
    }

    private async Promise FinishedOfHalves()
    {
        var (a, b) = await Open();
        a.Finished(Told("a read"), StreamSides.Readable);
        a.Finished(Told("a written"), StreamSides.Writable);
        a.Finished(Told("a whole"));
        a.Resume();
        b.Resume();
        b.End();
        await Wait(10);
        t.Log("a ends");
        a.End();
        await Wait(10);
    }

    private async Promise DestroyedWhileEnding()
    {
        var (a, b) = await Open();
        Watch(a, "a");
        b.On("error", () => { });
        b.Resume();
        b.On("close", Say("b close"));
        a.Write(Bytes("x"), Told("x"));
        a.End(Told("end"));
        await Wait(5);
        a.Destroy();
        t.Log(a.IsDestroyed);
        await Wait(5);
        b.Destroy();
        await Wait(5);
    }
}
