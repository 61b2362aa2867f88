// How a reader works
// ------------------
// The transport feeds bytes into a buffer; one coroutine at a time waits for more. With more than twice the limit in the buffer, the
// transport is told to stop reading until the buffer has been read down to the limit.
//
// Source: CPython Lib/asyncio/streams.py (StreamReader).

namespace Quintet.Asyncio;

/// <summary>The reading half of a stream. Source: <c>asyncio.StreamReader</c>.</summary>
public sealed class AsyncStreamReader
{
    /// <summary>The limit of a reader that was given none: 64 KiB.</summary>
    public const int DefaultLimit = 64 * 1024;

    private static readonly ReadOnlyMemory<byte>[] LineFeed = [(byte[])[(byte)'\n']];

    private readonly EventLoop _loop = EventLoop.Current;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _eof;
    private bool _paused;
    private Exception? _error;
    private Wakeup? _waiter;

    /// <summary>A reader that nothing feeds yet.</summary>
    /// <param name="limit">The longest line, in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public AsyncStreamReader(int limit = DefaultLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Limit = limit;
    }

    /// <summary>The longest line, in bytes.</summary>
    public int Limit { get; }

    /// <summary>Whether everything was read and nothing more will come.</summary>
    public bool AtEof => _eof && Buffered == 0;

    /// <summary>Why reading fails from now on, if it does.</summary>
    public Exception? Exception => _error;

    internal Action? PauseSource { get; set; }

    internal Action? ResumeSource { get; set; }

    private int Buffered => _end - _start;

    /// <summary>Adds bytes, as a transport does.</summary>
    public void FeedData(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return;
        if (_end + data.Length > _buffer.Length)
        {
            var bytes = Buffered + data.Length > _buffer.Length ? new byte[Math.Max(512, (Buffered + data.Length) * 2)] : _buffer;
            _buffer.AsSpan(_start, Buffered).CopyTo(bytes);
            _end = Buffered;
            _start = 0;
            _buffer = bytes;
        }

        data.CopyTo(_buffer.AsSpan(_end));
        _end += data.Length;
        WakeWaiter();
        if (_paused || PauseSource is null || Buffered <= 2 * Limit) return;
        _paused = true;
        PauseSource();
    }

    /// <summary>Says that nothing more will come.</summary>
    public void FeedEof()
    {
        _eof = true;
        WakeWaiter();
    }

    /// <summary>Lets readers fail with <paramref name="error"/> from now on.</summary>
    public void SetException(Exception error)
    {
        _error = error;
        WakeWaiter();
    }

    /// <summary>Reads at most <paramref name="count"/> bytes, at least one; none at the end. -1: everything up to the end.</summary>
    public async Coroutine<byte[]> Read(int count = -1)
    {
        ThrowIfFailed();
        if (count == 0) return [];
        if (count < 0)
        {
            var all = new MemoryStream();
            while (true)
            {
                var block = await Read(Limit);
                if (block.Length == 0) return all.ToArray();
                all.Write(block);
            }
        }

        if (Buffered == 0 && !_eof) await WaitForData();
        return Take(Math.Min(count, Buffered));
    }

    /// <summary>As <see cref="Read(int)"/>, into <paramref name="buffer"/>.</summary>
    /// <returns>How many bytes; 0 at the end.</returns>
    public async Coroutine<int> Read(Memory<byte> buffer)
    {
        ThrowIfFailed();
        if (Buffered == 0 && !_eof)
        {
            // As WaitForData, without a frame of its own: servers mostly wait here.
            var waiter = BeginWait();
            try
            {
                await waiter;
            }
            finally
            {
                _waiter = null;
            }

            ThrowIfFailed();
        }

        var count = Math.Min(buffer.Length, Buffered);
        _buffer.AsSpan(_start, count).CopyTo(buffer.Span);
        Skip(count);
        return count;
    }

    /// <summary>Reads exactly <paramref name="count"/> bytes.</summary>
    /// <exception cref="IncompleteReadException">The stream ended before; what had come is in the exception.</exception>
    public async Coroutine<byte[]> ReadExactly(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ThrowIfFailed();
        while (Buffered < count)
        {
            if (_eof) throw new IncompleteReadException(Take(Buffered), count);
            await WaitForData();
        }

        return Take(count);
    }

    /// <summary>Reads up to and with the next line feed; what is left at the end counts as a line.</summary>
    /// <exception cref="LimitOverrunException">The line is longer than the limit; it is skipped.</exception>
    public async Coroutine<byte[]> ReadLine()
    {
        try
        {
            return await ReadUntil(LineFeed);
        }
        catch (IncompleteReadException end)
        {
            return end.Partial.ToArray();
        }
        catch (LimitOverrunException)
        {
            var feed = _buffer.AsSpan(_start, Buffered).IndexOf((byte)'\n');
            Skip(feed >= 0 ? feed + 1 : Buffered);
            throw;
        }
    }

    /// <summary>Reads up to and with <paramref name="separator"/>.</summary>
    /// <exception cref="ArgumentException">The separator is empty.</exception>
    /// <exception cref="IncompleteReadException">The stream ended before.</exception>
    /// <exception cref="LimitOverrunException">The record is longer than the limit; nothing was taken.</exception>
    public Coroutine<byte[]> ReadUntil(ReadOnlyMemory<byte> separator) => ReadUntil([separator]);

    /// <summary>Reads up to and with one of several separators: that which ends first in what comes, and of those that end together the
    /// shortest (Python 3.13).</summary>
    /// <exception cref="ArgumentException">There is no separator, or one is empty.</exception>
    /// <exception cref="IncompleteReadException">The stream ended before.</exception>
    /// <exception cref="LimitOverrunException">The record is longer than the limit; nothing was taken.</exception>
    public async Coroutine<byte[]> ReadUntil(IReadOnlyList<ReadOnlyMemory<byte>> separators)
    {
        ArgumentNullException.ThrowIfNull(separators);
        ReadOnlyMemory<byte>[] all = [.. separators.OrderBy(separator => separator.Length)];
        if (all.Length == 0) throw new ArgumentException("Separator should contain at least one element");
        if (all[0].IsEmpty) throw new ArgumentException("Separator should be at least one-byte string");
        ThrowIfFailed();
        var searched = 0;
        while (true)
        {
            if (Buffered - searched >= all[0].Length)
            {
                var (start, end) = FindFirst(all, searched);
                if (start > Limit) throw new LimitOverrunException("Separator is found, but chunk is longer than limit", start);
                if (start >= 0) return Take(end);
                searched = Math.Max(0, Buffered + 1 - all[^1].Length);
                if (searched > Limit) throw new LimitOverrunException("Separator is not found, and chunk exceed the limit", searched);
            }

            if (_eof) throw new IncompleteReadException(Take(Buffered), null);
            await WaitForData();
        }
    }

    /// <summary>What was received and not read, for TLS that is put onto the connection.</summary>
    internal byte[] TakeBuffered() => Take(Buffered);

    /// <returns>Where the separator that ends first starts and ends; -1 when none is there.</returns>
    private (int Start, int End) FindFirst(ReadOnlyMemory<byte>[] separators, int from)
    {
        var (start, end) = (-1, int.MaxValue);
        foreach (var separator in separators)
        {
            var found = _buffer.AsSpan(_start + from, Buffered - from).IndexOf(separator.Span);
            if (found >= 0 && from + found + separator.Length < end) (start, end) = (from + found, from + found + separator.Length);
        }

        return (start, end);
    }

    private byte[] Take(int count)
    {
        var bytes = _buffer.AsSpan(_start, count).ToArray();
        Skip(count);
        return bytes;
    }

    private void Skip(int count)
    {
        _start += count;
        if (Buffered == 0) _start = _end = 0;
        if (!_paused || Buffered > Limit) return;
        _paused = false;
        ResumeSource?.Invoke();
    }

    private async Coroutine WaitForData()
    {
        var waiter = BeginWait();
        try
        {
            await waiter;
        }
        finally
        {
            _waiter = null;
        }

        ThrowIfFailed();
    }

    private Wakeup BeginWait()
    {
        if (_waiter is not null) throw new EventLoopException("Read called while another coroutine is already waiting for incoming data");
        // Who asks for more than fits would wait for ever.
        if (_paused)
        {
            _paused = false;
            ResumeSource?.Invoke();
        }

        return _waiter = new Wakeup(_loop);
    }

    private void ThrowIfFailed()
    {
        if (_error is not null) throw _error;
    }

    private void WakeWaiter()
    {
        if (_waiter is { IsDone: false } waiter) waiter.Set();
    }
}
