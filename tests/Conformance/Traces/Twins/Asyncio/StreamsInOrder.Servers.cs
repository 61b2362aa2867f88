using System.Net;
using System.Text;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class StreamsInOrder
{
    private async Coroutine TwoReaders()
    {
        var (r, w, _, pw) = await Pair();
        var task = Aio.CreateTask(Reads("first", r.Read(10)));
        await Turns(1);
        await Reads("second", r.Read(10));
        pw.Write("data"u8);
        await task;
        task = Aio.CreateTask(Reads("third", r.ReadExactly(4)));
        await Turns(1);
        pw.Write("ab"u8);
        await Aio.Sleep(Seconds(.01));
        task.Cancel();
        await Aio.Wait([task]);
        pw.Write("cd"u8);
        await Reads("all of it", r.ReadExactly(4));
        w.Close();
        pw.Close();
        await w.WaitClosed();
    }

    private async Coroutine HalfClosed()
    {
        var (r, w, pr, pw) = await Pair();
        w.Write("question"u8);
        w.WriteEof();
        t.Print(await pr.Read(), pr.AtEof, pw.IsClosing);
        for (var n = 0; n < 3; n++)
        {
            pw.Write(Encoding.ASCII.GetBytes($"part {n} "));
            await pw.Drain();
            await Aio.Sleep(Seconds(.01));
        }

        pw.Close();
        t.Print(await r.Read());
        t.Print(w.IsClosing);
        w.Close();
        await w.WaitClosed();
    }

    private async Coroutine Refused()
    {
        static async Coroutine Nobody(AsyncStreamReader r, AsyncStreamWriter w) { }
        var server = Aio.StartServer(Nobody, "127.0.0.1", 0);
        var port = ((IPEndPoint)server.LocalEndPoint).Port;
        server.Close();
        await server.WaitClosed();
        await Reads("refused", Opened(Aio.OpenConnection("127.0.0.1", port)));
        var task = Aio.CreateTask(Reads("cancelled", Opened(Aio.OpenConnection("127.0.0.1", port))));
        await Aio.Wait([task]);
    }

    private async Coroutine Unix()
    {
        var folder = Directory.CreateTempSubdirectory("trace");
        var name = Path.Combine(folder.FullName, "socket");
        async Coroutine Serve(AsyncStreamReader its, AsyncStreamWriter back)
        {
            t.Print("serves", await its.ReadLine());
            back.Write("answer\n"u8);
            await back.Drain();
            back.Close();
        }

        var server = Aio.StartUnixServer(Serve, name);
        var (r, w) = await Aio.OpenUnixConnection(name);
        w.Write("question\n"u8);
        t.Print(await r.Read());
        w.Close();
        await w.WaitClosed();
        server.Close();
        await server.WaitClosed();
        t.Print(File.Exists(name));
        await Reads("gone", Opened(Aio.OpenUnixConnection(name)));
        folder.Delete(recursive: true);
    }

    private async Coroutine ServedInOrder()
    {
        async Coroutine Serve(AsyncStreamReader its, AsyncStreamWriter back)
        {
            var name = Encoding.ASCII.GetString(await its.ReadLine()).Trim();
            t.Print("begins", name);
            back.Write(Encoding.ASCII.GetBytes(name.ToUpperInvariant()));
            back.Close();
            Soon("soon of", name);
            await back.WaitClosed();
            t.Print("ends", name);
        }

        var server = Aio.StartServer(Serve, "127.0.0.1", 0);
        foreach (var name in new[] { "a", "b" })
        {
            var (r, w) = await Aio.OpenConnection(server.LocalEndPoint);
            w.Write(Encoding.ASCII.GetBytes(name + "\n"));
            t.Print("got", await r.Read());
            w.Close();
            await w.WaitClosed();
            t.Print("closed", name);
        }

        server.Close();
        await server.WaitClosed();
        t.Print("server closed");
    }

    private async Coroutine<string> Leaves()
    {
        async Coroutine Serve(AsyncStreamReader r, AsyncStreamWriter w)
        {
            try
            {
                t.Print("handler", await r.ReadLine());
                await r.Read();
            }
            catch (CancelledError)
            {
                t.Print("handler cancelled");
                throw;
            }
            finally
            {
                t.Print("handler ends");
            }
        }

        var server = Aio.StartServer(Serve, "127.0.0.1", 0);
        var (_, w) = await Aio.OpenConnection(server.LocalEndPoint);
        w.Write("x\n"u8);
        await Aio.Sleep(Seconds(.02));
        return "main ends";
    }
}
