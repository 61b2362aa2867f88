// How TLS works here
// ------------------
// The base library's TLS stands on a pipe (TlsPipe) whose one end is a socket's transport. Bytes that come in are fed to it on the loop's
// thread, and what it decrypts goes on to the user; what the user writes is encrypted at once and goes to the socket's transport, whose
// limits hold the writer. No thread of the pool takes part, and no byte is copied for it.
//
// Closing tells the other end (close_notify), ends the writing half, and waits for the other's end, but not for ever.
//
// Invariants:
//   I1  The user is told nothing before the handshake is done.
//   I2  OnClosed comes once, and nothing after it.
//
// Ownership: the loop's thread.
// Source: CPython Lib/asyncio/sslproto.py. Deviation: a peer's close_notify ends reading only (TLS 1.3), where asyncio closes.

using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace Quintet.Loops;

/// <summary>TLS over a socket's transport.</summary>
internal sealed class TlsTransport : ITransport, ITransportUser
{
    private static readonly SendOrPostCallback GoOn = static paused => WithoutContext(() =>
    {
        ((TaskCompletionSource)paused!).SetResult();
        return true;
    });

    private readonly LoopCore _core;
    private readonly SocketTransport _inner;
    private readonly TlsPipe _pipe;
    private readonly byte[] _plain = new byte[16 * 1024];
    private ITransportUser? _user;
    private Action? _cancelLimit;
    private int _highWater = SocketTransport.HighWater;
    private bool _closing;
    private bool _closed;
    private bool _innerEnded;
    private bool _peerSaidEnd;
    private bool _wroteEnd;

    // Completed when what has been decrypted, and what has come and was not, may go on to the user.
    private TaskCompletionSource? _paused;

    internal TlsTransport(LoopCore core, SocketTransport inner)
    {
        _core = core;
        _inner = inner;
        _pipe = new TlsPipe(_core, inner);
        Ssl = new SslStream(_pipe, leaveInnerStreamOpen: true);
    }

    public bool IsClosing => _closing || _closed || _inner.IsClosing;

    public EndPoint? LocalEndPoint => _inner.LocalEndPoint;

    internal SslStream Ssl { get; }

    /// <summary>Puts TLS onto the connection: done when the ends have agreed.</summary>
    /// <param name="received">Bytes that came on it and nobody has read.</param>
    /// <param name="handshake">Begins the handshake.</param>
    /// <exception cref="AuthenticationException">The ends do not agree.</exception>
    internal Task Handshake(byte[] received, Func<SslStream, Task> handshake)
    {
        _inner.User = this;
        _pipe.Feed(received);
        _inner.StartReading();
        return WithoutContext(() => handshake(Ssl));
    }

    /// <summary>After a handshake that failed or took too long.</summary>
    internal void GiveUp()
    {
        _pipe.Fail(new IOException("The TLS handshake was given up."));
        _inner.Abort();
    }

    /// <summary>Begins to tell the user what comes.</summary>
    internal void Attach(ITransportUser user)
    {
        _user = user;
        if (_closed) user.OnClosed(null);
        else _ = WithoutContext(Decrypt);
    }

    public void StartReading()
    {
        _inner.StartReading();
        Resume();
    }

    public void StopReading()
    {
        if (_closing || _closed) return;
        _paused ??= new TaskCompletionSource();
        _inner.StopReading();
    }

    public int Kept => _inner.Kept;

    public void SetLimits(int high, int low)
    {
        _highWater = high;
        _inner.SetLimits(high, low);
    }

    public bool Write(ReadOnlySpan<byte> data)
    {
        if (_closed || _closing || _wroteEnd || data.IsEmpty) return true;
        Ssl.Write(data);
        return _inner.Kept <= _highWater;
    }

    public void EndWriting()
    {
        if (_closed || _wroteEnd) return;
        SayEnd();
        _inner.EndWriting();
    }

    public void Close()
    {
        if (_closing || _closed) return;
        SayEnd();
        _closing = true;
        // The other end writes nothing more.
        if (_innerEnded || _peerSaidEnd)
        {
            _inner.Close();
            return;
        }

        // The other end may still be writing: closing with unread bytes would take from it what it has not read yet.
        _inner.EndWriting();
        StartReading();
        _cancelLimit = _core.Host.Later(_core.TlsShutdown, () => _inner.Abort(
            _core.TellsLateShutdown ? new TimeoutException("SSL shutdown timed out") : null));
    }

    public void Abort(Exception? error = null)
    {
        _closing = true;
        _inner.Abort(error);
    }

    public void OnData(ReadOnlySpan<byte> data) => _pipe.Feed(data);

    public void OnEnd()
    {
        _innerEnded = true;
        _pipe.End();
        if (_closing && !_closed) _inner.Close();
    }

    public void OnDrained() => _user?.OnDrained();

    public void OnClosed(Exception? error)
    {
        if (_closed) return;
        _closed = true;
        Resume();
        _cancelLimit?.Invoke();
        _pipe.Fail(error ?? new IOException("The connection is closed."));
        _user?.OnClosed(error);
        Ssl.Dispose();
    }

    /// <summary>In a turn of its own: who resumes goes on first.</summary>
    private void Resume()
    {
        if (_paused is not { } paused) return;
        _paused = null;
        _core.Send(GoOn, paused);
    }

    private void SayEnd()
    {
        if (_wroteEnd) return;
        _wroteEnd = true;
        // Writes to the pipe only, which takes everything at once; what it may say of a peer that has gone, reading says as well.
        _ = WithoutContext(async () =>
        {
            try
            {
                await Ssl.ShutdownAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or AuthenticationException)
            {
                // The peer has gone.
            }
        });
    }

    private async Task Decrypt()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                while (_paused is { } paused) await paused.Task.ConfigureAwait(false);
                if (_closed) return;
                var count = await Ssl.ReadAsync(_plain).ConfigureAwait(false);
                if (count == 0)
                {
                    _peerSaidEnd = true;
                    break;
                }

                if (!_closing) WithContext(() => _user!.OnData(_plain.AsSpan(0, count)));
            }
        }
        catch (Exception error) when (error is IOException or AuthenticationException or ObjectDisposedException)
        {
            failure = error;
        }

        if (_closed) return;
        WithContext(() =>
        {
            if (failure is not null) _inner.Abort(failure);
            else if (_closing) _inner.Close();
            else _user!.OnEnd();
        });
    }

    /// <summary>The user's callbacks are the loop's: what they await comes back to it.</summary>
    private void WithContext(Action tell)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_core.Context);
        try
        {
            tell();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Code that awaits without a context goes on at once where it is completed: here, on the loop's thread.</summary>
    private static T WithoutContext<T>(Func<T> begin)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return begin();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
