using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class GeneratorsClosely(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/108-generators-closely")]
    internal static void All(Transcript t) => NodeLoop.Run(() => new GeneratorsClosely(t).Main(), Virtual);

    private async Promise Main()
    {
        await Step("items", Items);
        await Step("breaks", Breaks);
        await Step("bodyThrows", BodyThrows);
        await Step("awaiting", Awaiting);
        await Step("failing", Failing);
        await Step("amongTicks", AmongTicks);
        await Step("timed", Timed);
        await Step("nested", Nested);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 20, run);

    private Promise Step(string name, Action run) => t.Step(name, 20, run);

    private void Hops(int count)
    {
        Promise p = Promise.Resolve();
        for (var i = 1; i <= count; i++)
        {
            var hop = i;
            p = p.Then(() => t.Log("hop", hop));
        }
    }

    private async Promise Walk(string name, IAsyncEnumerable<int> items, Func<int, bool> breaks)
    {
        try
        {
            await foreach (var x in AsyncGenerator.Of(items))
            {
                t.Log(name, "got", x);
                // The body of the original is awaited.
                var leave = breaks(x);
                await Promise.Resolve();
                if (leave) break;
            }

            t.Log(name, "over");
        }
        catch (InvalidOperationException e)
        {
            t.Log(name, "caught", e.Message);
        }
    }

    private async Promise Bare<T>(string name, IAsyncEnumerable<T> items)
    {
        await foreach (var x in AsyncGenerator.Of(items)) t.Log(name, "got", x);
        t.Log(name, "over");
    }

    private async IAsyncEnumerable<int> Plain(int count, string name)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                t.Log(name, i);
                yield return i;
            }

            t.Log(name, "last");
        }
        finally
        {
            t.Log(name, "finally");
        }
    }

    private async IAsyncEnumerable<int> Waits(int count, string name)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                await Promise.Resolve();
                if (i == 1) await Promise.Resolve().Then(() => { });
                t.Log(name, i);
                yield return i;
            }

            await Promise.Resolve();
        }
        finally
        {
            await Promise.Resolve();
            t.Log(name, "finally");
        }
    }

    private static async IAsyncEnumerable<int> Fails(string name, bool late = false)
    {
        yield return 1;
        if (late) await Promise.Resolve();
        throw new InvalidOperationException(name);
    }

    private void Items()
    {
        _ = Bare("a", Plain(2, "a"));
        _ = Bare("b", Plain(3, "b"));
        Hops(8);
    }

    private void Breaks()
    {
        _ = Walk("a", Plain(3, "a"), x => x == 1);
        _ = Walk("b", Waits(3, "b"), x => x == 1);
        Hops(14);
    }

    private void BodyThrows()
    {
        _ = Walk("a", Plain(2, "a"), _ => throw new InvalidOperationException("body"));
        _ = Walk("b", Waits(2, "b"), _ => throw new InvalidOperationException("body"));
        Hops(9);
    }

    private void Awaiting()
    {
        _ = Bare("a", Waits(2, "a"));
        _ = Bare("b", Waits(0, "b"));
        Hops(12);
    }

    private void Failing()
    {
        _ = Walk("a", Fails("early"), _ => false);
        _ = Walk("b", Fails("late", late: true), _ => false);
        Hops(9);
    }

    private void AmongTicks()
    {
        Tick(() => t.Log("tick"));
        _loop.QueueMicrotask(() => t.Log("micro"));
        async IAsyncEnumerable<int> Two()
        {
            Tick(() => t.Log("tick of a"));
            yield return 1;
            _loop.QueueMicrotask(() => t.Log("micro of a"));
            yield return 2;
        }

        _ = Bare("a", Two());
        Immediate(() => t.Log("immediate"));
    }

    private async Promise Timed()
    {
        async IAsyncEnumerable<int> Slow()
        {
            for (var i = 0; i < 2; i++)
            {
                await _loop.Delay(5);
                yield return i;
                var item = i;
                Tick(() => t.Log($"tick after {item}"));
            }
        }

        await Promise.All(Bare("a", Slow()), Bare("b", Plain(1, "b")));
        t.Log("all");
    }

    private void Nested()
    {
        async IAsyncEnumerable<object> Outer()
        {
            await foreach (var x in AsyncGenerator.Of(Plain(2, "inner"))) yield return x * 10;
            yield return "own";
        }

        _ = Bare("a", Outer());
        Hops(16);
    }
}
