using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class Phases
{
    [Twin("node/01-sync-tick-micro")]
    internal static void SyncTickMicro(Transcript t) => NodeLoop.Run(() =>
    {
        t.Print("sync 1");
        Micro(() => t.Print("promise 1"));
        Tick(() => t.Print("tick 1"));
        NodeLoop.Current.QueueMicrotask(() => t.Print("micro 2"));
        Tick(() => t.Print("tick 2"));
        Micro(() => t.Print("promise 3"));
        t.Print("sync 2");
    });

    [Twin("node/03-io-callback-immediate-before-timeout")]
    internal static void ImmediateBeforeTimeout(Transcript t) => NodeLoop.Run(() => NodeFs.Stat(ThisFile, (_, _) =>
    {
        t.Print("io");
        After(0, () => t.Print("timeout 0"));
        Immediate(() => t.Print("immediate"));
        Tick(() => t.Print("tick"));
        Micro(() => t.Print("micro"));
    }));

    [Twin("node/04-timer-callback-immediate-before-next-timer")]
    internal static void ImmediateBeforeNextTimer(Transcript t) => NodeLoop.Run(() => After(0, () =>
    {
        t.Print("timer A");
        After(0, () => t.Print("timer B (nested 0)"));
        Immediate(() => t.Print("immediate A"));
        Tick(() => t.Print("tick A"));
    }));

    [Twin("node/06-drain-between-immediates")]
    internal static void DrainBetweenImmediates(Transcript t) => NodeLoop.Run(() =>
    {
        Immediate(() =>
        {
            t.Print("i1");
            Immediate(() => t.Print("i1.1 (next turn)"));
            Tick(() => t.Print("i1 tick"));
            Micro(() => t.Print("i1 micro"));
        });
        Immediate(() =>
        {
            t.Print("i2");
            Immediate(() => t.Print("i2.1 (next turn)"));
        });
        Immediate(() => t.Print("i3"));
    });

    [Twin("node/25-threadpool-fifo-one-thread")]
    internal static void PoolIsFirstInFirstOut(Transcript t) => NodeLoop.Run(
        () =>
        {
            for (var i = 0; i < 3; i++)
            {
                var n = i;
                NodeFs.Stat(ThisFile, (_, _) =>
                {
                    t.Print("stat", n);
                    Tick(() => t.Print("tick", n));
                    Micro(() => t.Print("micro", n));
                });
            }

            t.Print("submitted");
        },
        new NodeLoopOptions { PoolSize = 1 });

    [Twin("node/26-threadpool-parallelism")]
    internal static void PoolOfFour(Transcript t) => NodeLoop.Run(() =>
    {
        int done = 0, turns = 0;
        var running = true;
        Turn();
        for (var i = 0; i < 5; i++)
        {
            var n = i;
            NodeLoop.Current.QueueWork(
                () => System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2("p", "s"u8.ToArray(), 60000, new("SHA512"), 64),
                (_, _) =>
                {
                    done++;
                    if (done == 1) t.Print("first finisher is one of the first four", n < 4 ? "true" : "false");
                    if (done != 5) return;
                    running = false;
                    t.Print("all done; loop kept turning", turns > 1000 ? "true" : "false");
                });
        }

        t.Print("submitted");

        void Turn()
        {
            turns++;
            if (running) Immediate(Turn);
        }
    });

    [Twin("node/33-async-local-storage")]
    internal static void LocalStorage(Transcript t) => NodeLoop.Run(
        () =>
        {
            var storage = new AsyncLocalStorage<string>();
            storage.Run("A", () =>
            {
                Tick(() => Log("tick"));
                Micro(() => Log("micro"));
                NodeFs.Stat(ThisFile, (_, _) =>
                {
                    Log("pool");
                    After(1, () =>
                    {
                        Log("timer");
                        storage.Run("A2", () => Immediate(() => Log("nested immediate")));
                        Log("timer after run");
                    });
                });
                Log("sync");
            });
            Log("outside");
            Tick(() => Log("outside tick"));
            After(600, () => Log("outside timer"));

            void Log(string text) => t.Print(text, storage.GetStore() ?? "undefined");
        },
        Virtual);
}
