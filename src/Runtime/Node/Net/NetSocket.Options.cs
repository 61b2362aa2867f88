using System.Net.Sockets;

namespace Quintet.Node;

public sealed partial class NetSocket
{
    private bool _holds;

    /// <summary>Emits <c>timeout</c> when nothing has been read or written for a time; the socket goes on. 0 switches it off. Does not hold
    /// the loop.</summary>
    /// <param name="milliseconds">As in <see cref="NodeLoop.SetTimeout(Action, double)"/>.</param>
    /// <param name="listener">Is called once, with the event.</param>
    public NetSocket SetTimeout(double milliseconds, Action? listener = null)
    {
        _idle?.Close();
        _idle = null;
        if (milliseconds > 0 && !IsDestroyed)
        {
            _idle = Loop.SetTimeout(() => Emit("timeout"), milliseconds).Unref();
            if (listener is not null) Once("timeout", listener);
        }
        else if (listener is not null) Off("timeout", listener);

        return this;
    }

    /// <summary>Whether small writes are sent at once. They are, unless this switches it off (Node's default is off).</summary>
    public NetSocket SetNoDelay(bool noDelay = true)
    {
        WhenConnected(() =>
        {
            if (_inner!.Socket.ProtocolType == ProtocolType.Tcp && !_inner.IsClosing) _inner.Socket.NoDelay = noDelay;
        });
        return this;
    }

    /// <summary>Whether the system asks a silent other end from time to time whether it is there.</summary>
    /// <param name="enable">Whether it does.</param>
    /// <param name="seconds">The silence before the first question; 0 leaves it to the system.</param>
    public NetSocket SetKeepAlive(bool enable = true, int seconds = 0)
    {
        WhenConnected(() =>
        {
            if (_inner!.IsClosing) return;
            _inner.Socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, enable);
            if (enable && seconds > 0 && _inner.Socket.ProtocolType == ProtocolType.Tcp)
                _inner.Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
        });
        return this;
    }

    /// <summary>Closes it so that the other end sees a reset; before it is connected, as soon as it is.</summary>
    public void ResetAndDestroy()
    {
        if (_inner is null && !IsDestroyed)
        {
            Once("connect", ResetAndDestroy);
            return;
        }

        if (_inner is { IsClosing: false } transport)
        {
            _isWriting = true;
            transport.Reset();
            _isWriting = false;
        }

        Destroy();
    }

    /// <summary>Destroys it when everything is written.</summary>
    public void DestroySoon()
    {
        if (IsWritable) End();
        if (IsFinished) Destroy();
        else Once("finish", () => Destroy());
    }

    /// <summary>Lets it hold the loop, as it does from the beginning.</summary>
    public NetSocket Ref()
    {
        if (!_hasReleased) Hold();
        return this;
    }

    /// <summary>Lets the loop end while it is open.</summary>
    public NetSocket Unref()
    {
        LetGo();
        return this;
    }

    private void Hold()
    {
        if (_holds) return;
        _holds = true;
        Loop.Ref();
    }

    private void LetGo()
    {
        if (!_holds) return;
        _holds = false;
        Loop.Unref();
    }

    private void Touch() => _idle?.Refresh();
}
