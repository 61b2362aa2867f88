using System.Threading.Tasks.Sources;

namespace Quintet.Loops;

/// <summary>
/// What the base library's TLS reads from and writes to: a stream whose bytes come from a transport and go to it.
/// </summary>
/// <remarks>
/// A read that waits is completed on the loop's thread with no synchronization context, so that what the base library does with the bytes
/// runs there at once and not on its thread pool. Should it ever write or read from another thread, the loop is asked to do it.
/// </remarks>
internal sealed class TlsPipe(LoopCore core, SocketTransport inner) : Stream, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _read;
    private Memory<byte> _target;
    private byte[] _kept = [];
    private int _start;
    private int _end;
    private bool _waiting;
    private bool _ended;
    private Exception? _error;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    internal void Feed(ReadOnlySpan<byte> data)
    {
        var taken = 0;
        if (_waiting)
        {
            taken = Math.Min(data.Length, _target.Length);
            data[..taken].CopyTo(_target.Span);
            Keep(data[taken..]);
            Complete(taken);
        }
        else Keep(data);
    }

    internal void End()
    {
        _ended = true;
        if (_waiting) Complete(0);
    }

    internal void Fail(Exception error)
    {
        _error ??= error;
        if (_waiting) Complete(-1);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!core.IsOwnThread && core.OwnerThread != 0) return new ValueTask<int>(ReadFromOutside(buffer));
        if (buffer.IsEmpty) return new ValueTask<int>(0);
        if (_end > _start)
        {
            var count = Math.Min(buffer.Length, _end - _start);
            _kept.AsSpan(_start, count).CopyTo(buffer.Span);
            _start += count;
            if (_start == _end) _start = _end = 0;
            return new ValueTask<int>(count);
        }

        if (_error is not null) return ValueTask.FromException<int>(_error);
        if (_ended) return new ValueTask<int>(0);
        _target = buffer;
        _waiting = true;
        _read.Reset();
        return new ValueTask<int>(this, _read.Version);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (core.IsOwnThread || core.OwnerThread == 0) inner.Write(buffer);
        else
        {
            var copy = buffer.ToArray();
            core.Send(_ => inner.Write(copy), null);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A loop's stream is read with await.");

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token,
        ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    private Task<int> ReadFromOutside(Memory<byte> buffer)
    {
        var completion = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        core.Send(_ => _ = Follow(), null);
        return completion.Task;

        async Task Follow()
        {
            try
            {
                completion.SetResult(await ReadAsync(buffer).ConfigureAwait(false));
            }
            catch (Exception error)
            {
                completion.SetException(error);
            }
        }
    }

    private void Complete(int count)
    {
        _waiting = false;
        _target = default;
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (count >= 0) _read.SetResult(count);
            else _read.SetException(_error!);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return;
        var held = _end - _start;
        if (_end + data.Length > _kept.Length)
        {
            var bytes = held + data.Length > _kept.Length ? new byte[Math.Max(4096, (held + data.Length) * 2)] : _kept;
            _kept.AsSpan(_start, held).CopyTo(bytes);
            _start = 0;
            _end = held;
            _kept = bytes;
        }

        data.CopyTo(_kept.AsSpan(_end));
        _end += data.Length;
    }
}
