using System.Net;
using System.Net.Security;
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
        var socket = await ConnectToHost(host, port);
        return await OpenParts(socket, limit);
    }

    /// <summary>Connects to a host by TLS over TCP.</summary>
    /// <param name="host">The host; also the name its certificate must have, unless <c>TargetHost</c> names another.</param>
    /// <param name="port">The port.</param>
    /// <param name="tls">What to accept. They are not changed.</param>
    /// <param name="limit">The longest line, in bytes.</param>
    /// <exception cref="SocketException">Nobody answers.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not accepted.</exception>
    /// <exception cref="TimeoutException">The handshake took more than a minute.</exception>
    public static async Coroutine<(AsyncStreamReader Reader, AsyncStreamWriter Writer)> OpenConnection(
        string host, int port, SslClientAuthenticationOptions tls, int limit = AsyncStreamReader.DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(tls);
        var options = ClientTls.For(tls, host);
        var socket = await ConnectToHost(host, port);
        return Parts(await StreamConnection.OpenTls(
            EventLoop.Current, socket, limit, (ssl, abandon) => ssl.AuthenticateAsClientAsync(options, abandon)));
    }

    /// <summary>Connects to an address: TCP or a Unix socket.</summary>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public static async Coroutine<(AsyncStreamReader Reader, AsyncStreamWriter Writer)> OpenConnection(
        EndPoint address, int limit = AsyncStreamReader.DefaultLimit)
    {
        var socket = await Connect(address);
        return await OpenParts(socket, limit);
    }

    /// <summary>Connects to a Unix socket (<c>open_unix_connection</c>).</summary>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public static Coroutine<(AsyncStreamReader Reader, AsyncStreamWriter Writer)> OpenUnixConnection(
        string path, int limit = AsyncStreamReader.DefaultLimit) => OpenConnection(new UnixDomainSocketEndPoint(path), limit);

    /// <summary>Reads and writes a stream of the base library on the loop: a pipe, a serial line (<c>connect_read_pipe</c>,
    /// <c>connect_write_pipe</c>). Closing the writer disposes of the stream.</summary>
    public static (AsyncStreamReader Reader, AsyncStreamWriter Writer) OpenStream(Stream stream, int limit = AsyncStreamReader.DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Parts(StreamConnection.Open(EventLoop.Current, stream, limit));
    }

    /// <summary>Listens by TCP, and starts a task of <paramref name="handler"/> for each connection.</summary>
    /// <param name="handler">Serves one connection; it closes the writer.</param>
    /// <param name="host">The IP address to listen at, "localhost", or "" for every one of this machine's. Other names are not looked up.
    /// </param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <param name="limit">The longest line, in bytes.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <param name="tls">The certificate to show: connections are then by TLS, and the handler starts after the handshake.</param>
    /// <exception cref="ArgumentException">The host is some other name.</exception>
    /// <exception cref="SocketException">The address is taken.</exception>
    public static AsyncServer StartServer(
        Func<AsyncStreamReader, AsyncStreamWriter, Coroutine> handler,
        string host,
        int port,
        int limit = AsyncStreamReader.DefaultLimit,
        int backlog = 100,
        SslServerAuthenticationOptions? tls = null) =>
        StartServer(handler, new IPEndPoint(ListenAddress.Of(host), port), limit, backlog, tls);

    /// <summary>Listens at a Unix socket (<c>start_unix_server</c>). A file that is there already is an error. Closing the server removes
    /// the file, unless somebody has put another in its place.</summary>
    /// <exception cref="SocketException">The path is taken, or cannot be made.</exception>
    public static AsyncServer StartUnixServer(
        Func<AsyncStreamReader, AsyncStreamWriter, Coroutine> handler,
        string path,
        int limit = AsyncStreamReader.DefaultLimit,
        int backlog = 100) => StartServer(handler, new UnixDomainSocketEndPoint(path), limit, backlog);

    /// <summary>As <see cref="StartServer(Func{AsyncStreamReader, AsyncStreamWriter, Coroutine}, string, int, int, int,
    /// SslServerAuthenticationOptions?)"/>, at an address, which may be that of a Unix socket.</summary>
    public static AsyncServer StartServer(
        Func<AsyncStreamReader, AsyncStreamWriter, Coroutine> handler,
        EndPoint address,
        int limit = AsyncStreamReader.DefaultLimit,
        int backlog = 100,
        SslServerAuthenticationOptions? tls = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var loop = EventLoop.Current;
        return Listen(loop, address, new StreamService(loop, handler, limit), backlog, tls);
    }

    private static AsyncServer Listen(EventLoop loop, EndPoint address, IService service, int backlog, SslServerAuthenticationOptions? tls)
    {
        ArgumentNullException.ThrowIfNull(address);
        var local = address.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, local ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            // The base library sets SO_REUSEADDR by itself where a port in TIME_WAIT needs it. Its ReuseAddress option would let a second
            // server take the port of the first.
            socket.Bind(address);
            return new AsyncServer(loop, socket, service, tls, backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The transport begins in the next turn, and who waits for it goes on in the one after that, as in asyncio.</summary>
    private static async Coroutine<(AsyncStreamReader Reader, AsyncStreamWriter Writer)> OpenParts(Socket socket, int limit)
    {
        var loop = EventLoop.Current;
        var connection = StreamConnection.Open(loop, socket, limit);
        loop.Schedule(static state => ((StreamConnection)state!).Transport.StartReading(), connection);
        await BehindReady(loop, connection);
        return Parts(connection);
    }

    /// <summary>Waits for the calls that are ready now. A connection that nobody waits for any more is given up.</summary>
    private static async Coroutine BehindReady(EventLoop loop, IConnection connection)
    {
        var reached = new Wakeup(loop);
        loop.Schedule(Wakeup.SetCallback, reached);
        try
        {
            await reached;
        }
        catch
        {
            connection.Abort();
            throw;
        }
    }

    private static async Coroutine<Socket> ConnectToHost(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await ToThread(() => Dns.GetHostAddresses(host));
        SocketException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await Connect(new IPEndPoint(address, port));
            }
            catch (SocketException error)
            {
                last = error;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async Coroutine<Socket> Connect(EndPoint address)
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
        try
        {
            return await future;
        }
        catch (CancelledError)
        {
            cancel();
            throw;
        }
    }

    private static (AsyncStreamReader Reader, AsyncStreamWriter Writer) Parts(StreamConnection connection) =>
        (connection.Reader, connection.Writer);
}
