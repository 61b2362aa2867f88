using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Streams that stay in memory however they are handed about; and the same with one that does not.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    private const string InMemory = "new MemoryStream(b)";

    private const string OnDisk = "new FileStream(\"a\", FileMode.Open)";

    [Theory]
    [InlineData("Stream s = {0}; s = new BufferedStream(s); [|s.CopyTo(Stream.Null)|];")]
    [InlineData("Stream s = {0}; if (z) s = new BufferedStream(s); [|s.CopyTo(Stream.Null)|];")]
    [InlineData("Stream s = {0}; s = z ? new BufferedStream(s) : s; [|s.CopyTo(Stream.Null)|];")]
    [InlineData("Stream s = null; try { s = {0}; [|s.CopyTo(Stream.Null)|]; } finally { s?.Dispose(); }")]
    [InlineData("Stream s = default; s = {0}; [|s.CopyTo(Stream.Null)|];")]
    [InlineData("Stream s = Stream.Synchronized({0}); [|s.CopyTo(Stream.Null)|];")]
    [InlineData("Stream s = {0}; s = Stream.Synchronized(s); [|s.CopyTo(Stream.Null)|];")]
    [InlineData("var s = z switch { true => {0}, _ => Stream.Null }; [|s.CopyTo(Stream.Null)|];")]
    [InlineData("Stream L() => {0}; using var s = L(); [|s.CopyTo(Stream.Null)|];")]
    [InlineData("Stream L() { if (z) return {0}; return Stream.Null; } using var s = L(); [|s.CopyTo(Stream.Null)|];")]
    [InlineData("(Stream i, Stream o) = ({0}, new MemoryStream()); [|i.CopyTo(o)|];")]
    [InlineData("var (i, o) = ((Stream){0}, (Stream)new MemoryStream()); [|i.CopyTo(o)|];")]
    [InlineData("using var s = Open(b, z); [|s.CopyTo(Stream.Null)|];")]
    public async Task A_stream_in_memory_is_one_under_every_name(string use)
    {
        var source = "class C { static Stream Open(byte[] b, bool z) => z ? new BufferedStream({0}) : {0}; "
            + "async Task M(byte[] b, bool z) { await Task.Yield(); " + use + " } }";
        await Allows(source.Replace("{0}", InMemory).Replace("[|", "").Replace("|]", ""));
        await Flags(source.Replace("{0}", OnDisk));
    }

    [Fact]
    public async Task A_buffer_that_is_written_to_a_file_is_written_all_the_same()
    {
        await Flags("async Task M(MemoryStream all, FileStream file) { await Task.Yield(); [|all.WriteTo(file)|]; }");
        await Allows("async Task M(MemoryStream all, MemoryStream other) { await Task.Yield(); all.WriteTo(other); }");
    }

    [Theory]
    [InlineData("Stream s = new MemoryStream(b); if (z) s = new FileStream(\"a\", FileMode.Open); [|s.CopyTo(Stream.Null)|];")]
    [InlineData("Stream s = new MemoryStream(b); s = new BufferedStream(other); [|s.CopyTo(Stream.Null)|];")]
    [InlineData("Stream s = new MemoryStream(b); s = new Tee(s, other); [|s.CopyTo(Stream.Null)|];")]
    [InlineData("var (s, t) = ((Stream)new MemoryStream(b), (Stream)other); (s, t) = (t, s); [|s.CopyTo(Stream.Null)|];")]
    public Task One_that_was_given_another_as_well_is_not(string use) => Flags(
        "class Tee(Stream one, Stream other) : System.IO.Compression.GZipStream(one, default(System.IO.Compression.CompressionMode)) "
        + "{ public Stream Other => other; } "
        + "class C { async Task M(byte[] b, bool z, FileStream other) { await Task.Yield(); " + use + " } }");

    [Fact]
    public Task Locals_that_are_chosen_from_locals_over_and_over_are_given_up() => Flags(
        "async Task M(byte[] b, bool z) { await Task.Yield(); Stream s0 = new MemoryStream(b), t0 = new MemoryStream(b); "
        + string.Concat(Enumerable.Range(0, 60).Select(static n => $"var s{n + 1} = z ? s{n} : t{n}; var t{n + 1} = s{n} ?? t{n}; "))
        + "[|s60.CopyTo(Stream.Null)|]; }");
}
