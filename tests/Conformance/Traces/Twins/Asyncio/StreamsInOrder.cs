using System.Net.Sockets;
using System.Text;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Streams and servers once more: who goes on first when a side closes, limits, drains that wait or fail.</summary>
internal sealed partial class StreamsInOrder(Transcript t)
{
    private static readonly EventLoopOptions Real = new() { HandleInterrupt = false };

    [Twin("asyncio/82-py313-streams-in-order")]
    internal static void Parts(Transcript t)
    {
        var all = new StreamsInOrder(t);
        EventLoop.Run(all.All(), Real);
        t.Print("-- left behind");
        t.Print(EventLoop.Run(all.Leaves(), Real));
    }

    private async Coroutine All()
    {
        await Part("own_reader_at_close", OwnReaderAtClose);
        await Part("reading_after_close", ReadingAfterClose);
        await Part("abort", Abort);
        await Part("more_than_the_limit", MoreThanTheLimit);
        await Part("drains", Drains);
        await Part("drain_of_the_lost", DrainOfTheLost);
        await Part("two_readers", TwoReaders);
        await Part("half_closed", HalfClosed);
        await Part("refused", Refused);
        await Part("unix", Unix);
        await Part("served_in_order", ServedInOrder);
    }

    private async Coroutine Part(string name, Func<Coroutine> run)
    {
        t.Print("--", name);
        await run();
    }

    private sealed record Ends(AsyncStreamReader R, AsyncStreamWriter W, AsyncStreamReader Pr, AsyncStreamWriter Pw);

    private static async Coroutine<Ends> Pair(int limit = 1 << 16)
    {
        var made = EventLoop.Current.CreateFuture<(AsyncStreamReader, AsyncStreamWriter)>();
        async Coroutine Serve(AsyncStreamReader r, AsyncStreamWriter w) => made.SetResult((r, w));
        var server = Aio.StartServer(Serve, "127.0.0.1", 0, limit);
        var (r, w) = await Aio.OpenConnection(server.LocalEndPoint, limit);
        var (pr, pw) = await made;
        server.Close();
        return new Ends(r, w, pr, pw);
    }

    private void Soon(params object?[] values) => EventLoop.Current.CallSoon(() => t.Print(values));

    private static async Coroutine<object?> Null(Coroutine c)
    {
        await c;
        return null;
    }

    private static async Coroutine<object?> Bytes(Coroutine<byte[]> c) => await c;

    private static async Coroutine<object?> Opened(Coroutine<(AsyncStreamReader Reader, AsyncStreamWriter Writer)> c) => await c;

    private Coroutine Reads(string name, Coroutine<byte[]> c) => Reads(name, Bytes(c));

    private Coroutine Reads(string name, Coroutine c) => Reads(name, Null(c));

    private async Coroutine Reads(string name, Coroutine<object?> c)
    {
        try
        {
            t.Print(name, await c);
        }
        catch (IncompleteReadException e)
        {
            t.Print(name, "incomplete", e.Partial.ToArray());
        }
        catch (CancelledError)
        {
            t.Print(name, "cancelled");
            throw;
        }
        catch (Exception e)
        {
            t.Print(name, NameOf(e));
        }
    }

    private static string NameOf(Exception e) => e switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "ConnectionRefusedError",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "FileNotFoundError",
        EventLoopException => "RuntimeError",
        IOException => "ConnectionResetError",
        _ => e.GetType().Name,
    };

    private async Coroutine OwnReaderAtClose()
    {
        var (r, w, pr, pw) = await Pair();
        var own = Aio.CreateTask(Reads("own", r.Read()));
        var peer = Aio.CreateTask(Reads("peer", pr.Read()));
        await Turns(2);
        w.Close();
        Soon("soon after close");
        t.Print("closed", r.AtEof, w.IsClosing);
        var closed = Aio.CreateTask(Reads("wait_closed", w.WaitClosed()));
        await Turns(1);
        t.Print("one turn", r.AtEof);
        await Aio.Wait([own, closed, peer]);
        t.Print(r.AtEof, pr.AtEof);
        pw.Close();
        await pw.WaitClosed();
    }

    private async Coroutine ReadingAfterClose()
    {
        var (r, w, _, pw) = await Pair();
        pw.Write("left"u8);
        await Aio.Sleep(Seconds(.02));
        w.Close();
        await Reads("left", r.Read());
        await Reads("again", r.Read(3));
        w.Write("dropped"u8);
        await w.WaitClosed();
        await w.WaitClosed();
        pw.Close();
        await Reads("peer", pw.WaitClosed());
    }

    private async Coroutine Abort()
    {
        var (r, w, pr, pw) = await Pair();
        var own = Aio.CreateTask(Reads("own", r.ReadLine()));
        var peer = Aio.CreateTask(Reads("peer", pr.ReadLine()));
        await Turns(2);
        w.Abort();
        t.Print("aborted", w.IsClosing, own.IsDone);
        await Aio.Wait([own, peer]);
        pw.Close();
    }

    private async Coroutine MoreThanTheLimit()
    {
        var (r, w, _, pw) = await Pair(limit: 16);
        pw.Write([.. Enumerable.Repeat((byte)'x', 1000), (byte)'\n', .. Enumerable.Repeat((byte)'y', 10), (byte)'\n']);
        await Aio.Sleep(Seconds(.02));
        t.Print((await r.ReadExactly(900)).Length);
        try
        {
            await r.ReadUntil("\n"u8.ToArray());
        }
        catch (LimitOverrunException)
        {
            t.Print("overrun");
        }

        try
        {
            await r.ReadLine();
        }
        catch (LimitOverrunException)
        {
            t.Print("line too long");
        }

        await Reads("next", r.ReadLine());
        pw.Write(new byte[100]);
        pw.Close();
        t.Print((await r.Read()).Length);
        w.Close();
        await w.WaitClosed();
    }

    private async Coroutine Drains()
    {
        var (_, w, pr, pw) = await Pair();
        w.Write(new byte[1 << 25]);
        async Coroutine Drain(int n)
        {
            try
            {
                await w.Drain();
                t.Print("drained", n);
            }
            catch (CancelledError)
            {
                t.Print("cancelled", n);
                throw;
            }
        }

        LoopTask[] tasks = [.. Enumerable.Range(0, 3).Select(n => Aio.CreateTask(Drain(n)))];
        await Turns(2);
        t.Print(tasks.Select(static each => each.IsDone));
        tasks[1].Cancel();
        async Coroutine Swallow()
        {
            while ((await pr.Read(1 << 20)).Length > 0) { }
        }

        var swallow = Aio.CreateTask(Swallow());
        await Aio.Wait(tasks);
        await w.Drain();
        w.Close();
        await swallow;
        pw.Close();
        await w.WaitClosed();
    }

    private async Coroutine DrainOfTheLost()
    {
        var (_, w, _, pw) = await Pair();
        w.Write(new byte[1 << 25]);
        var first = Aio.CreateTask(Reads("drain", w.Drain()));
        var second = Aio.CreateTask(Reads("second", w.Drain()));
        await Turns(2);
        w.Abort();
        await Aio.Wait([first, second]);
        await Reads("after", w.Drain());
        pw.Abort();
    }
}
