using System.Net;
using System.Runtime.InteropServices;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>What holds a loop: each case is a loop of its own, which ends by itself.</summary>
internal sealed partial class WhatHolds(Transcript t)
{
    [Twin("node/98-what-holds")]
    internal static void Holds(Transcript t) => new WhatHolds(t).All();

    private static NodeLoop Loop => NodeLoop.Current;

    private Action Say(string text) => () => t.Log(text);

    private void Case(string name, Action main)
    {
        t.Log("--", name);
        NodeLoop.Run(() =>
        {
            Loop.Process.Exit += c => t.Log("exit", c);
            main();
        });
    }

    private void All()
    {
        Timers();
        Immediates();
        Promises();
        Ports();
        Sockets();
        Files();
        Workers();
        Rest();
    }

    private void Timers()
    {
        Case("unrefTimers", () =>
        {
            After(500, Say("never")).Unref();
            Loop.SetInterval(Say("never"), 500).Unref();
            After(1, Say("timer"));
        });
        Case("unrefAndRef", () =>
        {
            var timer = After(5, Say("timer"));
            timer.Unref();
            timer.Ref();
            t.Log(timer.HasRef);
        });
        Case("refOfCleared", () =>
        {
            var timer = After(5, Say("never"));
            Loop.ClearTimeout(timer);
            timer.Ref();
            t.Log(timer.HasRef);
        });
        Case("unrefInCallback", () =>
        {
            var n = 0;
            NodeTimeout i = null!;
            i = Loop.SetInterval(
                () =>
                {
                    t.Log("interval", ++n);
                    if (n == 2) i.Unref();
                },
                5);
        });
    }

    private void Immediates()
    {
        Case("unrefImmediates", () =>
        {
            Loop.SetImmediate(Say("unref, but the phase comes")).Unref();
            var i = Loop.SetImmediate(Say("immediate"));
            i.Unref();
            i.Ref();
            t.Log(i.HasRef);
        });
        Case("unrefImmediateBesideOthers", () =>
        {
            Immediate(Say("first"));
            Loop.SetImmediate(Say("unref, but the phase comes")).Unref();
            Immediate(() =>
            {
                t.Log("third");
                Loop.SetImmediate(Say("never")).Unref();
            });
        });
        Case("clearedImmediate", () =>
        {
            var i = Loop.SetImmediate(Say("never"));
            Immediate(Say("one"));
            Loop.ClearImmediate(i);
        });
    }

    private void Promises()
    {
        Case("pendingPromise", () =>
        {
            _ = Promise.WithResolvers<int>().Promise.Then(_ => t.Log("never"));
            async Promise Waits() => await Promise.WithResolvers<int>().Promise;
            _ = Waits();
        });
        Case("timersPromises", () =>
        {
            Loop.DelayValue(5, "v").Then(v => t.Log(v));
            Loop.DelayValue(500, "v", holdsLoop: false).Then(_ => t.Log("never"));
        });
        Case("signalTimeout", () =>
        {
            AbortSignal.Timeout(500).AddListener(Say("never"));
            After(5, Say("timer"));
        });
        Case("eventsOn", () =>
        {
            async Promise Waits()
            {
                await foreach (var _ in EventEmitter.Iterate<int>(new EventEmitter(), "x")) t.Log("never");
            }

            _ = Waits();
            EventEmitter.Once<int>(new EventEmitter(), "x").Then(_ => t.Log("never"));
        });
    }

    private void Ports()
    {
        Case("ports", () =>
        {
            var channel = new MessageChannel();
            channel.Port1.PostMessage(1);
            channel.Port2.Once<int>("message", m => t.Log("got", m));
            channel.Port2.Unref();
            After(5, Say("timer"));
        });
        Case("portWithoutListener", () => new MessageChannel().Port1.PostMessage(1));
        Case("portThatIsClosed", () =>
        {
            var channel = new MessageChannel();
            channel.Port2.On<int>("message", m =>
            {
                t.Log("got", m);
                channel.Port2.Close();
            });
            channel.Port1.PostMessage(1);
        });
        Case("portOnce", () =>
        {
            var channel = new MessageChannel();
            channel.Port2.Once<int>("message", m => t.Log("got", m));
            channel.Port1.PostMessage(1);
        });
        Case("portListenerGone", () =>
        {
            var channel = new MessageChannel();
            var f = Say("never");
            channel.Port2.On("message", f);
            channel.Port2.Off("message", f);
            channel.Port1.PostMessage(1);
        });
    }

    private void Sockets()
    {
        Case("unrefServer", () =>
        {
            new NetServer().Listen(0, "127.0.0.1", Say("listening")).Unref();
            After(5, Say("timer"));
        });
        Case("unrefSocket", () =>
        {
            NetServer s = null!;
            s = new NetServer(c =>
            {
                c.Unref();
                s.Unref();
                t.Log("connection");
            }).Listen(0, "127.0.0.1", () =>
            {
                var c = NetSocket.Connect(((IPEndPoint)s.Address!).Port, "127.0.0.1");
                c.On("connect", () =>
                {
                    c.Unref();
                    t.Log("connected");
                });
            });
        });
        Case("closedServer", () =>
        {
            NetServer s = null!;
            s = new NetServer().Listen(0, "127.0.0.1", () => s.Close(Say("closed")));
        });
    }
}
