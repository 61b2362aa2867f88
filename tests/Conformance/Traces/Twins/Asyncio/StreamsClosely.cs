using System.Net;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>What readers give at their limits and ends; servers that close, and who is told when.</summary>
internal sealed partial class StreamsClosely(Transcript t)
{
    private static readonly EventLoopOptions Real = new() { HandleInterrupt = false };

    [Twin("asyncio/75-py313-streams-closely")]
    internal static void Parts(Transcript t) => EventLoop.Run(new StreamsClosely(t).All(), Real);

    private static async Coroutine Turns(int n)
    {
        for (var i = 0; i < n; i++) await Aio.Sleep(TimeSpan.Zero);
    }

    private async Coroutine All()
    {
        t.Print("--", "readers");
        await Readers();
        await Limits();
        t.Print("--", "echo");
        await Echo();
        t.Print("--", "handler_fails");
        await HandlerFails();
        t.Print("--", "many");
        await Many();
        t.Print("--", "cancelled");
        await Cancelled();
    }

    private static AsyncStreamReader Reader(int limit, ReadOnlySpan<byte> data)
    {
        var r = new AsyncStreamReader(limit);
        r.FeedData(data);
        r.FeedEof();
        return r;
    }

    private async Coroutine Tell(string name, Coroutine<byte[]> c)
    {
        try
        {
            t.Print(name, await c);
        }
        catch (IncompleteReadException e)
        {
            t.Print(name, "incomplete", e.Partial.ToArray(), e.Expected);
        }
        catch (LimitOverrunException)
        {
            t.Print(name, "overrun");
        }
    }

    private async Coroutine Readers()
    {
        var r = Reader(64, "line 1\nline 2\nrest"u8);
        await Tell("line", r.ReadLine());
        await Tell("until", r.ReadUntil(" "u8.ToArray()));
        await Tell("exactly", r.ReadExactly(2));
        t.Print(r.AtEof);
        await Tell("read 3", r.Read(3));
        await Tell("read 0", r.Read(0));
        await Tell("read all", r.Read());
        t.Print(r.AtEof);
        await Tell("after", r.Read(5));
        await Tell("line after", r.ReadLine());
        await Tell("exactly after", r.ReadExactly(1));
        await Tell("too few", Reader(64, "abc"u8).ReadExactly(5));
        await Tell("no separator", Reader(64, "abc"u8).ReadUntil(";"u8.ToArray()));
        await Tell("no newline", Reader(64, "abc"u8).ReadLine());
    }

    private async Coroutine Limits()
    {
        await Tell("too long", Reader(4, "abcdefgh\nij"u8).ReadUntil("\n"u8.ToArray()));
        var r = Reader(4, "abcdefgh\nij"u8);
        await Tell("line too long", r.ReadLine());
        await Tell("goes on", r.ReadLine());
        await Tell("several", Reader(64, "a|b"u8).ReadUntil("|"u8.ToArray()));
        r = new AsyncStreamReader(64);
        var task = Aio.CreateTask(Tell("waits", r.ReadExactly(4)));
        await Turns(1);
        r.FeedData("ab"u8);
        await Turns(1);
        t.Print("fed", task.IsDone);
        r.FeedData("cdef"u8);
        await task;
        r = Reader(64, "x\ny\nz"u8);
        for (var line = await r.ReadLine(); line.Length > 0; line = await r.ReadLine()) t.Print(line);
        r = new AsyncStreamReader(64);
        r.FeedData("data"u8);
        r.SetException(new KeyError("broken"));
        try
        {
            await r.Read(2);
        }
        catch (KeyError e)
        {
            t.Print("exception", e.Message);
        }
    }
}
