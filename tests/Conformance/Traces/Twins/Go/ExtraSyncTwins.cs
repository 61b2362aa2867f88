using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Go's golang.org/x/sync: error groups, weighted semaphores, single flight.</summary>
internal static class ExtraSyncTwins
{
    [Twin("go/26-errgroup")]
    internal static void ErrorGroup(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (group, context) = ErrGroup.WithContext(GoContext.Background);
        group.SetLimit(2);
        Chan<int>[] gates = [new(), new()];
        for (var i = 0; i < 6; i++)
        {
            transcript.Print("main asks for", i);
            await group.GoAsync(Body(i));
            if (i != 1) continue;
            transcript.Print("one more", Told(group.TryGo(() => GoTask.CompletedTask)));
            await gates[0].SendAsync(10);
            await gates[1].SendAsync(20);
        }

        transcript.Print("main waits");
        transcript.Print("the group says", await ErrorOf(group));
        transcript.Print("the context says", context.Error!.Message);

        var plain = new ErrGroup();
        transcript.Print("free", Told(plain.TryGo(() =>
        {
            transcript.Print("alone");
            return GoTask.CompletedTask;
        })));
        transcript.Print("no error", Told(await ErrorOf(plain) == ""));
        plain.SetLimit(0);
        transcript.Print("none", Told(plain.TryGo(() => GoTask.CompletedTask)));

        Func<GoTask> Body(int i) => async () =>
        {
            transcript.Print(i, "begins");
            if (i < 2)
            {
                transcript.Print(i, "got", (await gates[i].ReceiveAsync()).Value);
            }
            else
            {
                await context.Done.ReceiveAsync();
                transcript.Print(i, "sees", context.Error!.Message);
            }

            if (i == 1) throw new FormatException("one failed");
            if (context.Error is { } error) throw error;
        };
    });

    [Twin("go/27-semaphore")]
    internal static void Semaphore(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var semaphore = new GoSemaphore(4);
        var group = new WaitGroup();
        transcript.Print("three", Told(semaphore.TryAcquire(3)));
        var (impatient, cancel) = GoContext.WithCancel(GoContext.Background);
        await Ask(impatient, "large", 4);
        await Ask(GoContext.Background, "small", 1);
        await Ask(GoContext.Background, "other", 1);
        transcript.Print("one", Told(semaphore.TryAcquire()));
        cancel();
        for (var i = 0; i < 10; i++) await Go.Yield();
        await Ask(GoContext.Background, "whole", 4);
        await Ask(GoContext.Background, "late", 1);
        transcript.Print("main gives three");
        semaphore.Release(3);
        await group.WaitAsync();
        transcript.Print("four", Told(semaphore.TryAcquire(4)));

        async GoTask Ask(GoContext context, string name, long weight)
        {
            group.Go(async () =>
            {
                transcript.Print(name, "asks for", weight);
                try
                {
                    await semaphore.AcquireAsync(context, weight);
                }
                catch (ContextCanceledException error)
                {
                    transcript.Print(name, "gives up:", error.Message);
                    return;
                }

                transcript.Print(name, "holds", weight);
                await Go.Yield();
                semaphore.Release(weight);
                transcript.Print(name, "gave", weight);
            });
            await Go.Yield();
        }
    });

    [Twin("go/28-singleflight")]
    internal static void SharedCalls(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (flight, group, calls) = (new SingleFlight<string, string>(), new WaitGroup(), 0);
        Chan<string>[] gates = [new(), new()];
        await Ask("first");
        await Ask("second");
        flight.Forget("key");
        await Ask("third");
        await Ask("fourth");
        await gates[1].SendAsync("two");
        for (var i = 0; i < 10; i++) await Go.Yield();
        await gates[0].SendAsync("fails");
        await group.WaitAsync();
        var result = (await flight.DoChan("key", Again).ReceiveAsync()).Value;
        transcript.Print("channel has", result.Value, result.Error?.Message ?? "<nil>", Told(result.Shared));

        async GoTask<string> Call()
        {
            var n = calls++;
            transcript.Print("call", n, "begins");
            var text = (await gates[n].ReceiveAsync()).Value;
            return text == "fails" ? throw new FormatException("call failed") : text;
        }

        async GoTask Ask(string name)
        {
            group.Go(async () =>
            {
                try
                {
                    var (value, shared) = await flight.DoAsync("key", Call);
                    transcript.Print(name, "has", value, "<nil>", Told(shared));
                }
                catch (FormatException error)
                {
                    transcript.Print(name, "has", "<nil>", error.Message, "true"); // who is told an exception is not told who else is
                }
            });
            await Go.Yield();
        }

        static async GoTask<string> Again()
        {
            await GoTask.CompletedTask;
            return "again";
        }
    });

    private static string Told(bool value) => value ? "true" : "false";

    private static async GoTask<string> ErrorOf(ErrGroup group)
    {
        try
        {
            await group.WaitAsync();
            return "";
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }
}
