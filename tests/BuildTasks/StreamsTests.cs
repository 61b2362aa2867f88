namespace Quintet.Tests.BuildTasks;

/// <summary>Streams whose bytes are in memory, and those of which nobody knows.</summary>
public sealed class StreamsTests
{
    private const string Reader = "static string N(Stream s) { using var r = new StreamReader(s); return r.ReadToEnd(); }";
    private const string Possible = "blocks kind=file twin=none certainty=possible via=Stream.Write";

    [Theory]
    [InlineData("public void M(byte[] b) { using var s = new BufferedStream(new MemoryStream()); s.Write(b, 0, 1); }", null)]
    [InlineData("public void M(byte[] b) { using var s = new BufferedStream(Get()); s.Write(b, 0, 1); } "
        + "static Stream Get() => null;", Possible)]
    [InlineData("public void M(MemoryStream s, byte[] b) => ((Stream)s).Write(b, 0, 1);", null)]
    [InlineData("public void M(Stream s, byte[] b) => s.Write(b, 0, 1);", "blocks kind=file twin=none unless=in-memory via=Stream.Write")]
    [InlineData("public void M(BinaryData d) => Drain(d.ToStream()); static void Drain(Stream s) => s.CopyTo(new MemoryStream()); "
        + "} namespace System { public class BinaryData { public Stream ToStream() => null; }", null)]
    [InlineData("public void M(byte[] b) { Stream s = typeof(C).Assembly.GetManifestResourceStream(\"a\"); s.Read(b, 0, 1); }", null)]
    public void What_is_made_around_memory_is_in_memory(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("using var r = new StreamReader(\"a\"); r.ReadToEnd();", "blocks kind=file twin=none via=TextReader.ReadToEnd")]
    [InlineData("using var r = new StreamReader(new MemoryStream()); r.ReadToEnd();", null)]
    [InlineData("using var r = new StreamReader(Get()); r.ReadToEnd();",
        "blocks kind=file twin=none certainty=possible via=TextReader.ReadToEnd")]
    [InlineData("using var f = File.Create(\"a\"); System.Text.Json.JsonSerializer.Serialize(f, 1);",
        "blocks kind=file twin=none via=JsonSerializer.Serialize")]
    [InlineData("using var f = new MemoryStream(); System.Text.Json.JsonSerializer.Serialize(f, 1);", null)]
    [InlineData("System.Text.Json.JsonSerializer.Serialize(1);", null)]
    [InlineData("System.Xml.Linq.XDocument.Load(\"a\");", "blocks kind=file twin=none certainty=possible via=XDocument.Load")]
    [InlineData("System.Xml.Linq.XDocument.Load(File.OpenRead(\"a\"));", "blocks kind=file twin=none via=XDocument.Load")]
    public void What_is_opened_by_name_is_a_file(string body, string? expected) =>
        Assert.Equal(expected, EffectLab.Of($"public void M() {{ {body} }} static Stream Get() => null;"));

    [Theory]
    [InlineData("public string M(Stream s) { using var r = new StreamReader(s); return r.ReadToEnd(); }",
        "blocks kind=file twin=none unless=in-memory via=TextReader.ReadToEnd")]
    [InlineData("public string M(MemoryStream s) { using var r = new StreamReader(s); return r.ReadToEnd(); }", null)]
    [InlineData("public string M() => N(new MemoryStream());" + Reader, null)]
    [InlineData("public string M() => N(File.OpenRead(\"a\"));" + Reader, "blocks kind=file twin=none via=N>TextReader.ReadToEnd")]
    [InlineData("public string M() => N(Get()); static Stream Get() => null;" + Reader,
        "blocks kind=file twin=none certainty=possible via=N>TextReader.ReadToEnd")]
    [InlineData("public string M() { using var r = new StreamReader(new FileStream(\"a\", FileMode.Open)); return r.ReadToEnd(); }",
        "blocks kind=file twin=none via=TextReader.ReadToEnd")]
    public void A_reader_is_where_the_stream_is_that_it_reads(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("FileStream", "blocks kind=file twin=none via=Stream.Write")]
    [InlineData("MemoryStream", null)]
    [InlineData("Stream", "blocks kind=file twin=none certainty=possible via=Stream.Write")]
    public void A_field_is_what_its_type_says(string type, string? expected)
    {
        Assert.Equal(expected, EffectLab.Of($"{type} _s; public void M(byte[] b) => _s.Write(b, 0, 1);"));
        // And so it is where it is given.
        Assert.Equal(expected?.Replace("Stream.Write", "JsonSerializer.Serialize"),
            EffectLab.Of($"{type} _s; public void M() => System.Text.Json.JsonSerializer.Serialize(_s, 1);"));
    }

    [Theory]
    [InlineData("new MemoryStream()", null)]
    [InlineData("Get()", "blocks kind=file twin=none certainty=possible via=Go>Save>Stream.Write")]
    public void A_stream_that_lives_across_an_await_is_still_known(string stream, string? expected) => Assert.Equal(expected, EffectLab.Of(
        $$"""
        public void M() => Go(false).GetAwaiter().GetResult();
        async Task Go(bool async)
        {
            using Stream s = {{stream}};
            if (async) await s.WriteAsync(new byte[1], 0, 1);
            else Save(s);
            if (async) await s.FlushAsync();
        }
        static void Save(Stream s) => s.Write(new byte[1], 0, 1);
        static Stream Get() => null;
        """));

    [Theory]
    [InlineData("GC.KeepAlive(b);", null)]
    [InlineData("Thread.Sleep(1);", "blocks kind=sleep twin=none via=Write>Thread.Sleep")]
    public void The_body_of_ones_own_stream_tells_what_it_does(string body, string? expected) => Assert.Equal(expected, EffectLab.Of(
        "public void M(byte[] b) { Stream s = new Own(); s.Write(b, 0, 1); } sealed class Own : MemoryStreamLike { "
        + $"public override void Write(byte[] b, int o, int n) {{ {body} }} }} "
        + "abstract class MemoryStreamLike : Stream { public override bool CanRead => false; public override bool CanSeek => false; "
        + "public override bool CanWrite => true; public override long Length => 0; public override long Position { get; set; } "
        + "public override void Flush() { } public override int Read(byte[] b, int o, int n) => 0; "
        + "public override long Seek(long o, SeekOrigin s) => 0; public override void SetLength(long v) { } }"));
}
