using System.Net.Sockets;

namespace Quintet.Loops;

/// <summary>A listening socket on a loop.</summary>
internal class SocketListener : PollTarget
{
    private const int MaxAcceptsPerTurn = 64;

    private readonly LoopCore _core;
    private readonly Action<Socket> _accepted;
    private readonly Action<SocketException>? _exhausted;
    private readonly string? _path;
    private readonly DateTime _made;
    private Timer? _retry;
    private bool _closed;

    /// <param name="core">The loop.</param>
    /// <param name="socket">Bound, and from now on this object's.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <param name="accepted">Is given each connection.</param>
    /// <param name="exhausted">Is told when this process may have no more sockets.</param>
    internal SocketListener(
        LoopCore core, Socket socket, int backlog, Action<Socket> accepted, Action<SocketException>? exhausted = null)
        : base(socket)
    {
        _core = core;
        _accepted = accepted;
        _exhausted = exhausted;
        socket.Blocking = false;
        socket.Listen(backlog);
        if (socket.LocalEndPoint is UnixDomainSocketEndPoint local && local.ToString() is { Length: > 0 } path && path[0] != '@')
            (_path, _made) = (Path.GetFullPath(path), File.GetLastWriteTimeUtc(path));
        core.Poller.Watch(this, PollEvents.Readable);
    }

    /// <summary>How long it takes no connections when there are no descriptors for them. CPython's ACCEPT_RETRY_DELAY.</summary>
    internal TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    internal override void OnReady(PollEvents events)
    {
        for (var i = 0; i < MaxAcceptsPerTurn && Interest != PollEvents.None && Socket.Poll(0, SelectMode.SelectRead); i++)
        {
            Socket connection;
            try
            {
                connection = Accept();
            }
            catch (SocketException error)
                when (error.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                Pause(error);
                return;
            }
            catch (SocketException)
            {
                // The client has gone again.
                return;
            }

            _accepted(connection);
        }
    }

    internal void Close()
    {
        if (_closed) return;
        _closed = true;
        _retry?.Dispose();
        _core.Poller.Watch(this, PollEvents.None);
        if (_path is null || !File.Exists(_path) || File.GetLastWriteTimeUtc(_path) == _made)
        {
            Socket.Dispose();
            return;
        }

        // The socket would remove whatever is at its path; what is there now is somebody else's.
        Socket.SafeHandle.Dispose();
        GC.SuppressFinalize(Socket);
    }

    /// <summary>The next connection; what a test has fail.</summary>
    private protected virtual Socket Accept() => Socket.Accept();

    /// <summary>
    /// The connection still waits and the socket stays ready, so that the loop would do nothing else than look at it again. It is left
    /// alone for a while.
    /// </summary>
    private void Pause(SocketException error)
    {
        _core.Poller.Watch(this, PollEvents.None);
        _retry?.Dispose();
        _retry = new Timer(
            static listener =>
            {
                var ours = (SocketListener)listener!;
                ours._core.Send(static state => ((SocketListener)state!).Resume(), ours);
            },
            this,
            RetryAfter,
            Timeout.InfiniteTimeSpan);
        _exhausted?.Invoke(error);
    }

    private void Resume()
    {
        if (!_closed) _core.Poller.Watch(this, PollEvents.Readable);
    }
}
