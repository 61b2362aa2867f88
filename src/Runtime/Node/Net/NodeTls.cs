using System.Net.Security;
using Quintet.Loops;

namespace Quintet.Node;

/// <summary>Connections by TLS. Source: Node's <c>tls</c>.</summary>
/// <remarks>The sockets are <see cref="NetSocket"/>s whose bytes are encrypted on the way. What is written before the handshake is done
/// waits for it. Certificates and what to accept of the other's are the base library's options, which are not changed.</remarks>
public static class NodeTls
{
    /// <summary>Connects to a port of a host by TLS (<c>tls.connect</c>). Events beside those of the socket: <c>secureConnect</c>, when the
    /// ends have agreed; if they do not, an <c>error</c>.</summary>
    /// <param name="port">The port.</param>
    /// <param name="host">The host; also the name its certificate must have, unless <c>TargetHost</c> names another.</param>
    /// <param name="options">What to accept; null means a certificate that the system trusts.</param>
    /// <param name="secured">Is called with <c>secureConnect</c>.</param>
    /// <param name="allowHalfOpen">Whether this end stays open when the other one has ended.</param>
    /// <param name="signal">Destroys the socket when it is aborted.</param>
    public static NetSocket Connect(int port, string host, SslClientAuthenticationOptions? options = null, Action? secured = null,
        bool allowHalfOpen = false, AbortSignal? signal = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        var tls = ClientTls.For(options ?? new SslClientAuthenticationOptions(), host);
        return NetSocket.ConnectTls(host, port, tls, secured, allowHalfOpen, signal);
    }

    /// <summary>A server whose connections are by TLS (<c>tls.createServer</c>). Events beside those of the server:
    /// <c>secureConnection</c>, and <c>tlsClientError</c> with the error and the socket when a handshake fails.</summary>
    /// <param name="options">The certificate to show, and what to ask of the clients.</param>
    /// <param name="onSecureConnection">A listener for <c>secureConnection</c>.</param>
    /// <param name="allowHalfOpen">Whether connections stay open when the other end has ended.</param>
    public static NetServer CreateServer(SslServerAuthenticationOptions options, Action<NetSocket>? onSecureConnection = null,
        bool allowHalfOpen = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new NetServer(options, onSecureConnection, allowHalfOpen);
    }
}
