using System.Net.Sockets;

namespace Quintet.Multiprocessing.Wire;

/// <summary>The same by the base library, for systems whose calls and constants we have not tried.</summary>
internal sealed class ManagedSocket : LocalSocket
{
    private const int MostAtOnce = 4096;

    private readonly Socket _socket;

    internal ManagedSocket() : this(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)) { }

    private ManagedSocket(Socket socket) => _socket = socket;

    internal override TimeSpan ReceiveTimeout
    {
        set => _socket.ReceiveTimeout = (int)Math.Min(Math.Ceiling(value.TotalMilliseconds), int.MaxValue);
    }

    internal override void Listen(string path)
    {
        _socket.Bind(EndPoint(path));
        _socket.Listen(8);
    }

    internal override void Connect(string path)
    {
        try
        {
            _socket.Connect(EndPoint(path));
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    internal override LocalSocket Accept() => new ManagedSocket(_socket.Accept());

    internal override bool CanRead(TimeSpan wait) => _socket.Poll(wait, SelectMode.SelectRead);

    internal override bool CanWrite(TimeSpan wait) => _socket.Poll(wait, SelectMode.SelectWrite);

    internal override int Receive(Span<byte> destination)
    {
        try
        {
            return _socket.Receive(destination);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    internal override void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0) bytes = bytes[_socket.Send(bytes)..];
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    // A socket that has room for one byte has room for a page; one that blocks would hold whoever hands in work.
    internal override int TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _socket.Poll(0, SelectMode.SelectWrite) ? _socket.Send(bytes[..Math.Min(bytes.Length, MostAtOnce)]) : 0;
        }
        catch (SocketException)
        {
            return -1;
        }
    }

    internal override bool IsFrom(int processId) => true;

    public override void Dispose() => _socket.Dispose();

    private static UnixDomainSocketEndPoint EndPoint(string path) => new(IsAbstract(path) ? '\0' + path[1..] : path);
}
