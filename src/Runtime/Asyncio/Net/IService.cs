using System.Net.Security;
using System.Net.Sockets;

namespace Quintet.Asyncio;

/// <summary>What a server does with a connection.</summary>
internal interface IService
{
    /// <summary>Begins to serve a connection.</summary>
    IConnection Open(Socket socket, Action<IConnection> closed);

    /// <summary>Begins to serve a connection by TLS when the handshake is done; null when it is lost already.</summary>
    Coroutine<IConnection?> OpenTls(Socket socket, SslServerAuthenticationOptions tls, Action<IConnection> closed);
}
