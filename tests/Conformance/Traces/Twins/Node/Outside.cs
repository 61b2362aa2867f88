using System.Net;
using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class Outside
{
    [Twin("node/27-net-echo-events")]
    internal static void NetEcho(Transcript t) => NodeLoop.Run(() =>
    {
        NetServer? server = null;
        server = new NetServer(c =>
        {
            t.Print("server connection");
            c.OnData(d =>
            {
                t.Print("server data " + Encoding.UTF8.GetString(d));
                c.Write("echo:" + Encoding.UTF8.GetString(d));
            });
            c.On("end", () => t.Print("server end"));
            c.On("close", () =>
            {
                t.Print("server socket close");
                server!.Close(() => t.Print("server closed"));
            });
        });
        server.Listen(0, "127.0.0.1", () =>
        {
            t.Print("listening");
            NetSocket? s = null;
            s = NetSocket.Connect(((IPEndPoint)server.Address!).Port, "127.0.0.1", () => After(100, () =>
            {
                t.Print("client connect");
                s!.Write("hi");
            }));
            s.OnData(d =>
            {
                t.Print("client data " + Encoding.UTF8.GetString(d));
                s.End();
            });
            s.On("end", () => After(100, () => t.Print("client end")));
            s.On("close", () => { });
        });
    });

    [Twin("node/29-worker-messages")]
    internal static void WorkerMessages(Transcript t) => NodeLoop.Run(() =>
    {
        var w = Worker.Start(new Data { K = 1 }, data =>
        {
            Worker.ParentPort!.PostMessage($"{{\"hello\":{data.K}}}");
            Worker.ParentPort!.Once<Counter>("message", m =>
            {
                m.N = 99;
                Worker.ParentPort!.PostMessage($"{{\"echo\":{m.N}}}");
                Worker.ParentPort!.PostMessage("{\"last\":true}");
            });
        });
        var counter = new Counter();
        w.On("online", () => t.Print("online"));
        w.On<string>("message", m =>
        {
            t.Print("main got", m);
            if (m.Contains("echo", StringComparison.Ordinal)) t.Print("main copy unchanged", counter.N);
        });
        w.On<Exception>("error", e => t.Print("error", e.Message));
        w.On<int>("exit", code => t.Print("exit", code));
        w.PostMessage(counter);
    });

    [Twin("node/30-worker-error-and-terminate")]
    internal static void WorkerErrorAndTerminate(Transcript t) => NodeLoop.Run(() =>
    {
        var w = new Worker(() => throw new InvalidOperationException("in worker"));
        w.On<Exception>("error", e => t.Print("error", e.Message));
        w.On<int>("exit", code =>
        {
            t.Print("exit", code);
            var stop = false;
            var w2 = new Worker(() =>
            {
                // Nothing in .NET ends a thread; the twin's own loop ends when the test has seen what it wants.
                while (!Volatile.Read(ref stop)) Thread.SpinWait(1000);
            });
            w2.On("online", () => w2.Terminate().Then(code2 =>
            {
                t.Print("terminate resolved", code2);
                Volatile.Write(ref stop, true);
            }));
            w2.On<int>("exit", code2 => t.Print("exit", code2));
        });
    });

    [Twin("node/31-message-channel")]
    internal static void Channel(Transcript t) => NodeLoop.Run(() =>
    {
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", m =>
        {
            t.Print("msg", m);
            Tick(() => t.Print("tick", m));
            if (m == 3) channel.Port2.Close();
        });
        channel.Port2.On("close", () => t.Print("port2 close"));
        foreach (var i in new[] { 1, 2, 3 }) channel.Port1.PostMessage(i);
        Tick(() => t.Print("tick main"));
        Micro(() => t.Print("micro main"));
        t.Print("sync end");
    });

    private sealed class Data
    {
        public int K { get; set; }
    }

    private sealed class Counter
    {
        public int N { get; set; }
    }
}
