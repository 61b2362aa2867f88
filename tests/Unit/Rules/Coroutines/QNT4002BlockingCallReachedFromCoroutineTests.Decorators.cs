using PossibleRule = Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>;
using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Decorators of one's own: over memory they wait for nothing, over a file they do.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private const string Decorator =
        """
        class Counting(Stream inner) : Stream
        {
            public override int Read(byte[] b, int o, int c) => inner.Read(b, o, c);
            public override void Write(byte[] b, int o, int c) => inner.Write(b, o, c);
            public int Both(byte[] b) { Write(b, 0, 1); return Read(b, 0, 1); }
            public override bool CanRead => true; public override bool CanSeek => false; public override bool CanWrite => true;
            public override long Length => 0; public override long Position { get; set; } public override void Flush() { }
            public override long Seek(long o, SeekOrigin s) => 0; public override void SetLength(long v) { }
        }

        """;

    [Theory]
    [InlineData("var s = new Counting({0}); [|s.Write(b, 0, 1)|];")]
    [InlineData("var s = new Counting(new BufferedStream({0})); [|s.Both(b)|];")]
    [InlineData("[|new Counting(new Counting({0})).Both(b)|];")]
    [InlineData("[|Use(new Counting({0}), b)|];")]
    public async Task A_decorator_waits_for_what_it_was_made_over(string use)
    {
        var source = Decorator + "class C { static int Use(Counting s, byte[] b) => s.Both(b); async Task M(byte[] b) "
            + "{ await Task.Yield(); " + use + " } }";
        var silent = source.Replace("{0}", "new MemoryStream(b)").Replace("[|", "").Replace("|]", "");
        await Flags(source.Replace("{0}", "new FileStream(\"a\", FileMode.Open)"));
        await Allows(silent);
        await PossibleRule.Allows(silent);
    }

    [Fact]
    public Task A_decorator_that_is_given_may_be_over_either() => PossibleRule.Flags(
        Decorator + "class C { async Task M(byte[] b, Counting s) { await Task.Yield(); [|s.Both(b)|]; } }");

#if !OLDEST_ROSLYN
    [Theory]
    [InlineData("[|s.Text|]")]
    [InlineData("[|s.Put(3)|]")]
    [InlineData("[|Through(s)|]")]
    public async Task A_member_of_an_extension_waits_for_what_is_extended(string use)
    {
        var source = "static class Extensions { extension(Stream s) { public string Text => new StreamReader(s).ReadToEnd(); "
            + "public string Put(int n) { s.Write(new byte[n]); return \"\"; } } } class C { static string Through(Stream s) => s.Text; "
            + "async Task M(byte[] b) { await Task.Yield(); Stream s = {0}; _ = " + use + "; } }";
        await Flags(source.Replace("{0}", "new FileStream(\"a\", FileMode.Open)"));
        var silent = source.Replace("{0}", "new MemoryStream(b)").Replace("[|", "").Replace("|]", "");
        await Allows(silent);
        await PossibleRule.Allows(silent);
    }
#endif
}
