using System.Net;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Which method of a protocol is called when; what pausing, closing and aborting its transport does.</summary>
internal sealed partial class Protocols(Transcript t)
{
    private static readonly EventLoopOptions Real = new() { HandleInterrupt = false };

    [Twin("asyncio/79-py313-protocols")]
    internal static void Parts(Transcript t) => EventLoop.Run(new Protocols(t).All(), Real);

    private async Coroutine All()
    {
        await Part("echo", Echo);
        await Part("half_close", HalfClose);
        await Part("eof_closes", () => Both(
            p =>
            {
                p.OnEof = () =>
                {
                    p.Transport.Write("bye"u8);
                    return false;
                };
            },
            async (client, _) => client.Transport.WriteEof()));
        await Part("close_in_data", CloseInData);
        await Part("close_in_made", CloseInMade);
        await Part("aborted", Aborted);
        await Part("paused_reading", PausedReading);
        await Part("pause_in_data", PauseInData);
        await Part("write_limits", () => Quiet(WriteLimits));
        await Part("close_with_data_left", () => Quiet(CloseWithDataLeft));
        await Part("fails_in_data", () => Failing(
            p => p.OnData = _ => throw new ValueError("in data"), async (client, _) => client.Transport.Write("x"u8)));
        await Part("fails_in_eof", () => Failing(
            p => p.OnEof = () => throw new ValueError("in eof"), async (client, _) => client.Transport.WriteEof()));
        await Part("after_close", AfterClose);
        await Part("servers", Servers);
        await Part("close_clients", CloseClients);
        await Part("serves_forever", ServesForever);
    }

    private async Coroutine Part(string name, Func<Coroutine> run)
    {
        t.Print("--", name);
        await run();
    }

    private static async Coroutine<Told> Connect(AsyncServer server, Told client)
    {
        await Aio.CreateConnection(() => client, server.LocalEndPoint);
        return client;
    }

    private async Coroutine Both(Action<Told> onServer, Func<Told, Told, Coroutine> run)
    {
        var peer = new Told(t, "server");
        onServer(peer);
        var server = Aio.CreateServer(() => peer, "127.0.0.1", 0);
        var client = await Connect(server, new Told(t, "client"));
        t.Print("connected");
        await Aio.Sleep(Seconds(.1));
        await run(client, peer);
        await Aio.Wait([client.Lost, peer.Lost]);
        server.Close();
        await server.WaitClosed();
    }

    private async Coroutine Quiet(Func<Told, Told, Coroutine> run)
    {
        var peer = new Told(t, "server") { TellsData = false };
        var server = Aio.CreateServer(() => peer, "127.0.0.1", 0);
        var client = await Connect(server, new Told(t, "client"));
        await Aio.Sleep(Seconds(.1));
        await run(client, peer);
        await Aio.Wait([client.Lost, peer.Lost]);
        server.Close();
        await server.WaitClosed();
    }

    private Coroutine Echo() => Both(
        p => p.OnData = data => p.Transport.Write(data.Select(static b => (byte)char.ToUpperInvariant((char)b)).ToArray()),
        async (client, _) =>
        {
            client.Transport.Write("hello"u8);
            await Aio.Sleep(Seconds(.2));
            client.Transport.Close();
            t.Print("closing", client.Transport.IsClosing);
            client.Transport.Close();
            await client.Lost;
            t.Print("client is told");
        });

    private Coroutine HalfClose() => Both(
        p => p.OnEof = static () => true,
        async (client, peer) =>
        {
            client.Transport.Write("question"u8);
            client.Transport.WriteEof();
            await Aio.Sleep(Seconds(.2));
            peer.Transport.Write("answer"u8);
            await Aio.Sleep(Seconds(.2));
            peer.Transport.Close();
        });

