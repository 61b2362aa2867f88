using System.Numerics;

namespace Quintet.Multiprocessing;

/// <summary>Values of the base library that hold references, and are wholly told by bytes or a text.</summary>
internal static class BaseLibraryCodecs
{
    internal static object? Find(Type type)
    {
        if (type == typeof(Uri)) return new UriCodec();
        if (type == typeof(Version)) return new VersionCodec();
        return type == typeof(BigInteger) ? new BigIntegerCodec() : null;
    }

    private sealed class UriCodec : PayloadCodec<Uri?>
    {
        public override void Write(PayloadWriter writer, Uri? value) => writer.Text(value?.OriginalString);

        public override Uri? Read(ref PayloadReader reader) => reader.Text() is { } text ? new Uri(text, UriKind.RelativeOrAbsolute) : null;
    }

    private sealed class VersionCodec : PayloadCodec<Version?>
    {
        public override void Write(PayloadWriter writer, Version? value) => writer.Text(value?.ToString());

        public override Version? Read(ref PayloadReader reader) => reader.Text() is { } text ? Version.Parse(text) : null;
    }

    private sealed class BigIntegerCodec : PayloadCodec<BigInteger>
    {
        public override int SmallestSize => sizeof(int) + 1;

        public override void Write(PayloadWriter writer, BigInteger value)
        {
            var bytes = value.ToByteArray();
            writer.Count(bytes.Length);
            writer.Bytes(bytes);
        }

        public override BigInteger Read(ref PayloadReader reader) => new(reader.Bytes(Math.Max(0, reader.Count(1))));
    }
}
