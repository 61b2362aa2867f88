using System.Net;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Asyncio;

public static partial class Aio
{
    /// <summary>Connects to a host by TCP. Its addresses are tried one after another.</summary>
    /// <exception cref="SocketException">None of them answers.</exception>
    public static async Coroutine<(AsyncStreamReader Reader, AsyncStreamWriter Writer)> OpenConnection(
        string host, int port, int limit = AsyncStreamReader.DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(host);
        IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await ToThread(() => Dns.GetHostAddresses(host));
        SocketException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await OpenConnection(new IPEndPoint(address, port), limit);
            }
            catch (SocketException error)
            {
                last = error;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>Connects to an address: TCP or a Unix socket.</summary>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public static async Coroutine<(AsyncStreamReader Reader, AsyncStreamWriter Writer)> OpenConnection(
        EndPoint address, int limit = AsyncStreamReader.DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(address);
        var loop = EventLoop.Current;
        var future = loop.CreateFuture<Socket>();
        var cancel = SocketConnector.Start(loop.Core, address, (socket, error) =>
        {
            if (future.IsDone) socket?.Dispose();
            else if (error is null) future.SetResult(socket!);
            else future.SetException(error);
        });
        Socket connected;
        try
        {
            connected = await future;
        }
        catch (CancelledError)
        {
            cancel();
            throw;
        }

        var connection = StreamConnection.Open(loop, connected, limit);
        return (connection.Reader, connection.Writer);
    }

    /// <summary>Listens by TCP, and starts a task of <paramref name="handler"/> for each connection.</summary>
    /// <param name="handler">Serves one connection; it closes the writer.</param>
    /// <param name="host">The address to listen at.</param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <param name="limit">The longest line, in bytes.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <exception cref="SocketException">The address is taken.</exception>
    public static AsyncServer StartServer(
        Func<AsyncStreamReader, AsyncStreamWriter, Coroutine> handler,
        string host,
        int port,
        int limit = AsyncStreamReader.DefaultLimit,
        int backlog = 100) => StartServer(handler, new IPEndPoint(IPAddress.Parse(host), port), limit, backlog);

    /// <summary>As <see cref="StartServer(Func{AsyncStreamReader, AsyncStreamWriter, Coroutine}, string, int, int, int)"/>, at an address,
    /// which may be that of a Unix socket.</summary>
    public static AsyncServer StartServer(
        Func<AsyncStreamReader, AsyncStreamWriter, Coroutine> handler,
        EndPoint address,
        int limit = AsyncStreamReader.DefaultLimit,
        int backlog = 100)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(address);
        var local = address.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, local ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (!local && !OperatingSystem.IsWindows())
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(address);
            return new AsyncServer(EventLoop.Current, socket, handler, limit, backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
