using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>A value's way through its codec and back.</summary>
internal static class CodecLab
{
    public static void Refuses<T>(T value, string path, string reason)
    {
        var refused = Assert.Throws<PayloadSerializationException>(() => RoundTrip(value));
        Assert.Equal(path, refused.MemberPath);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }

    public static T RoundTrip<T>(T value)
    {
        var writer = new PayloadWriter();
        PayloadCodec<T>.Default.Write(writer, value);
        var reader = new PayloadReader(writer.Written);
        var copy = PayloadCodec<T>.Default.Read(ref reader);
        Assert.Equal(0, reader.Left);
        return copy;
    }
}
