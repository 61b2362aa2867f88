using System.Net;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Stores
{
    private async Promise Sockets()
    {
        var server = _s.Run("server", () => new NetServer());
        _s.Run("on", () => server.On<NetSocket>("connection", c =>
        {
            Log("connection");
            _s.Run("in connection", () =>
            {
                c.OnData(_ =>
                {
                    Log("server data");
                    Immediate(Say("immediate of data"));
                });
                c.On("end", () =>
                {
                    Log("server end");
                    c.End("bye");
                });
                c.On("close", () => server.Close());
            });
        }));
        await _s.Run("listen", () => new Promise<bool>(done => server.Listen(0, "127.0.0.1", () =>
        {
            Log("listening");
            var c = _s.Run("connect", () => NetSocket.Connect(((IPEndPoint)server.Address!).Port, "127.0.0.1"));
            _s.Run("listeners", () => Listen(c, done));
        })));
    }

    private void Listen(NetSocket c, PromiseResolver<bool> done)
    {
        c.On("connect", () =>
        {
            Log("connected");
            _s.Run("write", () => c.Write("x"u8.ToArray(), _ => Log("written")));
            After(100, () => _s.Run("end", () => c.End(_ => Log("ended"))));
        });
        c.OnData(_ => Log("data"));
        c.On("end", Say("end"));
        c.On("close", () =>
        {
            Log("close");
            After(50, () => done.Resolve(true));
        });
    }

    private async Promise Workers()
    {
        var worker = _s.Run("worker", () => new Worker(() => Worker.ParentPort!.PostMessage(1)));
        _s.Run("listener", () =>
        {
            worker.On("online", Say("online"));
            worker.On("message", Say("message"));
        });
        await new Promise<bool>(done => worker.On("exit", () =>
        {
            Log("exit");
            done.Resolve(true);
        }));
    }

    private async Promise Generators()
    {
        async IAsyncEnumerable<int> G()
        {
            Log("generator 1");
            await Promise.Resolve();
            yield return 1;
            Log("generator 2");
            yield return 2;
        }

        var items = _s.Run("maker", () => G().GetAsyncEnumerator());
        await _s.Run("first", async Promise () => await items.MoveNextAsync());
        await _s.Run("second", async Promise () => await items.MoveNextAsync());
        await foreach (var _ in _s.Run("loop", () => G())) Log("body");
    }
}
