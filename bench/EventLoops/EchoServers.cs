using System.Net;
using System.Net.Sockets;
using Quintet.Asyncio;
using Quintet.Node;

namespace Quintet.Bench.EventLoops;

/// <summary>Echo servers on our loops, and one on the base library's sockets.</summary>
internal static class EchoServers
{
    internal static void Run(string kind, int port)
    {
        switch (kind)
        {
            case "callbacks":
                RunCallbacks(port);
                break;
            case "protocol":
                EventLoop.Run(RunProtocol(port));
                break;
            case "coroutines":
                EventLoop.Run(RunCoroutines(port));
                break;
            default:
                RunSockets(port).GetAwaiter().GetResult();
                break;
        }
    }

    private static void RunCallbacks(int port) => NodeLoop.Run(() =>
    {
        var server = new NetServer(static socket =>
        {
            socket.OnData(data => socket.Write(data));
            socket.On<Exception>("error", static _ => { });
        });
        server.Listen(new IPEndPoint(IPAddress.Loopback, port), static () => Console.WriteLine("ready"), backlog: 4096);
    });

    private static async Coroutine RunProtocol(int port)
    {
        var server = Aio.CreateServer(static () => new Echo(), "127.0.0.1", port, backlog: 4096);
        Console.WriteLine("ready");
        await server.ServeForever();
    }

    private static async Coroutine RunCoroutines(int port)
    {
        var server = Aio.StartServer(Serve, "127.0.0.1", port, backlog: 4096);
        Console.WriteLine("ready");
        await server.ServeForever();

        static async Coroutine Serve(AsyncStreamReader reader, AsyncStreamWriter writer)
        {
            var buffer = new byte[16384];
            try
            {
                for (int count; (count = await reader.Read(buffer)) > 0;)
                {
                    writer.Write(buffer.AsSpan(0, count));
                    await writer.Drain();
                }
            }
            catch (SocketException)
            {
                // The other end has gone.
            }

            writer.Close();
        }
    }

    private static async Task RunSockets(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(4096);
        Console.WriteLine("ready");
        while (true) _ = Serve(await listener.AcceptAsync());

        static async Task Serve(Socket socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[16384];
            try
            {
                for (int count; (count = await socket.ReceiveAsync(buffer)) > 0;) await socket.SendAsync(buffer.AsMemory(0, count));
            }
            catch (SocketException)
            {
                // The other end has gone.
            }

            socket.Dispose();
        }
    }

    private sealed class Echo : AsyncProtocol
    {
        private AsyncTransport _transport = null!;

        public override void ConnectionMade(AsyncTransport transport) => _transport = transport;

        public override void DataReceived(ReadOnlySpan<byte> data) => _transport.Write(data);
    }
}
