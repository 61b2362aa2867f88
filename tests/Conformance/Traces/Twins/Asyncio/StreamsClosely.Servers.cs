using System.Net;
using System.Text;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class StreamsClosely
{
    private static Coroutine<(AsyncStreamReader Reader, AsyncStreamWriter Writer)> ConnectTo(AsyncServer server) =>
        Aio.OpenConnection("127.0.0.1", ((IPEndPoint)server.LocalEndPoint).Port);

    private async Coroutine Echo()
    {
        var ended = new AsyncEvent();
        async Coroutine Serve(AsyncStreamReader r, AsyncStreamWriter w)
        {
            t.Print("connected");
            for (var line = await r.ReadLine(); line.Length > 0; line = await r.ReadLine())
            {
                t.Print("server got", line);
                w.Write(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(line).ToUpperInvariant()));
                await w.Drain();
            }

            t.Print("server sees the end", r.AtEof);
            w.Write("bye"u8);
            w.Close();
            await w.WaitClosed();
            t.Print("server closed");
            ended.Set();
        }

        var server = Aio.StartServer(Serve, "127.0.0.1", 0);
        var (r, w) = await ConnectTo(server);
        w.WriteLines(["a\n"u8.ToArray(), "b"u8.ToArray()]);
        w.Write("c\n"u8);
        t.Print(await r.ReadLine(), await r.ReadLine());
        w.WriteEof();
        t.Print(await r.Read(), r.AtEof);
        await ended.Wait();
        t.Print(w.IsClosing);
        w.Close();
        t.Print(w.IsClosing);
        await w.WaitClosed();
        server.Close();
        await server.WaitClosed();
        t.Print(server.IsServing);
    }

    private async Coroutine HandlerFails()
    {
        EventLoop.Current.SetExceptionHandler((_, c) => t.Print("handler", ((ValueError)c.Exception!).Repr));
        var server = Aio.StartServer(
            async (r, _) =>
            {
                await r.ReadLine();
                throw new ValueError("in the handler");
            },
            "127.0.0.1", 0);
        var (r, w) = await ConnectTo(server);
        w.Write("x\n"u8);
        t.Print(await r.Read());
        w.Close();
        await w.WaitClosed();
        server.Close();
        await server.WaitClosed();
    }

    private async Coroutine Many()
    {
        var server = Aio.StartServer(
            async (r, w) =>
            {
                w.Write(await r.ReadExactly(3));
                await w.Drain();
                w.Close();
            },
            "127.0.0.1", 0);
        async Coroutine<byte[]> Client(int n)
        {
            var (r, w) = await ConnectTo(server);
            w.Write(Encoding.ASCII.GetBytes($"{n:000}"));
            var data = await r.Read();
            w.Close();
            return data;
        }

        t.Print((IEnumerable<object>)await Aio.Gather(Client(0), Client(1), Client(2), Client(3)));
        server.Close();
        await server.WaitClosed();
        t.Print(server.IsServing);
    }

    private async Coroutine Cancelled()
    {
        var server = Aio.StartServer(
            async (r, w) =>
            {
                try
                {
                    await r.Read();
                }
                finally
                {
                    t.Print("handler ends");
                    w.Close();
                }
            },
            "127.0.0.1", 0);
        var (r, w) = await ConnectTo(server);
        var task = Aio.CreateTask(r.Read());
        await Turns(3);
        task.Cancel();
        try
        {
            await task;
        }
        catch (CancelledError)
        {
            t.Print("read cancelled");
        }

        try
        {
            await Aio.WaitFor(r.ReadLine(), Seconds(.01));
        }
        catch (TimeoutException)
        {
            t.Print("read timed out");
        }

        w.Close();
        await w.WaitClosed();
        server.Close();
        await server.WaitClosed();
    }
}
