using System.Runtime.InteropServices;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class WhatHolds
{
    private void Files()
    {
        Case("fileWork", () =>
        {
            NodeFs.Stat(ThisFile).Then(_ =>
            {
                t.Log("stat");
                NodeFs.ReadFile(ThisFile, (_, d) => After(20, () => t.Log("read", d!.Length > 0)));
            });
        });
        Case("fileStreamUnread", () =>
        {
            var r = NodeFs.CreateReadStream(ThisFile);
            r.On("open", Say("open"));
            r.On("close", Say("never"));
        });
        Case("filePaused", () =>
        {
            var r = NodeFs.CreateReadStream(ThisFile, new() { HighWaterMark = 10 });
            Action<byte[]> first = null!;
            first = _ =>
            {
                r.Off("data", first);
                r.Pause();
                t.Log("paused");
            };
            r.OnData(first);
        });
        Case("streamsWait", () =>
        {
            var p = new PassThrough<byte[]>();
            p.Resume();
            p.On("end", Say("never"));
            async Promise Waits()
            {
                await foreach (var _ in new Readable<int>(_ => { }).Iterate()) t.Log("never");
            }

            _ = Waits();
        });
    }

    private void Workers()
    {
        Case("worker", () =>
        {
            var w = new Worker(static () =>
            {
                var parent = Worker.ParentPort!;
                After(20, () => parent.PostMessage("late"));
            });
            w.On<string>("message", m => t.Log("got", m));
        });
        Case("unrefWorker", () =>
        {
            var w = new Worker(static () => Loop.SetInterval(() => { }, 1000));
            w.On("exit", Say("never"));
            w.On("online", () =>
            {
                t.Log("online");
                w.Unref();
            });
        });
        Case("workerIdle", () =>
        {
            var w = new Worker(static () => Worker.ParentPort!.Once("message", () => { }));
            w.On<int>("exit", c => t.Log("exit", c));
            w.PostMessage(1);
        });
    }

    private void Rest()
    {
        Case("signalListener", () =>
        {
            var registration = Loop.Process.OnSignal(PosixSignal.SIGQUIT, Say("never"));
            Loop.Process.Exit += _ => registration.Dispose();
            After(1, Say("timer"));
        });
        Case("broadcastUnref", () =>
        {
            var b = new BroadcastChannel("b" + Guid.NewGuid());
            b.On("message", Say("never"));
            b.Unref();
        });
        Case("ticksOnly", () => Tick(() =>
        {
            t.Log("tick");
            Loop.QueueMicrotask(() =>
            {
                t.Log("micro");
                Tick(Say("tick of micro"));
            });
        }));
        Case("beforeExitOnce", () =>
        {
            var n = 0;
            Loop.Process.BeforeExit += _ =>
            {
                t.Log("before", ++n);
                if (n < 3) After(1, () => t.Log("timer", n));
            };
        });
    }
}
