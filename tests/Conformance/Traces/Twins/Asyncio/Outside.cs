using System.Net;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class Outside
{
    [Twin("asyncio/26-streams")]
    internal static void Streams(Transcript t)
    {
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            var server = Aio.StartServer(Handle, "127.0.0.1", 0);
            var (r, w) = await Aio.OpenConnection("127.0.0.1", ((IPEndPoint)server.LocalEndPoint).Port);
            w.Write("one\ntwo\nthr"u8);
            await w.Drain();
            t.Print(await r.ReadLine(), await r.ReadExactly(4));
            w.WriteEof();
            t.Print(await r.Read());
            try
            {
                await r.ReadExactly(1);
            }
            catch (IncompleteReadException e)
            {
                t.Print("IncompleteReadError", e.Partial.ToArray(), e.Expected);
            }

            w.Close();
            await w.WaitClosed();
            server.Close();
            await server.WaitClosed();
            t.Print("closed");
            var fed = new AsyncStreamReader(limit: 8);
            fed.FeedData("xxxxxxxxxxxxxxxxxxxx\n"u8);
            try
            {
                await fed.ReadLine();
            }
            catch (LimitOverrunException)
            {
                t.Print("ValueError limit");
            }

            fed = new AsyncStreamReader();
            fed.FeedData("a;b"u8);
            t.Print(await fed.ReadUntil(";"u8.ToArray()));
            fed.FeedEof();
            t.Print(await fed.Read(), fed.AtEof);
        }

        async Coroutine Handle(AsyncStreamReader r, AsyncStreamWriter w)
        {
            while (await r.ReadLine() is { Length: > 0 } line)
            {
                t.Print("server", line);
                w.Write(System.Text.Encoding.ASCII.GetBytes(System.Text.Encoding.ASCII.GetString(line).ToUpperInvariant()));
                await w.Drain();
            }

            t.Print("server eof", r.AtEof);
            w.Close();
            await w.WaitClosed();
        }
    }

    [Twin("asyncio/30-subprocess")]
    internal static void Subprocess(Transcript t)
    {
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            var p = await Aio.StartProcess("sh", ["-c", "tr a-z A-Z; echo; exit 3"], pipeInput: true, pipeOutput: true);
            var (output, _) = await p.Communicate("hi"u8.ToArray());
            t.Print(output, p.ReturnCode);
            p = await Aio.StartProcess("sleep", ["10"]);
            p.Terminate();
            t.Print(await p.Wait());
            p = await Aio.StartProcess("sleep", ["10"]);
            try
            {
                await Aio.WaitFor(p.Wait(), Seconds(.05));
            }
            catch (TimeoutException)
            {
                t.Print("timeout; still running", p.ReturnCode is null);
                p.Kill();
                t.Print(await p.Wait());
            }
        }
    }
}
