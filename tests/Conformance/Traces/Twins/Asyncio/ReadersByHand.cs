using System.Text;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Readers that are fed by hand: separators, limits to the byte, ends and errors while somebody waits.</summary>
internal sealed partial class ReadersByHand(Transcript t)
{
    [Twin("asyncio/86-py313-readers-by-hand")]
    internal static void Parts(Transcript t) => EventLoop.Run(new ReadersByHand(t).All(), Virtual);

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static AsyncStreamReader Reader(string data = "", bool eof = false, int limit = 65536)
    {
        var r = new AsyncStreamReader(limit);
        r.FeedData(Bytes(data));
        if (eof) r.FeedEof();
        return r;
    }

    private static Coroutine<byte[]> Until(AsyncStreamReader r, params string[] separators) =>
        r.ReadUntil([.. separators.Select(s => (ReadOnlyMemory<byte>)Bytes(s))]);

    private LoopTask Telling(string name, Coroutine<byte[]> read) => Aio.CreateTask(Tell(name, read));

    private async Coroutine Tell(string name, Coroutine<byte[]> read)
    {
        try
        {
            t.Print(name, await read);
        }
        catch (IncompleteReadException e)
        {
            t.Print(name, "incomplete", e.Partial.ToArray(), e.Expected);
        }
        catch (LimitOverrunException)
        {
            t.Print(name, "overrun");
        }
        catch (CancelledError)
        {
            t.Print(name, "cancelled");
        }
        catch (Exception e) when (e is ValueError or ArgumentException)
        {
            t.Print(name, "ValueError");
        }
        catch (KeyError)
        {
            t.Print(name, "KeyError");
        }
        catch (EventLoopException)
        {
            t.Print(name, "RuntimeError");
        }
    }

    private async Coroutine All()
    {
        t.Print("--", "separators");
        await Separators();
        t.Print("--", "in_pieces");
        await InPieces();
        t.Print("--", "limits");
        await Limits();
        await LimitsOfMany();
        t.Print("--", "counts");
        await Counts();
        t.Print("--", "errors");
        await Errors();
        t.Print("--", "who_waits");
        await WhoWaits();
        t.Print("--", "fed_in_a_turn");
        await FedInATurn();
    }

    private async Coroutine Separators()
    {
        var r = Reader("one;two,three;,four", true);
        string[][] all = [[",", ";"], [";", ","], [";,", ";"], [",", ";;"], ["r", "our"], ["x"]];
        foreach (var s in all)
        {
            var name = string.Join(", ", s.Select(x => Transcript.Repr(Bytes(x))));
            await Tell($"({name}{(s.Length == 1 ? "," : "")})", Until(r, s));
        }

        r = Reader("a\r\nb\nc\rd\r\n", true);
        for (var i = 0; i < 4; i++) await Tell("lines", Until(r, "\r\n", "\n", "\r"));
        r = Reader("a\r\nb", true);
        for (var i = 0; i < 2; i++) await Tell("longest only", Until(r, "\r\n", "\r\n\r\n"));
        r = Reader("abc");
        await Tell("empty", r.ReadUntil(Bytes("")));
        await Tell("none", Until(r));
        await Tell("one empty", Until(r, "", "a"));
        await Tell("still there", r.Read(10));
    }

    private async Coroutine InPieces()
    {
        var r = Reader();
        var task = Telling("pieces", Until(r, "<end>"));
        foreach (var piece in new[] { "data<", "en", "d", "<e", "nd>rest" })
        {
            r.FeedData(Bytes(piece));
            await Turns(2);
            t.Print(task.IsDone);
        }

        await Tell("rest", r.Read(2));
        task = Telling("either", Until(r, "--", ">>>"));
        foreach (var piece in new[] { ">", ">-", ">>", "-", "-" })
        {
            r.FeedData(Bytes(piece));
            await Turns(2);
            t.Print(task.IsDone);
        }

        r.FeedEof();
        await Tell("left", r.Read());
        await Tell("at the end", Until(r, "x"));
        await Tell("line at the end", r.ReadLine());
        await Tell("nothing at the end", r.ReadExactly(0));
        await Tell("one at the end", r.ReadExactly(1));
    }

    private async Coroutine Limits()
    {
        for (var n = 3; n <= 5; n++)
        {
            var r = Reader(new string('x', n) + "\n", true, 4);
            await Tell($"('until', {n})", Until(r, "\n"));
            await Tell("then", r.Read(2));
        }

        for (var n = 4; n <= 6; n++)
        {
            var r = Reader(new string('x', n), limit: 4);
            var task = Telling($"('waits', {n})", Until(r, "\n"));
            await Turns(2);
            t.Print(task.IsDone);
            r.FeedEof();
            await task;
            await Tell("then", r.Read());
        }
    }

    private async Coroutine LimitsOfMany()
    {
        AsyncStreamReader r;
        for (var n = 4; n <= 6; n++)
        {
            r = Reader(new string('x', n), limit: 4);
            var task = Telling($"('waits for two', {n})", Until(r, "\r\n"));
            await Turns(2);
            t.Print(task.IsDone);
            r.FeedData(Bytes("\r\n"));
            r.FeedEof();
            await task;
            await Tell("then", r.Read(9));
        }

        r = Reader(new string('x', 20), limit: 4);
        await Tell("exactly beyond", r.ReadExactly(15));
        await Tell("read beyond", r.Read(15));
        r = Reader("xxxxxxxx;yy", limit: 4);
        await Tell("first beyond", Until(r, ";", "x;"));
        await Tell("skipped", r.ReadExactly(6));
        await Tell("then within", Until(r, ";", "x;"));
    }

    private async Coroutine Counts()
    {
        var r = Reader("abc");
        await Tell("zero", r.Read(0));
        await Tell("exactly zero", r.ReadExactly(0));
        await Tell("negative", r.ReadExactly(-1));
        await Tell("some", r.Read(2));
        var task = Telling("all", r.Read(-1));
        await Turns(2);
        r.FeedData(Bytes("d"));
        await Turns(2);
        t.Print(task.IsDone, r.AtEof);
        r.FeedEof();
        t.Print(r.AtEof);
        await task;
        t.Print(r.AtEof);
        await Tell("after", r.Read(5));
        await Tell("all after", r.Read());
        r = Reader("abc", true);
        t.Print(r.AtEof);
        await Tell("too many", r.ReadExactly(5));
        t.Print(r.AtEof);
        await Tell("again", r.ReadExactly(5));
    }
}
