using System.Net.Security;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A protocol for each connection.</summary>
internal sealed class ProtocolService(EventLoop loop, Func<AsyncProtocol> factory) : IService
{
    public IConnection Open(Socket socket, Action<IConnection> closed) => Open(loop, socket, factory(), closed);

    public async Coroutine<IConnection?> OpenTls(Socket socket, SslServerAuthenticationOptions tls, Action<IConnection> closed) =>
        await OpenTls(loop, socket, factory(), (ssl, abandon) => ssl.AuthenticateAsServerAsync(tls, abandon), closed);

    internal static AsyncTransport Open(EventLoop loop, Socket socket, AsyncProtocol protocol, Action<IConnection>? closed)
    {
        var transport = new AsyncTransport(loop, protocol, closed);
        transport.Begin(new SocketTransport(loop.Core, socket, _ => transport, closesLater: true), socket);
        return transport;
    }

    internal static async Coroutine<AsyncTransport> OpenTls(EventLoop loop, Socket socket, AsyncProtocol protocol,
        Func<SslStream, CancellationToken, Task> handshake, Action<IConnection>? closed)
    {
        var transport = new AsyncTransport(loop, protocol, closed);
        var inner = new SocketTransport(loop.Core, socket, _ => transport, closesLater: true);
        transport.Begin(await TlsStart.Start(loop, inner, [], handshake), socket);
        return transport;
    }
}
