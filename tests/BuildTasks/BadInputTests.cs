using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis.Emit;

namespace Quintet.Tests.BuildTasks;

/// <summary>Files that are no honest assemblies: whatever they are, the others are read, and nothing stops or hangs.</summary>
public sealed class BadInputTests
{
    private const string Good = "namespace Store { public class Disk { public string Load() => File.ReadAllText(\"a\"); } }";

    private static readonly string[] Told = ["blocks  M:Store.Disk.Load  kind=file  twin=none  via=File.ReadAllText"];

    [Fact]
    public void A_native_library_is_named_and_nothing_else()
    {
        using var lab = new EffectLab();
        var good = lab.Compile("Store", Good);
        var bytes = File.ReadAllBytes(good);
        var headers = new PEHeaders(new MemoryStream(bytes));
        // The same file without the directory that makes it a managed one.
        Array.Clear(bytes, headers.PEHeaderStartOffset + (headers.PEHeader!.Magic == PEMagic.PE32 ? 208 : 224), 8);
        Assert.Equal(1, Unreadable(lab, bytes, good));
        Assert.Equal(1, Unreadable(lab, [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0], good));
    }

    [Theory]
    [InlineData(MethodImplAttributes.IL, 1)]
    [InlineData(MethodImplAttributes.Native | MethodImplAttributes.Unmanaged, 0)]
    public void Native_methods_of_a_mixed_assembly_are_passed_over(MethodImplAttributes code, int expected)
    {
        using var lab = new EffectLab();
        Assert.Equal(expected, lab.LinesOf(Write(lab, MadeUp.WithMethod("M", code))).Count);
    }

    [Fact]
    public void A_reference_assembly_and_a_trimmed_one_say_nothing_and_are_no_news()
    {
        using var lab = new EffectLab();
        var empty = lab.Compile("Empty", Good, new EmitOptions(metadataOnly: true, includePrivateMembers: false));
        var trimmed = lab.Compile("Trimmed", Good.Replace("File.ReadAllText(\"a\")", "throw null", StringComparison.Ordinal));
        var effects = lab.Effects();
        Assert.Empty(effects.LinesOf([empty, trimmed]));
        Assert.Empty(effects.Unreadable);
    }

    [Fact]
    public void A_file_that_somebody_else_holds_and_a_folder_are_named()
    {
        using var lab = new EffectLab();
        var good = lab.Compile("Store", Good);
        var held = Path.Combine(lab.Folder, "Held.dll");
        File.Copy(good, held);
        var folder = Directory.CreateDirectory(Path.Combine(lab.Folder, "Folder.dll")).FullName;
        var effects = lab.Effects();
        using (new FileStream(held, FileMode.Open, FileAccess.Read, FileShare.None))
            Assert.Single(effects.LinesOf([held, folder, good]));
        Assert.Equal([held, folder], effects.Unreadable);
    }

    [Theory]
    [InlineData("M", "blocks  M:T.M  kind=sleep  twin=none  via=Thread.Sleep")]
    [InlineData("\u200b", "blocks  M:T.\u200b  kind=sleep  twin=none  via=Thread.Sleep")]
    [InlineData("a b", null)]
    [InlineData("a\nquiet  M:Store.Disk.Load  -- ", null)]
    [InlineData("", "blocks  M:T.  kind=sleep  twin=none  via=Thread.Sleep")]
    public void A_name_that_no_source_can_write_becomes_no_line(string name, string? expected)
    {
        using var lab = new EffectLab();
        var path = Write(lab, MadeUp.WithMethod(name, MethodImplAttributes.IL));
        Assert.Equal(expected is null ? Told : [expected, .. Told], lab.LinesOf(lab.Compile("Store", Good), path));
    }

    [Fact]
    public void An_assembly_that_is_called_like_a_path_stays_in_the_cache()
    {
        using var lab = new EffectLab();
        lab.LinesOf(Write(lab, MadeUp.WithMethod("M", MethodImplAttributes.IL, assembly: "../../outside")));
        Assert.StartsWith(".._.._outside-", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(lab.Folder, "cache")))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no instruction", new byte[] { 0xF0, 0x2A })]
    [InlineData("cut off", new byte[] { 0x20, 0x01 })]
    [InlineData("jumps out", new byte[] { 0x38, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData("too many cases", new byte[] { 0x16, 0x45, 0xFF, 0xFF, 0xFF, 0x7F, 0x2A })]
    [InlineData("no such method", new byte[] { 0x28, 0xFF, 0xFF, 0xFF, 0x0A, 0x2A })]
    public void A_body_that_is_no_code_spoils_nothing_but_itself(string what, byte[] code)
    {
        using var lab = new EffectLab();
        var lines = lab.LinesOf(Write(lab, MadeUp.WithBody(code)));
        Assert.True(lines.SequenceEqual(["blocks  M:T.Honest  kind=sleep  twin=none  via=Thread.Sleep"]), what);
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("many parameters")]
    [InlineData("many dimensions")]
    [InlineData("many arguments")]
    public void A_signature_that_is_meant_to_harm_spoils_nothing_but_itself(string kind)
    {
        using var lab = new EffectLab();
        var lines = lab.LinesOf(Write(lab, MadeUp.WithSignature(kind switch
        {
            "deep" => [0, 1, 1, .. Enumerable.Repeat((byte)0x1D, 1_000_000), 8],
            "many parameters" => [0, 0xDF, 0xFF, 0xFF, 0xFF, 1],
            "many dimensions" => [0, 1, 1, 0x14, 8, 0xDF, 0xFF, 0xFF, 0xFF, 0, 0],
            _ => [0, 1, 1, 0x15, 0x12, 0x05, 0xDF, 0xFF, 0xFF, 0xFF, 8],
        })));
        Assert.Equal(["blocks  M:T.Honest  kind=sleep  twin=none  via=Thread.Sleep"], lines);
    }

    [Fact]
    public void A_type_that_is_spelled_with_itself_twice_a_level_takes_no_time()
    {
        using var lab = new EffectLab();
        Assert.Equal(["blocks  M:T.Honest  kind=sleep  twin=none  via=Thread.Sleep"],
            lab.LinesOf(Write(lab, MadeUp.WithDoublingTypes(levels: 30))));
    }

    [Fact]
    public void Types_that_are_nested_in_each_other_end()
    {
        using var lab = new EffectLab();
        Assert.Equal(["blocks  M:T.Honest  kind=sleep  twin=none  via=Thread.Sleep"], lab.LinesOf(Write(lab, MadeUp.WithNestedCircle())));
    }

    [Fact]
    public void Methods_that_share_one_long_body_are_not_read_for_ever()
    {
        using var lab = new EffectLab();
        Assert.Empty(lab.LinesOf(Write(lab, MadeUp.WithSharedBody(methods: 20_000))));
    }

    private static int Unreadable(EffectLab lab, byte[] content, string good)
    {
        var path = Path.Combine(lab.Folder, "Bad.dll");
        File.WriteAllBytes(path, content);
        var effects = lab.Effects();
        Assert.Single(effects.LinesOf([path, good]));
        return effects.Unreadable.Count;
    }

    private static string Write(EffectLab lab, byte[] content)
    {
        var path = Path.Combine(lab.Folder, "MadeUp.dll");
        File.WriteAllBytes(path, content);
        return path;
    }
}
