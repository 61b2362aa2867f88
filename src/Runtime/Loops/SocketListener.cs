using System.Net.Sockets;

namespace Quintet.Loops;

/// <summary>A listening socket on a loop.</summary>
internal sealed class SocketListener : PollTarget
{
    private const int MaxAcceptsPerTurn = 64;

    private readonly LoopCore _core;
    private readonly Action<Socket> _accepted;

    internal SocketListener(LoopCore core, Socket socket, int backlog, Action<Socket> accepted)
        : base(socket)
    {
        _core = core;
        _accepted = accepted;
        socket.Blocking = false;
        socket.Listen(backlog);
        core.Poller.Watch(this, PollEvents.Readable);
    }

    internal override void OnReady(PollEvents events)
    {
        for (var i = 0; i < MaxAcceptsPerTurn && Interest != PollEvents.None && Socket.Poll(0, SelectMode.SelectRead); i++)
        {
            Socket connection;
            try
            {
                connection = Socket.Accept();
            }
            catch (SocketException)
            {
                // The client has gone again, or there are no descriptors left: the next turn tries again.
                return;
            }

            _accepted(connection);
        }
    }

    internal void Close()
    {
        _core.Poller.Watch(this, PollEvents.None);
        Socket.Dispose();
    }
}
