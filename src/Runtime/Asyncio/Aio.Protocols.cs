using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Asyncio;

public static partial class Aio
{
    /// <summary>Listens by TCP, and makes a protocol for each connection (<c>loop.create_server</c>).</summary>
    /// <param name="factory">Makes the protocol of one connection.</param>
    /// <param name="host">The IP address to listen at, "localhost", or "" for every one of this machine's. Other names are not looked up.
    /// </param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <param name="tls">The certificate to show: connections are then by TLS, and made after the handshake.</param>
    /// <exception cref="ArgumentException">The host is some other name.</exception>
    /// <exception cref="SocketException">The address is taken.</exception>
    public static AsyncServer CreateServer(
        Func<AsyncProtocol> factory, string host, int port, int backlog = 100, SslServerAuthenticationOptions? tls = null) =>
        CreateServer(factory, new IPEndPoint(ListenAddress.Of(host), port), backlog, tls);

    /// <summary>As <see cref="CreateServer(Func{AsyncProtocol}, string, int, int, SslServerAuthenticationOptions?)"/>, at an address, which
    /// may be that of a Unix socket (<c>loop.create_unix_server</c>).</summary>
    public static AsyncServer CreateServer(
        Func<AsyncProtocol> factory, EndPoint address, int backlog = 100, SslServerAuthenticationOptions? tls = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var loop = EventLoop.Current;
        return Listen(loop, address, new ProtocolService(loop, factory), backlog, tls);
    }

    /// <summary>Connects to a host by TCP and gives the connection to a protocol (<c>loop.create_connection</c>). Returns when the protocol
    /// was told that it is made.</summary>
    /// <exception cref="SocketException">Nobody answers.</exception>
    public static async Coroutine<(AsyncTransport Transport, TProtocol Protocol)> CreateConnection<TProtocol>(
        Func<TProtocol> factory, string host, int port)
        where TProtocol : AsyncProtocol
    {
        ArgumentNullException.ThrowIfNull(factory);
        return await Begin(factory(), await ConnectToHost(host, port), null);
    }

    /// <summary>As <see cref="CreateConnection{TProtocol}(Func{TProtocol}, string, int)"/>, by TLS.</summary>
    /// <param name="factory">Makes the protocol.</param>
    /// <param name="host">The host; also the name its certificate must have, unless <c>TargetHost</c> names another.</param>
    /// <param name="port">The port.</param>
    /// <param name="tls">What to accept. They are not changed.</param>
    /// <exception cref="SocketException">Nobody answers.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not accepted.</exception>
    /// <exception cref="TimeoutException">The handshake took more than a minute.</exception>
    public static async Coroutine<(AsyncTransport Transport, TProtocol Protocol)> CreateConnection<TProtocol>(
        Func<TProtocol> factory, string host, int port, SslClientAuthenticationOptions tls)
        where TProtocol : AsyncProtocol
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(tls);
        return await Begin(factory(), await ConnectToHost(host, port), ClientTls.For(tls, host));
    }

    /// <summary>As <see cref="CreateConnection{TProtocol}(Func{TProtocol}, string, int)"/>, to an address, which may be that of a Unix
    /// socket (<c>loop.create_unix_connection</c>).</summary>
    public static async Coroutine<(AsyncTransport Transport, TProtocol Protocol)> CreateConnection<TProtocol>(
        Func<TProtocol> factory, EndPoint address)
        where TProtocol : AsyncProtocol
    {
        ArgumentNullException.ThrowIfNull(factory);
        return await Begin(factory(), await Connect(address), null);
    }

    private static async Coroutine<(AsyncTransport Transport, TProtocol Protocol)> Begin<TProtocol>(
        TProtocol protocol, Socket socket, SslClientAuthenticationOptions? tls)
        where TProtocol : AsyncProtocol
    {
        var loop = EventLoop.Current;
        var transport = tls is null
            ? ProtocolService.Open(loop, socket, protocol, null)
            : await ProtocolService.OpenTls(loop, socket, protocol, (ssl, abandon) => ssl.AuthenticateAsClientAsync(tls, abandon), null);
        await BehindReady(loop, transport); // one of them tells the protocol
        return (transport, protocol);
    }
}
