using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class ReadersByHand
{
    private async Coroutine Errors()
    {
        var r = Reader("abc");
        var task = Telling("waiting", r.ReadExactly(9));
        await Turns(2);
        r.SetException(new ValueError("v"));
        await task;
        await Tell("later", r.Read(1));
        await Tell("zero", r.Read(0));
        await Tell("nothing", r.ReadExactly(0));
        await Tell("until", Until(r, "c"));
        await Tell("line", r.ReadLine());
        t.Print(r.Exception!.GetType().Name);
        r.SetException(new KeyError("k"));
        await Tell("the second", r.Read(1));
        r.FeedEof();
        await Tell("after the end", r.Read(1));
    }

    private async Coroutine WhoWaits()
    {
        var r = Reader();
        var a = Telling("a", r.Read(4));
        var b = Telling("b", r.ReadLine());
        await Turns(2);
        t.Print(a.IsDone, b.IsDone);
        r.FeedData(Bytes("12"));
        r.FeedData(Bytes("345"));
        await Turns(2);
        var c = Telling("c", r.ReadExactly(3));
        await Turns(2);
        c.Cancel();
        await Turns(2);
        var d = Telling("d", r.ReadExactly(3));
        r.FeedData(Bytes("67"));
        await Turns(2);
        t.Print(a.IsDone, b.IsDone, c.IsDone, d.IsDone);
        var e = Telling("e", r.Read(1));
        await Turns(1);
        r.FeedData(Bytes("8"));
        e.Cancel();
        await Turns(2);
        await Tell("kept", r.Read(5));
        var f = Telling("f", Until(r, "."));
        await Turns(1);
        r.FeedEof();
        f.Cancel();
        await Turns(2);
        await Tell("end", r.Read(5));
    }

    private async Coroutine FedInATurn()
    {
        var r = Reader();
        async Coroutine Lines(string name)
        {
            while (await r.ReadLine() is { Length: > 0 } line) t.Print(name, line);
            t.Print(name, "ends");
        }

        var task = Aio.CreateTask(Lines("l"));
        var loop = EventLoop.Current;
        for (var n = 0; n < 3; n++)
        {
            var i = n;
            loop.CallSoon(() => r.FeedData(Bytes($"{i}\n")));
            loop.CallSoon(() => t.Print("fed", i));
        }

        loop.CallSoon(() => loop.CallSoon(() => r.FeedData(Bytes("late\npart"))));
        loop.CallSoon(() => loop.CallSoon(r.FeedEof));
        for (var i = 0; i < 5; i++)
        {
            t.Print("turn", i);
            await Turns(1);
        }

        await task;
    }
}
