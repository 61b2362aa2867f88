using System.Net;
using System.Net.Sockets;

namespace Quintet.Loops;

/// <summary>A connection that is being made.</summary>
internal sealed class SocketConnector : PollTarget
{
    private readonly LoopCore _core;
    private readonly Action<Socket?, Exception?> _done;

    private SocketConnector(LoopCore core, Socket socket, Action<Socket?, Exception?> done)
        : base(socket)
    {
        _core = core;
        _done = done;
    }

    /// <summary>Connects; calls <paramref name="done"/> in a later poll phase, or at once when it is clear at once.</summary>
    /// <returns>What cancels the attempt, without a call.</returns>
    internal static Action Start(LoopCore core, EndPoint address, Action<Socket?, Exception?> done)
    {
        var local = address.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, local ? ProtocolType.Unspecified : ProtocolType.Tcp)
        {
            Blocking = false,
        };
        var connector = new SocketConnector(core, socket, done);
        try
        {
            socket.Connect(address);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            core.Poller.Watch(connector, PollEvents.Writable);
            return connector.Cancel;
        }
        catch (Exception error)
        {
            socket.Dispose();
            done(null, error);
            return static () => { };
        }

        done(socket, null);
        return static () => { };
    }

    internal override void OnReady(PollEvents events)
    {
        _core.Poller.Watch(this, PollEvents.None);
        var error = (int)(Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) ?? 0);
        if (error == 0)
        {
            _done(Socket, null);
            return;
        }

        Socket.Dispose();
        _done(null, new SocketException(error));
    }

    private void Cancel()
    {
        _core.Poller.Watch(this, PollEvents.None);
        Socket.Dispose();
    }
}