    private Coroutine CloseInData() => Both(
        p => p.OnData = _ =>
        {
            p.Transport.Write("taken"u8);
            p.Transport.Close();
            t.Print("closed in data", p.Transport.IsClosing);
        },
        async (client, _) =>
        {
            client.Transport.Write("one"u8);
            await Aio.Sleep(Seconds(.2));
        });

    private Coroutine CloseInMade() => Both(
        p => p.OnMade = () =>
        {
            p.Transport.Write("welcome and goodbye"u8);
            p.Transport.Close();
            EventLoop.Current.CallSoon(() => t.Print("soon after made"));
        },
        async (_, _) => { });

    private Coroutine Aborted() => Both(_ => { }, async (client, peer) =>
    {
        peer.Transport.Abort();
        t.Print("aborted", peer.Transport.IsClosing);
        await Aio.Sleep(Seconds(.2));
        client.Transport.Close();
    });

    private Coroutine PausedReading() => Both(_ => { }, async (client, peer) =>
    {
        peer.Transport.PauseReading();
        t.Print("reading", peer.Transport.IsReading);
        peer.Transport.PauseReading();
        client.Transport.Write("waits"u8);
        await Aio.Sleep(Seconds(.2));
        t.Print("resumes");
        peer.Transport.ResumeReading();
        peer.Transport.ResumeReading();
        t.Print("reading", peer.Transport.IsReading);
        await Aio.Sleep(Seconds(.2));
        client.Transport.Close();
    });

    private Coroutine PauseInData() => Both(p => p.OnData = _ => p.Transport.PauseReading(), async (client, peer) =>
    {
        client.Transport.Write("first"u8);
        await Aio.Sleep(Seconds(.2));
        client.Transport.Write("second"u8);
        client.Transport.WriteEof();
        await Aio.Sleep(Seconds(.2));
        t.Print("resumes");
        peer.OnData = null;
        peer.Transport.ResumeReading();
        await Aio.Sleep(Seconds(.2));
        t.Print("closing", peer.Transport.IsClosing);
    });

    private async Coroutine Failing(Action<Told> onServer, Func<Told, Told, Coroutine> run)
    {
        EventLoop.Current.SetExceptionHandler((_, c) => t.Print("handler", c.Message, ((ValueError)c.Exception!).Repr));
        await Both(onServer, run);
        EventLoop.Current.SetExceptionHandler(null);
    }

    private Coroutine AfterClose() => Both(_ => { }, async (client, _) =>
    {
        client.Transport.Close();
        client.Transport.Write("not sent"u8);
        client.Transport.PauseReading();
        await client.Lost;
        client.Transport.Abort();
        client.Transport.Close();
        t.Print("nothing more");
    });

    /// <summary>Prints each call, then does what the program's part says.</summary>
    private sealed class Told(Transcript t, string name) : AsyncProtocol
    {
        internal AsyncTransport Transport { get; private set; } = null!;

        internal Future<bool> Lost { get; } = EventLoop.Current.CreateFuture<bool>();

        internal bool TellsData { get; init; } = true;

        internal Action? OnMade { get; set; }

        internal Action<byte[]>? OnData { get; set; }

        internal Func<bool>? OnEof { get; set; }

        public override void ConnectionMade(AsyncTransport transport)
        {
            Transport = transport;
            t.Print(name, "made");
            OnMade?.Invoke();
        }

        public override void DataReceived(ReadOnlySpan<byte> data)
        {
            if (!TellsData) return;
            t.Print(name, "data", data.ToArray());
            OnData?.Invoke(data.ToArray());
        }

        public override bool EofReceived()
        {
            t.Print(name, "eof");
            return OnEof?.Invoke() ?? false;
        }

        public override void ConnectionLost(Exception? error)
        {
            t.Print(name, "lost", error?.GetType().Name);
            Lost.SetResult(true);
        }

        public override void PauseWriting() => t.Print(name, "pause");

        public override void ResumeWriting() => t.Print(name, "resume");
    }
}
