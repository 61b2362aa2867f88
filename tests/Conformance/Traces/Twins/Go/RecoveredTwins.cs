using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Exceptions, <c>finally</c> and <c>Go.Exit</c> within each other; what is left of locks, Once and groups.</summary>
internal sealed class RecoveredTwins(Transcript t)
{
    [Twin("go/31-recovered")]
    internal static void Recovered(Transcript transcript) => SchedulingTwins.Run(new RecoveredTwins(transcript).Main);

    private static string Said(bool value) => value ? "true" : "false";

    private static Exception Panic(string text) => new InvalidOperationException(text);

    private void Try(string name, Action body)
    {
        try
        {
            body();
            t.Print(name, "fine");
        }
        catch (Exception e) when (e is not GoExitException)
        {
            Tell(name, e);
        }
    }

    private async GoTask TryAsync(string name, Func<GoTask> body)
    {
        try
        {
            await body();
            t.Print(name, "fine");
        }
        catch (Exception e) when (e is not GoExitException)
        {
            Tell(name, e);
        }
    }

    // The base library adds the parameter to the message of an ArgumentException, in words of its own.
    private void Tell(string name, Exception e) => t.Print(name, "recovered:", e.Message.Split(" (Parameter")[0]);

    private async GoTask Main()
    {
        Try("deferred", Deferred);
        Try("repanic", () =>
        {
            try
            {
                throw Panic("once");
            }
            catch (InvalidOperationException e)
            {
                throw Panic("again " + e.Message);
            }
        });
        await GoExit();
        var once = new Once();
        Try("once", () => once.Do(() =>
        {
            t.Print("tries");
            throw Panic("failed once");
        }));
        Try("once again", () => once.Do(() => t.Print("never")));
        await Locks();
        await Misuse();
        await Waiters();
    }

    private void Deferred()
    {
        try
        {
            try
            {
                try
                {
                    throw Panic("outer");
                }
                finally
                {
                    t.Print("third deferred runs first");
                }
            }
            finally
            {
                try
                {
                    throw Panic("in a deferred function");
                }
                catch (InvalidOperationException e)
                {
                    t.Print("inner recovered:", e.Message);
                }
            }
        }
        finally
        {
            t.Print("first deferred runs last");
        }
    }

    private async GoTask GoExit()
    {
        var group = new WaitGroup();
        group.Add(2);
        Go.Run(() =>
        {
            try
            {
                try
                {
                    Go.Exit();
                }
                finally
                {
                    t.Print("inner deferred");
                }

                t.Print("never");
            }
            finally
            {
                t.Print("recover in Goexit:", "<nil>");
                group.Done();
            }
        });
        Go.Run(() =>
        {
            try
            {
                Try("nested", () => throw Panic("an error"));
            }
            finally
            {
                group.Done();
            }
        });
        await group.WaitAsync();
    }

    private async GoTask Locks()
    {
        var mutex = new GoMutex();
        Try("locked", () =>
        {
            mutex.Lock();
            try
            {
                throw Panic("holding");
            }
            finally
            {
                mutex.Unlock();
            }
        });
        t.Print(Said(mutex.TryLock()), Said(mutex.TryLock()));
        mutex.Unlock();
        Try("negative", () => new WaitGroup().Done());
        var group = new WaitGroup();
        group.Go(async () =>
        {
            await TryAsync("worker", () => throw Panic("42"));
        });
        group.Go(() =>
        {
            Go.Exit();
            return GoTask.CompletedTask;
        });
        await group.WaitAsync();
        var rw = new GoRWMutex();
        rw.RLock();
        t.Print(Said(rw.TryLock()), Said(rw.TryRLock()));
        rw.RUnlock();
        rw.RUnlock();
        t.Print(Said(rw.TryLock()), Said(rw.TryRLock()));
    }

    private async GoTask Misuse()
    {
        var c = new Chan<int>();
        c.Close();
        await TryAsync("send", async () => await c.SendAsync(1));
        Try("close", c.Close);
        Try("close nil", Chan<int>.Nil.Close);
        await TryAsync("select send", async () => await Select.Case(c, 1).Default(() => { }));
        Try("ticker", () => _ = new Ticker(TimeSpan.Zero));
        Try("nil parent", () => GoContext.WithValue(null!, "k", 1));
        Try("nil key", () => GoContext.WithValue(GoContext.Background, null!, 1));
        Try("make", () => _ = new Chan<int>(-1));
    }

    private async GoTask Waiters()
    {
        var c = new Chan<int>();
        var group = new WaitGroup();
        for (var i = 0; i < 3; i++)
        {
            var n = i;
            group.Go(() => TryAsync("sender " + n, async () => await c.SendAsync(n)));
        }

        await Go.Yield();
        t.Print("received", (await c.ReceiveAsync()).Value);
        c.Close();
        await group.WaitAsync();
    }
}
