using System.Net;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class SocketsHalfOpen
{
    private async Promise EndedByPipe()
    {
        var (a, b) = await Open();
        Watch(a, "a").OnData(d => t.Log("a data", Text(d)));
        Watch(b, "b");
        b.Pipe(b);
        a.Write("1");
        await Wait(5);
        a.Write("2");
        a.End();
        await Wait(15);
    }

    private async Promise PipelineOfSockets()
    {
        var (a, b) = await Open();
        var (c, d) = await Open();
        Watch(a, "a").Resume();
        d.OnData(x => t.Log("d data", Text(x)));
        d.On("end", () =>
        {
            t.Log("d end");
            d.End("answer");
        });
        Pipeline.Run(b, c, Told("to"));
        Pipeline.Run(c, b, Told("back"));
        a.OnData(x => t.Log("a data", Text(x)));
        a.End("question");
        await Wait(30);
    }

    private async Promise PausedEnd()
    {
        var (a, b) = await Open();
        Watch(b, "b");
        b.Pause();
        a.End("data");
        await Wait(10);
        t.Log(b.ReadableLength, b.IsEnded);
        b.OnData(d => t.Log("b data", Text(d)));
        b.Resume();
        await Wait(10);
        b.End();
        a.Resume();
        await Wait(10);
    }

    private async Promise Iterated()
    {
        var (a, b) = await Open();
        Watch(b, "b");
        a.On("close", Say("a close"));
        async Promise All()
        {
            await foreach (var d in b.Iterate()) t.Log("item", Text(d));
            t.Log("over", b.IsDestroyed, b.IsWritable);
        }

        var all = All();
        a.Write("1");
        await Wait(5);
        a.End("2");
        a.Resume();
        await all;
        await Wait(10);
        b.End();
        await Wait(5);
    }

    private async Promise IteratedAndLeft()
    {
        var (a, b) = await Open();
        Watch(b, "b");
        a.On("error", () => { });
        a.Resume();
        a.On("close", Say("a close"));
        a.Write("1");
        await foreach (var d in b.Iterate())
        {
            t.Log("item", Text(d));
            break;
        }

        t.Log("left", b.IsDestroyed);
        await Wait(10);
        a.Destroy();
        await Wait(5);
    }

    private async Promise Options()
    {
        var (a, b) = await Pair();
        t.Log(a.SetKeepAlive(true, 1) == a, a.SetNoDelay() == a, a.SetKeepAlive(false) == a, a.SetTimeout(0) == a, a.Unref() == a,
            a.Ref() == a);
        t.Log(a.IsConnecting, "open", a.BytesRead, a.BytesWritten, ((IPEndPoint)a.RemoteEndPoint!).Address,
            ((IPEndPoint)b.RemoteEndPoint!).Port == ((IPEndPoint)a.LocalEndPoint!).Port);
        a.End("12345");
        b.Resume();
        a.Resume();
        await Wait(10);
        t.Log(b.BytesRead, a.BytesWritten, a.IsDestroyed ? "closed" : "open", a.RemoteEndPoint is null);
        a.SetKeepAlive();
        a.SetTimeout(10);
        a.Ref();
    }
}
