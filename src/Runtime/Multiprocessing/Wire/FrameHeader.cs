using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing.Wire;

/// <summary>The sixteen bytes before each body.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct FrameHeader
{
    internal const int Size = 16;

    /// <summary>Bodies from this size on travel through shared memory.</summary>
    internal const int SegmentThreshold = 256 * 1024;

    /// <summary>No honest frame is longer; what claims to be ends the connection before anything is allocated.</summary>
    internal const int MaxInlineBody = SegmentThreshold + 4096;

    internal int BodyLength;
    internal FrameKind Kind;

    /// <summary>The body is a reference to a segment of shared memory.</summary>
    internal bool InSegment;

    internal ushort Reserved;
    internal long Sequence;

    internal readonly void Write(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <exception cref="ProcessProtocolException">The header breaks the limits.</exception>
    internal static FrameHeader Read(ReadOnlySpan<byte> source)
    {
        var header = MemoryMarshal.Read<FrameHeader>(source);
        if (header.BodyLength is < 0 or > MaxInlineBody || header.Kind is < FrameKind.Hello or > FrameKind.Shutdown)
            throw new ProcessProtocolException($"A frame claims kind {(int)header.Kind} and {header.BodyLength} bytes.");
        return header;
    }
}
