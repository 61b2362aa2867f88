using System.Runtime.CompilerServices;
using Quintet.Asyncio;
using Quintet.Loops;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class DebugReports
{
    private async Coroutine CallbacksThatRaise()
    {
        static void Bad() => throw new ValueError("callback");
        Loop.CallSoon(Bad);
        Loop.CallSoon(() => t.Print("next callback"));
        Loop.CallLater(Ms(1), Bad);
        await Aio.Sleep(Ms(10));
        var f = Loop.CreateFuture<int>();
        f.AddDoneCallback(_ => Bad());
        f.AddDoneCallback(_ => t.Print("second callback"));
        f.SetResult(1);
        await Turns(2);
        Loop.SetExceptionHandler((_, _) => throw new KeyError("handler"));
        Loop.CallSoon(Bad);
        await Turns(2);
        // The default handler has written to the error stream, where CPython writes to its log.
        t.Print("LOG", "Unhandled error in exception handler");
        Loop.SetExceptionHandler(Told);
        t.Print("goes on");
    }

    private async Coroutine SlowOnes()
    {
        Loop.SlowCallbackDuration = Ms(20);
        static void Hog(double milliseconds) => Spin(Ms(milliseconds));
        static async Coroutine Hogs(double milliseconds)
        {
            Hog(milliseconds);
            await Aio.Yield();
            Hog(milliseconds);
        }

        Loop.CallSoon(() => Hog(30));
        Loop.CallSoon(() => Hog(0));
        Loop.CallLater(Ms(1), () => Hog(30));
        await Aio.Sleep(Ms(50));
        t.Print("callbacks");
        _ = Aio.CreateTask(Hogs(30));
        await Turns(3);
        t.Print("steps");
        Loop.SlowCallbackDuration = Seconds(10);
        await Aio.CreateTask(Hogs(30));
        t.Print("not slow");
    }

    private static string Swallow(Action call)
    {
        try
        {
            call();
        }
        catch (Exception e)
        {
            return e.Message;
        }

        return "nothing";
    }

    private async Coroutine FromAnotherThread()
    {
        var loop = Loop;
        var said = new List<string>();
        var other = new Thread(() =>
        {
            said.Add(Swallow(() => loop.CallSoon(() => t.Print("never"))));
            said.Add(Swallow(() => loop.CallLater(default, () => t.Print("never"))));
            said.Add(Swallow(() => loop.CallAt(default, () => t.Print("never"))));
            said.Add(Swallow(() => loop.CallSoonThreadSafe(() => t.Print("thread-safe"))));
        });
        other.Start();
        other.Join();
        await Turns(2);
        // Ours says what to do as well.
        foreach (var each in said) t.Print(each.Split(". Use")[0]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop() => _ = forgotten();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CancelBeforeItStarts() => Aio.CreateTask(forgotten()).Cancel();

    // Named as in the recording, which prints the name.
    private static async Coroutine forgotten() { }

    private async Coroutine NeverAwaited()
    {
        var warnings = new List<string>();
        void Hear(LoopReport report)
        {
            // Other twins run beside this one.
            if (report.RuleId == "QNT4006" && report.Callback == "forgotten") lock (warnings) warnings.Add(report.Message);
        }

        void Print()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            lock (warnings)
            {
                t.Print((object)warnings.ToArray());
                warnings.Clear();
            }
        }

        LoopDetectors.Reported += Hear;
        Drop();
        Print();
        CancelBeforeItStarts();
        await Turns(2);
        Print();
        await Aio.CreateTask(forgotten());
        Print();
        TaskGroup? group = null;
        await TaskGroup.Run(async g => group = g);
        t.Print(Swallow(() => group!.CreateTask(forgotten())).Split(' ') is [.., "is", "finished"] ? "is finished" : "something else");
        Print();
        LoopDetectors.Reported -= Hear;
    }
}
