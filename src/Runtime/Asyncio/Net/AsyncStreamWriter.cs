using System.Net;
using System.Net.Security;

namespace Quintet.Asyncio;

/// <summary>The writing half of a stream. Source: <c>asyncio.StreamWriter</c>.</summary>
public sealed class AsyncStreamWriter
{
    private readonly StreamConnection _connection;

    internal AsyncStreamWriter(StreamConnection connection) => _connection = connection;

    /// <summary>The address of this end; null for a pipe.</summary>
    public EndPoint? LocalEndPoint => _connection.LocalEndPoint;

    /// <summary>The address of the other end; null for a pipe.</summary>
    public EndPoint? RemoteEndPoint => _connection.RemoteEndPoint;

    /// <summary>What TLS has agreed on (protocol, cipher, certificates); null without TLS. To be looked at, not to be read from.</summary>
    public SslStream? Tls => _connection.Ssl;

    /// <summary>Whether it is closed or about to be.</summary>
    public bool IsClosing => _connection.Transport.IsClosing;

    /// <summary>Writes; what the transport does not take at once is kept. Follow with <see cref="Drain"/>.</summary>
    public void Write(ReadOnlySpan<byte> data) => _connection.Write(data);

    /// <summary>Writes several pieces one after another (<c>writelines</c>).</summary>
    public void WriteLines(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (var line in lines) _connection.Write(line.Span);
    }

    /// <summary>Waits until not too much is kept: at most 64 KiB, or, when it was more, 16 KiB.</summary>
    /// <exception cref="IOException">The connection was lost.</exception>
    public Coroutine Drain() => _connection.Drain();

    /// <summary>Tells the other end, when everything is written, that nothing more will come. Reading goes on.</summary>
    public void WriteEof() => _connection.Transport.EndWriting();

    /// <summary>Closes when everything is written.</summary>
    public void Close() => _connection.Transport.Close();

    /// <summary>Closes at once; what is kept is lost.</summary>
    public void Abort() => _connection.Abort();

    /// <summary>Waits until it is closed.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The connection was lost by an error.</exception>
    public Coroutine WaitClosed() => _connection.WaitClosed();

    /// <summary>Goes over to TLS as the client, on a connection that has none (<c>start_tls</c>). Nothing is lost: what was received and
    /// not read belongs to TLS.</summary>
    /// <param name="options">The server's name (<c>TargetHost</c>) and what to accept.</param>
    /// <exception cref="EventLoopException">It has TLS already, or is no socket.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not accepted. The connection is
    /// closed.</exception>
    public Coroutine StartTls(SslClientAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _connection.StartTls((ssl, abandon) => ssl.AuthenticateAsClientAsync(options, abandon));
    }

    /// <summary>Goes over to TLS as the server, on a connection that has none.</summary>
    /// <param name="options">The certificate to show, and what to ask for.</param>
    /// <exception cref="EventLoopException">It has TLS already, or is no socket.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The ends do not agree. The connection is
    /// closed.</exception>
    public Coroutine StartTls(SslServerAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _connection.StartTls((ssl, abandon) => ssl.AuthenticateAsServerAsync(options, abandon));
    }
}
