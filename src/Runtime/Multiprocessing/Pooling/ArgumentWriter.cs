using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>The writer of the calling thread.</summary>
internal static class ArgumentWriter
{
    [ThreadStatic]
    private static PayloadWriter? _writer;

    internal static PayloadWriter Rent()
    {
        _writer ??= new PayloadWriter { SegmentFrom = FrameHeader.SegmentThreshold };
        _writer.Clear();
        return _writer;
    }
}
