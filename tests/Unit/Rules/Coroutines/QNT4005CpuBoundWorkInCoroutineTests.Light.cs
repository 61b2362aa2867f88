using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4005CpuBoundWorkInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Heavy by nature, and light by what is given.
public sealed partial class QNT4005CpuBoundWorkInCoroutineTests
{
    private const string Derivation =
        "namespace Microsoft.AspNetCore.Cryptography.KeyDerivation { public static class KeyDerivation { public static byte[] Pbkdf2("
        + "string password, byte[] salt, int prf, int iterationCount, int numBytesRequested) => salt; } } "
        + "class C { const int Some = 1000; static readonly int Kept = 1000, Many = 600_000; async Task M(byte[] s) { await Task.Yield(); "
        + "{0} } }";

    [Theory]
    [InlineData("600_000", "1000")]
    [InlineData("Many", "Kept")]
    [InlineData("s.Length", "Some")]
    [InlineData("10_001", "10_000")]
    public async Task Another_derivation_is_as_light_as_its_rounds_are_few(string many, string few)
    {
        const string Call = "Microsoft.AspNetCore.Cryptography.KeyDerivation.KeyDerivation.Pbkdf2(\"a\", s, 1, {0}, 32)";
        await Flags(Derivation.Replace("{0}", $"[|{Call.Replace("{0}", many)}|];"));
        await Allows(Derivation.Replace("{0}", Call.Replace("{0}", few) + ";"));
        await Flags(Derivation.Replace("{0}", $"var n = {many}; [|{Call.Replace("{0}", "n")}|];"));
        await Allows(Derivation.Replace("{0}", $"var n = {few}; {Call.Replace("{0}", "n")};"));
    }

    // How small the result is to be may be a caller's choice.
    [Theory]
    [InlineData("Pack(s, CompressionLevel.SmallestSize)", "Pack(s, CompressionLevel.Fastest)")]
    [InlineData("Outer(s, CompressionLevel.SmallestSize)", "Outer(s, CompressionLevel.Optimal)")]
    [InlineData("Outer(s, CompressionLevel.SmallestSize)", "Outer(s, Level)")]
    public async Task Compression_is_as_heavy_as_the_level_that_is_given(string heavy, string light)
    {
        const string Packs = "static void Outer(byte[] b, CompressionLevel level) => Pack(b, level); static void Pack(byte[] b, "
            + "CompressionLevel level) { using var z = new BrotliStream(new MemoryStream(), level); z.Write(b); } "
            + "CompressionLevel Level { get; set; } async Task M(byte[] s) { await Task.Yield(); {0}; } }";
        const string Source = "namespace N; using System.IO.Compression; class C { " + Packs;
        await Flags(Source.Replace("{0}", $"[|{heavy}|]"));
        await Allows(Source.Replace("{0}", light));
    }

    // Of a key derivation that only its base is known of, whoever it is runs its rounds.
    [Fact]
    public Task A_key_derivation_behind_its_base_is_flagged() => Flags(
        "public async Task<byte[]> M(System.Security.Cryptography.DeriveBytes keys) { await Task.Yield(); return [|keys.GetBytes(32)|]; }");

    [Fact]
    public Task Random_bytes_are_allowed() => Allows(
        "public async Task<byte[]> M() { await Task.Yield(); return System.Security.Cryptography.RandomNumberGenerator.GetBytes(32); }");
}
