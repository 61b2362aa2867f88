using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Content of files that goes through a writer or reader piece by piece.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    private static string Piecewise(string work) =>
        "public async Task M(string path, string text, List<string> lines, Stream s) { await Task.Yield(); " + work + " }";

    [Theory]
    [InlineData("using var w = new StreamWriter(path); [|w.Write(text)|];")]
    [InlineData("using var w = File.CreateText(path); [|w.WriteLine(text)|];")]
    [InlineData("using var w = new StreamWriter(path); foreach (var line in lines) [|w.WriteLine($\"{line};\")|];")]
    [InlineData("using var w = new StreamWriter(path, true); foreach (var line in lines) [|w.WriteLine(line)|];")]
    [InlineData("using var w = new BinaryWriter(File.OpenWrite(path)); foreach (var line in lines) [|w.Write(line.Length)|];")]
    [InlineData("using var r = new BinaryReader(new FileStream(path, FileMode.Open)); for (var i = 0; i < 9; i++) [|r.ReadInt32()|];")]
    public Task Content_of_a_file_is_flagged(string work) => Flags(Piecewise(work));

    [Theory]
    [InlineData("using var w = new StreamWriter(path); w.Write(\"version 1\");")]
    [InlineData("using var w = new StreamWriter(path); w.WriteLine($\"{text};\");")]
    [InlineData("using var w = new StreamWriter(path, append: true); w.WriteLine(text);")]
    [InlineData("using var w = new StreamWriter(new MemoryStream()); foreach (var line in lines) w.WriteLine(line);")]
    [InlineData("using var w = new StreamWriter(s); w.Write(text);")]
    [InlineData("using var r = new BinaryReader(new FileStream(path, FileMode.Open)); r.ReadInt32();")]
    [InlineData("using var w = new StreamWriter(path); await w.WriteAsync(text);")]
    public Task A_piece_that_stays_in_the_buffer_is_allowed(string work) => Allows(Piecewise(work));

    [Theory]
    [InlineData("foreach (var line in [|File.ReadLines(path)|]) Console.Write(line);")]
    [InlineData("Console.Write([|File.ReadLines(path)|].Count());")]
    [InlineData("Console.Write([|Directory.GetFiles(path, \"*\", new EnumerationOptions { RecurseSubdirectories = true })|]);")]
    public Task What_is_gone_through_is_flagged(string work) => Flags(Piecewise(work));

    [Theory]
    [InlineData("Console.Write(File.ReadLines(path).First());")]
    [InlineData("Console.Write(File.ReadLines(path).Take(10).Count());")]
    [InlineData("Console.Write(Directory.GetFiles(path, \"*\", new EnumerationOptions { RecurseSubdirectories = false }));")]
    public Task What_is_only_begun_is_allowed(string work) => Allows(Piecewise(work));

    [Theory]
    [InlineData("[|Parallel.ForEach(lines, line => File.ReadAllText(line))|];", true)]
    [InlineData("Parallel.ForEach(lines, line => Math.Sqrt(line.Length));", false)]
    public Task Work_in_parallel_that_waits_is_flagged(string work, bool isFlagged) =>
        isFlagged ? Flags(Piecewise(work)) : Allows(Piecewise(work));

    // One reader, one story; a second reader has its own.
    [Fact]
    public async Task Pieces_of_one_file_are_told_together()
    {
        await Flags("async Task M(StreamReader r) { await Task.Yield(); while ([|r.ReadLine()|] != null) { r.ReadLine(); r.ReadLine(); } }",
            "+2 more");
        await Flags("async Task M(StreamReader r, StreamReader s) { await Task.Yield(); [|r.ReadToEnd()|]; [|s.ReadToEnd()|]; }");
    }
}
