using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing.Workers;

/// <summary>Cuts a stream of bytes into frames. One read brings as many as there are.</summary>
internal sealed class FrameReader(LocalSocket socket)
{
    private byte[] _bytes = new byte[64 * 1024];
    private int _from;
    private int _to;

    /// <summary>How many bytes of the stream have arrived.</summary>
    internal long Received { get; private set; }

    /// <summary>The next whole frame that is here already. The body is valid until the next call of <see cref="Fill"/>.</summary>
    /// <exception cref="ProcessProtocolException">The header breaks the limits.</exception>
    internal bool TryNext(out FrameHeader header, out ReadOnlyMemory<byte> body)
    {
        header = default;
        body = default;
        if (_to - _from < FrameHeader.Size) return false;
        header = FrameHeader.Read(_bytes.AsSpan(_from));
        if (_to - _from - FrameHeader.Size < header.BodyLength) return false;
        body = _bytes.AsMemory(_from + FrameHeader.Size, header.BodyLength);
        _from += FrameHeader.Size + header.BodyLength;
        return true;
    }

    /// <summary>Waits for more bytes. Says false at the end of the stream, which a dead peer's is.</summary>
    internal bool Fill()
    {
        MakeRoom();
        var read = socket.Receive(_bytes.AsSpan(_to));
        _to += read;
        Received += read;
        return read > 0;
    }

    /// <summary>Takes bytes that did not come through the socket.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        _bytes = [.. _bytes.AsSpan(_from, _to - _from), .. bytes];
        _from = 0;
        _to = _bytes.Length;
    }

    private void MakeRoom()
    {
        if (_from > 0)
        {
            Buffer.BlockCopy(_bytes, _from, _bytes, 0, _to - _from);
            _to -= _from;
            _from = 0;
        }
        if (_to == _bytes.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
    }
}
