using System.Net;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>The writing half of a stream. Source: <c>asyncio.StreamWriter</c>.</summary>
public sealed class AsyncStreamWriter
{
    private readonly SocketTransport _transport;
    private readonly StreamConnection _connection;

    internal AsyncStreamWriter(SocketTransport transport, StreamConnection connection)
    {
        _transport = transport;
        _connection = connection;
        LocalEndPoint = transport.Socket.LocalEndPoint;
        RemoteEndPoint = connection.RemoteEndPoint;
    }

    /// <summary>The address of this end.</summary>
    public EndPoint? LocalEndPoint { get; }

    /// <summary>The address of the other end.</summary>
    public EndPoint? RemoteEndPoint { get; }

    /// <summary>Whether it is closed or about to be.</summary>
    public bool IsClosing => _transport.IsClosing;

    /// <summary>Writes; what the socket does not take at once is kept. Follow with <see cref="Drain"/>.</summary>
    public void Write(ReadOnlySpan<byte> data) => _connection.Write(data);

    /// <summary>Waits until not too much is kept.</summary>
    /// <exception cref="IOException">The connection was lost.</exception>
    public Coroutine Drain() => _connection.Drain();

    /// <summary>Tells the other end, when everything is written, that nothing more will come.</summary>
    public void WriteEof() => _transport.EndWriting();

    /// <summary>Closes when everything is written.</summary>
    public void Close() => _transport.Close();

    /// <summary>Closes at once; what is kept is lost.</summary>
    public void Abort() => _transport.Abort();

    /// <summary>Waits until it is closed.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The connection was lost by an error.</exception>
    public Coroutine WaitClosed() => _connection.WaitClosed();
}
