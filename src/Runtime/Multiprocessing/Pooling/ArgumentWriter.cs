namespace Quintet.Multiprocessing.Pooling;

/// <summary>The writer of the calling thread.</summary>
internal static class ArgumentWriter
{
    [ThreadStatic]
    private static PayloadWriter? _writer;

    internal static PayloadWriter Rent()
    {
        _writer ??= new PayloadWriter();
        _writer.Clear();
        return _writer;
    }
}
