using System.Net;
using System.Net.Sockets;
using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Sockets once more: both sides at once, servers that close or refuse, resets, sockets of files.</summary>
internal sealed partial class SocketsInOrder(Transcript t)
{
    [Twin("node/84-sockets-in-order")]
    internal static void Order(Transcript t) => NodeLoop.Run(() => new SocketsInOrder(t).Main());

    private async Promise Main()
    {
        await Step("bothEndAtOnce", BothEndAtOnce);
        await Step("endWithCallback", EndWithCallback);
        await Step("writeAfterEnd", WriteAfterEnd);
        await Step("destroyInData", DestroyInData);
        await Step("destroySoon", DestroySoon);
        await Step("reset", Reset);
        await Step("paused", Paused);
        await Step("readByHand", ReadByHand);
        await Step("backpressure", Backpressure);
        await Step("serverCloses", ServerCloses);
        await Step("tooMany", TooMany);
        await Step("inUse", InUse);
        await Step("ofAFile", OfAFile);
        await Step("aborted", Aborted);
        await Step("idle", Idle);
        await Step("orderOfTheConnect", OrderOfTheConnect);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 60, run);

    private Action Say(string text) => () => t.Log(text);

    private Action<Exception?> Told(string text) => _ => t.Log(text);

    private static Promise Wait(double milliseconds) => NodeLoop.Current.Delay(15 * milliseconds);

    private static string Text(byte[] bytes) => Encoding.ASCII.GetString(bytes);

    private static Promise Event(EventEmitter of, string name) => new Promise<bool>(done => of.Once(name, () => done.Resolve(true)));

    private static int PortOf(NetServer server) => ((IPEndPoint)server.Address!).Port;

    private static string CodeOf(Exception error) => error switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionReset } => "ECONNRESET",
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => "EADDRINUSE",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } or FileNotFoundException => "ENOENT",
        _ => Code(error),
    };

    private NetSocket Watch(NetSocket s, string name)
    {
        foreach (var n in new[] { "end", "finish", "drain", "pause", "resume" }) s.On(n, () => t.Log(name, n, ""));
        s.On<bool>("close", failed => t.Log(name, "close", failed));
        s.On<Exception>("error", e => t.Log(name, "error", CodeOf(e)));
        return s;
    }

    private static void Quiet(NetSocket s) => s.On("error", static () => { });

    private static async Promise<NetServer> Listen(NetServer server)
    {
        server.Listen(0, "127.0.0.1");
        await Event(server, "listening");
        return server;
    }

    private static async Promise<(NetSocket Client, NetSocket Accepted, NetServer Server)> Pair(bool allowHalfOpen = false)
    {
        var server = await Listen(new NetServer(allowHalfOpen: allowHalfOpen));
        var accepted = new Promise<NetSocket>(done => server.Once<NetSocket>("connection", done.Resolve));
        var client = NetSocket.Connect(new IPEndPoint(IPAddress.Loopback, PortOf(server)), allowHalfOpen: allowHalfOpen);
        var other = await accepted;
        if (client.IsConnecting) await Event(client, "connect");
        await Wait(10);
        return (client, other, server);
    }

    private async Promise BothEndAtOnce()
    {
        var (a, b, s) = await Pair(allowHalfOpen: true);
        Watch(a, "a").Resume();
        Watch(b, "b").Resume();
        a.End("x");
        await Wait(20);
        b.End("y");
        await Wait(20);
        s.Close(Say("server closed"));
        await Wait(20);
    }

    private async Promise EndWithCallback()
    {
        var (a, b, s) = await Pair();
        b.OnData(d => t.Log("data", Text(d)));
        Watch(a, "a");
        b.On("end", Say("b end"));
        a.Write("one"u8.ToArray(), Told("one written"));
        a.Write("two"u8.ToArray(), Told("two written"));
        a.End("three"u8.ToArray(), Told("ended"));
        t.Log(a.IsEnding, a.IsFinished, a.IsReadable, a.IsWritable);
        await Wait(30);
        t.Log(a.IsReadable, a.IsDestroyed, b.IsDestroyed);
        s.Close();
        await Wait(10);
    }

    private async Promise WriteAfterEnd()
    {
        var (a, b, s) = await Pair(allowHalfOpen: true);
        b.Resume();
        Watch(a, "a");
        a.End("x");
        t.Log(a.Write("late"u8.ToArray(), e => t.Log("callback", Code(e))));
        await Wait(30);
        b.Destroy();
        s.Close();
        await Wait(20);
    }

    private async Promise DestroyInData()
    {
        var (a, b, s) = await Pair();
        Watch(b, "b");
        Quiet(a);
        a.Resume();
        a.On("close", Say("a close"));
        b.OnData(d =>
        {
            t.Log("data", Text(d));
            b.Destroy();
            t.Log(b.IsDestroyed, b.IsReadable);
            Tick(Say("tick"));
            Immediate(Say("immediate"));
        });
        a.Write("x");
        await Wait(30);
        s.Close();
        await Wait(10);
    }

    private async Promise DestroySoon()
    {
        var (a, b, s) = await Pair();
        Watch(a, "a");
        b.OnData(d => t.Log("data", Text(d)));
        b.On("close", Say("b close"));
        a.Write("left");
        a.DestroySoon();
        t.Log(a.IsDestroyed);
        await Wait(30);
        s.Close();
        await Wait(10);
    }

    private async Promise Reset()
    {
        var (a, b, s) = await Pair();
        Watch(b, "b").Resume();
        a.On<bool>("close", x => t.Log("a close", x));
        a.ResetAndDestroy();
        t.Log(a.IsDestroyed);
        await Wait(30);
        s.Close();
        await Wait(10);
    }

    private async Promise Paused()
    {
        var (a, b, s) = await Pair();
        Watch(b, "b");
        b.OnData(d =>
        {
            t.Log("data", Text(d));
            b.Pause();
            After(60, () =>
            {
                t.Log("resumes");
                b.Resume();
            });
        });
        a.Write("1");
        await Wait(10);
        a.Write("2");
        a.End();
        await Wait(80);
        s.Close();
        await Wait(10);
    }

    private async Promise ReadByHand()
    {
        var (a, b, s) = await Pair();
        b.On("readable", () =>
        {
            while (b.Read(out var d)) t.Log("read", Text(d));
            t.Log("readable", b.ReadableLength);
        });
        b.On("end", Say("b end"));
        b.On("close", Say("b close"));
        a.Write("abc");
        await Wait(20);
        a.End("def");
        await Wait(30);
        s.Close();
        await Wait(10);
    }

    private async Promise Backpressure()
    {
        var (a, b, s) = await Pair();
        var got = 0L;
        b.Pause();
        var chunk = new byte[1 << 20];
        var n = 1;
        while (a.Write(chunk)) n++;
        t.Log("full", a.NeedsDrain, a.WritableLength > 0);
        a.On("drain", () =>
        {
            t.Log("drain", a.NeedsDrain, a.WritableLength);
            a.End();
        });
        b.OnData(d => got += d.Length);
        b.On("end", () => t.Log("all came", got == (long)n << 20));
        await Wait(20);
        t.Log("resumes");
        b.Resume();
        await Event(b, "close");
        s.Close();
        await Wait(10);
    }
}
