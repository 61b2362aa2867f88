using System.Net.Sockets;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class Protocols
{
    /// <summary>Writes until the system takes no more.</summary>
    private static void Fill(AsyncTransport transport)
    {
        var data = new byte[1 << 20];
        while (transport.WriteBufferSize == 0) transport.Write(data);
    }

    private async Coroutine WriteLimits(Told client, Told peer)
    {
        peer.Transport.PauseReading();
        client.Transport.SetWriteBufferLimits(high: 100, low: 10);
        Fill(client.Transport);
        t.Print("buffered");
        client.Transport.Write("more"u8);
        peer.Transport.ResumeReading();
        while (client.Transport.WriteBufferSize > 0) await Aio.Sleep(TimeSpan.Zero);
        t.Print("empty");
        client.Transport.Write(""u8);
        client.Transport.Close();
    }

    private async Coroutine CloseWithDataLeft(Told client, Told peer)
    {
        peer.Transport.PauseReading();
        Fill(client.Transport);
        client.Transport.Close();
        t.Print("closing", client.Transport.IsClosing, client.Lost.IsDone);
        await Aio.Sleep(Seconds(.2));
        t.Print("waits for the peer", client.Lost.IsDone);
        peer.Transport.ResumeReading();
    }

    private async Coroutine Servers()
    {
        var server = Aio.CreateServer(() => new Told(t, "s"), "127.0.0.1", 0);
        t.Print(server.IsServing);
        var address = server.LocalEndPoint;
        var a = await Connect(server, new Told(t, "a"));
        await Aio.Sleep(Seconds(.2));
        server.Close();
        t.Print(server.IsServing);
        server.Close();
        var waiter = Aio.CreateTask(server.WaitClosed());
        await Aio.Sleep(Seconds(.2));
        t.Print("waits for its connection", waiter.IsDone);
        try
        {
            await Aio.CreateConnection(() => new Told(t, "b"), address);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            t.Print("refused");
        }

        a.Transport.Close();
        await waiter;
        t.Print("closed");
    }

    private async Coroutine CloseClients()
    {
        foreach (var how in new[] { "close_clients", "abort_clients" })
        {
            var server = Aio.CreateServer(() => new Told(t, "s"), "127.0.0.1", 0);
            var a = await Connect(server, new Told(t, "a"));
            await Aio.Sleep(Seconds(.2));
            server.Close();
            if (how == "close_clients") server.CloseClients();
            else server.AbortClients();
            t.Print(how);
            await server.WaitClosed();
            t.Print("server closed");
            await Aio.Sleep(Seconds(.2));
            if (!a.Lost.IsDone) a.Transport.Close();
            await a.Lost;
        }
    }

    private async Coroutine ServesForever()
    {
        var server = Aio.CreateServer(() => new Told(t, "s"), "127.0.0.1", 0);
        var task = Aio.CreateTask(server.ServeForever());
        await Aio.Sleep(Seconds(.1));
        t.Print(task.IsDone, server.IsServing);
        await Refused(server.ServeForever(), "twice");
        task.Cancel();
        try
        {
            await task;
        }
        catch (CancelledError)
        {
            t.Print("cancelled", server.IsServing);
        }

        await Refused(server.ServeForever(), "closed");
    }

    private async Coroutine Refused(Coroutine run, string why)
    {
        try
        {
            await run;
        }
        catch (InvalidOperationException)
        {
            t.Print(why);
        }
    }
}
