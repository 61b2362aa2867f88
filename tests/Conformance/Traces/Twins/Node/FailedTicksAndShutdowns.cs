using System.Net;
using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class FailedTicksAndShutdowns(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/82-failed-ticks-and-shutdowns")]
    internal static void Parts(Transcript t) => NodeLoop.Run(() => new FailedTicksAndShutdowns(t).Main(), Virtual);

    private async Promise Main()
    {
        _loop.Process.UncaughtException += e => t.Log("uncaught", e.Message);
        await Step("port", () => Port(""));
        await Step("tick", () => Port("tick"));
        await Step("micro", () => Port("micro"));
        await Step("listener", () => Port("listener"));
        await Step("finishInAnImmediate", FinishInAnImmediate);
        await Step("finishInATimer", FinishInATimer);
        await Step("finishInAPoll", FinishInAPoll);
        await Step("destroyedMeanwhile", DestroyedMeanwhile);
        await Step("finishedBoth", FinishedBoth);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 20, run);

    private Action Say(string text) => () => t.Log(text);

    private Action<Exception?> Told(string text) => _ => t.Log(text);

    private static Promise Turn() => new Promise<bool>(done => Immediate(() => done.Resolve(true)));

    private Promise Wait(double milliseconds) => new Promise<bool>(done => After(milliseconds, () => done.Resolve(true)));

    private static Promise Event(EventEmitter of, string name) => new Promise<bool>(done => of.Once(name, () => done.Resolve(true)));

    private async Promise Port(string how)
    {
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", m =>
        {
            t.Log("message", m);
            if (m == 2)
            {
                if (how == "tick") Tick(() => throw new InvalidOperationException("tick"));
                if (how == "micro") _loop.QueueMicrotask(() => throw new InvalidOperationException("micro"));
                if (how == "listener") throw new InvalidOperationException("listener");
                Tick(Say("next tick"));
                Immediate(Say("immediate"));
            }

            if (m == 4) channel.Port2.Close();
        });
        for (var n = 1; n <= 4; n++) channel.Port1.PostMessage(n);
        await Wait(30);
    }

    private async Promise<(NetSocket A, NetSocket B)> Pair()
    {
        NetSocket? b = null;
        var accepted = Promise.WithResolvers<bool>();
        var server = new NetServer(
            c =>
            {
                b = c;
                accepted.Resolver.Resolve(true);
            },
            allowHalfOpen: true);
        server.Listen(0, "127.0.0.1");
        await Event(server, "listening");
        var port = ((IPEndPoint)server.Address!).Port;
        var a = NetSocket.Connect(new IPEndPoint(IPAddress.Loopback, port), allowHalfOpen: true);
        await accepted.Promise;
        if (a.IsConnecting) await Event(a, "connect");
        server.Close();
        await Wait(20);
        return (a, b!);
    }

    private async Promise FinishInAnImmediate()
    {
        var (a, b) = await Pair();
        await Turn();
        a.On("finish", Say("finish"));
        a.On("close", Say("close"));
        b.Resume();
        b.On("end", () =>
        {
            t.Log("b end");
            b.End();
        });
        a.End(Told("ended"));
        t.Log("end was called", a.IsFinished);
        Tick(Say("tick"));
        Immediate(Say("immediate"));
        a.Resume();
        await Wait(30);
    }

    private async Promise FinishInATimer()
    {
        var (a, b) = await Pair();
        await Wait(1);
        a.On("finish", Say("finish"));
        a.End("x"u8.ToArray(), Told("ended"));
        Tick(Say("tick"));
        Immediate(Say("immediate"));
        await Wait(20);
        b.Resume();
        b.On("end", () => b.End());
        a.Resume();
        a.On("end", Say("a end"));
        a.On("close", Say("a close"));
        await Wait(20);
    }

    private async Promise FinishInAPoll()
    {
        var (a, b) = await Pair();
        b.On("finish", Say("finish"));
        b.Once<byte[]>("data", d =>
        {
            t.Log("data", Encoding.ASCII.GetString(d));
            b.End(Told("ended"));
            Tick(Say("tick"));
            Immediate(Say("immediate"));
        });
        b.On("end", Say("b end"));
        b.On("close", Say("b close"));
        a.Write("x");
        await Wait(20);
        a.On("end", Say("a end"));
        a.On("close", Say("a close"));
        a.Resume();
        a.End();
        await Wait(30);
    }

    private async Promise DestroyedMeanwhile()
    {
        var (a, b) = await Pair();
        await Turn();
        b.Resume();
        b.On("error", Say("b error"));
        b.On("close", Say("b close"));
        a.On("finish", Say("never"));
        a.On("close", Say("a close"));
        a.On("error", Say("a error"));
        a.End(e => t.Log("ended", Code(e)));
        a.Destroy();
        t.Log("destroyed");
        Tick(Say("tick"));
        Immediate(Say("immediate"));
        await Wait(20);
        b.Destroy();
        await Wait(20);
    }

    private async Promise FinishedBoth()
    {
        var (a, b) = await Pair();
        await Turn();
        foreach (var (n, s) in new[] { ("a", a), ("b", b) })
        {
            s.On("end", Say(n + " end"));
            s.On("finish", Say(n + " finish"));
            s.On("close", Say(n + " close"));
            s.Resume();
        }

        a.End();
        await Wait(20);
        b.End();
        Immediate(Say("immediate"));
        await Wait(30);
    }
}
