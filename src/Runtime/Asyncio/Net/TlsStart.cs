using System.Net.Security;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>The handshake of TLS, for a task that waits for it.</summary>
internal static class TlsStart
{
    /// <summary>Puts TLS onto a connection: returns when the handshake is done.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="inner">The connection.</param>
    /// <param name="received">Bytes that came on it and nobody has read.</param>
    /// <param name="handshake">Begins the handshake.</param>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The ends do not agree.</exception>
    /// <exception cref="TimeoutException">The handshake took longer than <see cref="EventLoopOptions.TlsHandshakeTimeout"/>.</exception>
    internal static async Coroutine<TlsTransport> Start(
        EventLoop loop, SocketTransport inner, byte[] received, Func<SslStream, CancellationToken, Task> handshake)
    {
        var tls = new TlsTransport(loop.Core, inner);
        using var abandon = new CancellationTokenSource();
        try
        {
            await Aio.WaitFor(Aio.Wrap(tls.Handshake(received, ssl => handshake(ssl, abandon.Token))), loop.Core.TlsHandshake);
        }
        catch
        {
            tls.GiveUp();
            throw;
        }

        return tls;
    }
}
