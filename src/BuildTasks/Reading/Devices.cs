namespace Quintet.BuildTasks.Reading;

/// <summary>Streams whose bytes are elsewhere, and what is made around a stream, which is where that one is.</summary>
internal static class Devices
{
    private static readonly string[] Types =
        ["System.IO.FileStream", "System.Net.Sockets.NetworkStream", "System.Net.Security.SslStream"];

    private static readonly string[] Openers = ["M:System.IO.File.Open", "M:System.IO.File.Create", "M:System.IO.File.AppendText("];

    private static readonly HashSet<string> Around = new(StringComparer.Ordinal)
    {
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.BinaryReader", "System.IO.BinaryWriter", "System.IO.BufferedStream",
        "System.IO.Compression.GZipStream", "System.IO.Compression.DeflateStream", "System.IO.Compression.ZLibStream",
        "System.IO.Compression.BrotliStream",
    };

    public static bool Is(string type) => Array.IndexOf(Types, type) >= 0;

    public static bool Is(Value stream) => stream.Kind == ValueKind.Created && (stream.IsOfFile || Is(stream.Name))
        || stream.Kind == ValueKind.Returned && Array.Exists(Openers, opener => stream.Name.StartsWith(opener, StringComparison.Ordinal));

    /// <summary>Whether a constructor makes a reader, a writer or another stream around the stream that it is given first.</summary>
    public static bool IsMadeAround(Callee constructor) => constructor.Parameters > 0
        && constructor.ParameterTypes[0] == "System.IO.Stream" && Around.Contains(constructor.Calling.Made!);

    /// <summary>Whether a constructor is given the name of a file.</summary>
    public static bool IsMadeByName(Callee constructor) => constructor.Parameters > 0
        && constructor.ParameterTypes[0] == "System.String"
        && constructor.Calling.Made is "System.IO.StreamReader" or "System.IO.StreamWriter";
}
