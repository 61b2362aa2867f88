using System.Net.Security;
using Quintet.Loops;

namespace Quintet.Node;

public sealed partial class NetSocket
{
    private Func<SslStream, Task>? _tls;
    private Action? _cancelHandshake;

    /// <summary>What came with the end of the handshake is told within the call that tells of that.</summary>
    private bool _isAttaching;

    /// <summary>What TLS has agreed on (protocol, cipher, certificates); null without TLS, and before <c>secureConnect</c>. To be looked
    /// at, not to be read from.</summary>
    public SslStream? Tls => (_transport as TlsTransport)?.Ssl;

    /// <summary>Whether it was made for TLS.</summary>
    public bool IsEncrypted => _tls is not null;

    internal static NetSocket ConnectTls(
        string host, int port, SslClientAuthenticationOptions tls, Action? secured, bool allowHalfOpen, AbortSignal? signal)
    {
        var socket = new NetSocket(allowHalfOpen, signal: signal) { _tls = ssl => ssl.AuthenticateAsClientAsync(tls) };
        if (secured is not null) socket.Once("secureConnect", secured);
        if (!socket.IsDestroyed) socket.ConnectToHost(host, port);
        return socket;
    }

    /// <summary>The handshake; what is written meanwhile waits for its end.</summary>
    internal void BeginTls(Func<SslStream, Task> handshake, Action<Exception?>? done = null)
    {
        var tls = new TlsTransport(Loop.Core, _inner!);
        _cancelHandshake = Loop.Core.Host.Later(
            Loop.Core.TlsHandshake, () => Destroy(new TimeoutException("The TLS handshake took more than a minute.")));
        _ = Follow();

        async Task Follow()
        {
            Exception? failure = null;
            try
            {
                await tls.Handshake([], handshake).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                failure = error;
            }

            // In a poll phase of its own, outside of what completes the handshake.
            Loop.Send(() => OnHandshakeDone(tls, failure, done));
        }
    }

    private void OnHandshakeDone(TlsTransport tls, Exception? failure, Action<Exception?>? done)
    {
        _cancelHandshake?.Invoke();
        _cancelHandshake = null;
        if (IsDestroyed || failure is not null)
        {
            tls.GiveUp();
            failure ??= new IOException("The connection was closed during the TLS handshake.");
            if (done is not null) done(failure);
            else Destroy(failure);
            return;
        }

        _transport = tls;
        tls.SetLimits(0, 0);
        GoOn();
        if (done is not null) done(null);
        else Emit("secureConnect");
        if (IsDestroyed) return;
        if (IsPaused) tls.StopReading();
        _isAttaching = true;
        tls.Attach(this);
        _isAttaching = false;
    }
}
