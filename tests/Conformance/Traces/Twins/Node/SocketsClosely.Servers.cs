using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class SocketsClosely
{
    private Promise Refused() => new Promise<bool>(done =>
    {
        var s = new NetServer();
        s.Listen(0, "127.0.0.1", () =>
        {
            var port = PortOf(s);
            s.Close(() =>
            {
                var c = Watch(NetSocket.Connect(port, "127.0.0.1"), "client");
                c.Write("x"u8.ToArray(), e => t.Log("callback", CodeOf(e)));
                c.On("close", () => done.Resolve(true));
            });
        });
    });

    private Promise ServerEvents() => new Promise<bool>(done =>
    {
        var s = new NetServer();
        foreach (var n in new[] { "listening", "connection", "close" }) s.On(n, () => t.Log("server", n));
        s.Listen(0, "127.0.0.1", () =>
        {
            t.Log("callback", s.IsListening);
            var c = NetSocket.Connect(PortOf(s), "127.0.0.1");
            c.On("close", () => t.Log("client close"));
            s.On<NetSocket>("connection", x =>
            {
                s.Close(() =>
                {
                    t.Log("closed", s.IsListening);
                    done.Resolve(true);
                });
                t.Log("closing", s.IsListening);
                After(20, () =>
                {
                    t.Log("ends");
                    x.End();
                    x.Resume();
                    c.Resume();
                });
            });
        });
    });

    private Promise CloseTwice() => new Promise<bool>(done =>
    {
        var s = new NetServer();
        s.Close(e =>
        {
            t.Log(CodeOf(e));
            s.Listen(0, "127.0.0.1", () =>
            {
                s.Close(x =>
                {
                    t.Log(x is null ? "undefined" : CodeOf(x));
                    done.Resolve(true);
                });
                s.Close(x => t.Log(CodeOf(x)));
            });
        });
    });

    private Promise Paused() => Both(c => c.End("0123456789"), c =>
    {
        var n = 0;
        c.Pause();
        After(20, () =>
        {
            t.Log("resumes");
            c.Resume();
        });
        c.OnData(d => n += d.Length);
        c.On("end", () => t.Log("end", n));
    });
}
