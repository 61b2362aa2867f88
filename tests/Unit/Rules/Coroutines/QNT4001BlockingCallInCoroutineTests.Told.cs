using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Tasks that are complete by another way of waiting, threads that were told to end, and what is written line by line.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    [Theory]
    [InlineData("await Task.WhenAny(a); _ = a.Result;", "await Task.WhenAny(a, b); _ = [|a.Result|];")]
    [InlineData("Task.Delay(0).Wait();", "[|Task.Delay(1).Wait()|];")]
    [InlineData("if (a != await Task.WhenAny(a, b)) return; _ = a.Result;", "if (a == await Task.WhenAny(a, b)) return; _ = [|a.Result|];")]
    [InlineData("var w = await Task.WhenAny(a, b); if (a != w) return; _ = a.Result;",
        "var w = await Task.WhenAny(a, b); if (a != b) return; _ = [|a.Result|];")]
    [InlineData("await Task.WhenAny(a, b); if (!a.IsCompleted) _ = b.Result;",
        "await Task.WhenAny(a, b); if (a.IsCompleted) _ = [|b.Result|];")]
    [InlineData("await Task.WhenAny(a, b); if (!a.IsCompleted) _ = b.Result;",
        "await Task.WhenAny(a, b); b = Task.Run(() => 1); if (!a.IsCompleted) _ = [|b.Result|];")]
    [InlineData("if (a.IsCompleted is false) await a; _ = a.Result;", "if (a.IsCompleted is true) await b; _ = [|a.Result|];")]
    [InlineData("if (a.Status is TaskStatus.RanToCompletion) _ = a.Result;", "if (a.Status is TaskStatus.Running) _ = [|a.Result|];")]
    [InlineData("source.Cancel(); t.Join();", "[|t.Join()|];")]
    [InlineData("source?.Cancel(); t.Join();", "source.Cancel(); t.Start(); [|t.Join()|];")]
    public async Task What_is_over_is_allowed(string over, string pending)
    {
        const string Body = "async Task M(Task<int> a, Task<int> b, CancellationTokenSource source, Thread t) { await Task.Yield(); ";
        await Allows(Body + over + " }");
        await Flags(Body + pending + " }");
    }

    [Theory]
    [InlineData("CascadingParameter", "AuthenticationState", true)]
    [InlineData("Parameter", "AuthenticationState", false)]
    [InlineData("CascadingParameter", "Order", false)]
    public async Task What_a_sign_in_cascades_is_complete(string attribute, string type, bool isComplete)
    {
        var source = $"class {attribute}Attribute : Attribute {{ }}\nclass {type} {{ }}\n"
            + $"class C {{ [{attribute}] Task<{type}> State {{ get; set; }} " + "public async Task M() { await Task.Yield(); _ = {0}; } }";
        if (isComplete) await Allows(source.Replace("{0}", "State.Result"));
        else await Flags(source.Replace("{0}", "[|State.Result|]"));
    }

    [Theory]
    [InlineData("w.WriteLine();")]
    [InlineData("w.WriteLine(\"---\");")]
    [InlineData("w.WriteLine(new string('-', 45));")]
    public async Task A_heading_stays_in_the_buffer(string heading)
    {
        const string Body = "async Task M(List<string> rows) { using var w = new StreamWriter(\"a\"); await w.FlushAsync(); "
            + "foreach (var row in rows) { {0} } }";
        await Allows(Body.Replace("{0}", heading));
        await Flags(Body.Replace("{0}", "[|w.WriteLine(row)|];"));
        await Flags(Body.Replace("{0}", heading + " [|w.WriteLine(row)|];"));
    }

    [Theory]
    [InlineData("var h = new HashSet<int>([|all.Where(n => n > 1)|]);", "var h = new HashSet<int>(new[] { 1 });", "new HashSet")]
    [InlineData("_ = string.Join(\",\", [|all.Select(n => n + 1)|]);", "_ = string.Join(\",\", new[] { 1 });", "String.Join")]
    [InlineData("kept.AddRange([|all.Where(n => n > 1)|]);", "kept.AddRange(new[] { 1 });", "List.AddRange")]
    [InlineData("all.RemoveRange([|all.Where(n => n > 1)|]);", "all.RemoveRange(new[] { 1 });", "DbSet.RemoveRange")]
    public async Task A_query_is_run_by_what_it_fills(string fills, string harmless, string told)
    {
        const string Source =
            """
            namespace Microsoft.EntityFrameworkCore { public abstract class DbSet<T> : EnumerableQuery<T>
            { protected DbSet() : base(Array.Empty<T>()) { } public void RemoveRange(IEnumerable<T> entities) { } } }
            class Store { public async Task M(Microsoft.EntityFrameworkCore.DbSet<int> all, List<int> kept) { await Task.Yield(); {0} } }
            """;
        await Flags(Source.Replace("{0}", fills), $"(M → {told} over an IQueryable)", "await ToListAsync before");
        await Allows(Source.Replace("{0}", harmless));
    }

    [Theory]
    [InlineData("async Task<int> M() { await Task.Yield(); return [|File.ReadAllText(\"a\")|].Length; }", "'M' is a coroutine and holds")]
    [InlineData("Task<int> M() => Task.FromResult([|File.ReadAllText(\"a\")|].Length);", "'M' gives a task and holds")]
    public Task The_message_says_what_the_body_is(string body, string told) => Flags(body, told);

    [Theory]
    [InlineData("System.IO.File.OpenRead(\"a\")", true)]
    [InlineData("new System.IO.MemoryStream()", false)]
    public async Task A_document_that_is_deserialised_is_read_to_its_end(string stream, bool isFile)
    {
        var body = "public async Task M(System.Xml.Serialization.XmlSerializer s) { await Task.Yield(); using var f = " + stream
            + "; {0}; }";
        if (isFile) await Flags(body.Replace("{0}", "[|s.Deserialize(f)|]"));
        else await Allows(body.Replace("{0}", "s.Deserialize(f)"));
    }

    // What a method gives that makes a stream in memory, or over one, is in memory, whatever it is called.
    [Theory]
    [InlineData("Stream Made() { var made = new MemoryStream(); made.WriteByte(1); return made; }", true)]
    [InlineData("Stream Made() => new BufferedStream(new MemoryStream());", true)]
    [InlineData("Stream Made() { var inner = new MemoryStream(); return new BufferedStream(inner); }", true)]
    [InlineData("Stream Made() => new Own();", true)]
    [InlineData("Stream Made() { var inner = new FileStream(\"a\", FileMode.Open); return new BufferedStream(inner); }", false)]
    [InlineData("Stream Made() { Stream made = new MemoryStream(); made = new FileStream(\"a\", FileMode.Open); return made; }", false)]
    [InlineData("Stream Made() => File.OpenRead(\"a\");", false)]
    public async Task A_stream_that_a_method_makes_in_memory_is_in_memory(string maker, bool isMemory)
    {
        var source = "class Own : MemoryStream { }\nclass C { static " + maker
            + " public async Task M() { await Task.Yield(); var s = Made(); {0}; } }";
        if (isMemory) await Allows(source.Replace("{0}", "s.CopyTo(new MemoryStream())"));
        else await Flags(source.Replace("{0}", "[|s.CopyTo(new MemoryStream())|]"));
    }

    [Theory]
    [InlineData("_jobs.Add(() => {0});", false)]
    [InlineData("_jobs.AddRange(new Action[] { () => {0} });", false)]
    [InlineData("_ = new List<Action> { () => {0} };", false)]
    [InlineData("_jobs.ForEach(job => {0});", true)]
    [InlineData("_ = _jobs.Exists(job => { {0}; return true; });", true)]
    public async Task A_function_that_a_list_keeps_does_not_run(string keeps, bool runs)
    {
        const string Body = "private readonly List<Action> _jobs = new(); public async Task M() { await Task.Yield(); {0} }";
        if (runs) await Flags(Body.Replace("{0}", keeps.Replace("{0}", "[|Thread.Sleep(1)|]")));
        else await Allows(Body.Replace("{0}", keeps.Replace("{0}", "Thread.Sleep(1)")));
    }

    // A body that gives a task and works before it does is a coroutine, whatever kind of body it is.
    [Theory]
    [InlineData("Task<string> Text => Task.FromResult([|File.ReadAllText(\"a\")|]);")]
    [InlineData("Task<string> Text { get { var text = [|File.ReadAllText(\"a\")|]; return Task.FromResult(text); } }")]
    [InlineData("Func<Task> Later() => () => { [|Thread.Sleep(1)|]; return Task.CompletedTask; };")]
    [InlineData("event Func<Task> Changed; void Listen() => Changed += () => { [|Thread.Sleep(1)|]; return Task.CompletedTask; };")]
    public async Task Whatever_gives_a_task_is_a_coroutine(string member)
    {
        await Flags(member);
        await Allows(member.Replace("[|Thread.Sleep(1)|]", "Thread.Yield()").Replace("[|File.ReadAllText(\"a\")|]", "\"a\""));
    }

    // Who reads the command line into parameters by a package has its beginning in the one method of that name.
    [Theory]
    [InlineData("Program", "bool force = false, int? most = 25", "", true)]
    [InlineData("Program", "string[] given", "", true)]
    [InlineData("Program", "bool force = false, int? most = 25", "static void Main(int n) { }", false)]
    [InlineData("Other", "bool force = false, int? most = 25", "", false)]
    public async Task Where_a_program_begins_nobody_waits(string type, string parameters, string more, bool isStart)
    {
        var source = $"static class {type} {{ static async Task Main({parameters}) => await Run(); {more} "
            + "static async Task Run() { await Task.Yield(); {0}; } }";
        if (isStart) await Allows(source.Replace("{0}", "Thread.Sleep(1)"));
        else await Flags(source.Replace("{0}", "[|Thread.Sleep(1)|]"));
    }

    // Streams that come from elsewhere, in memory and not.
    [Theory]
    [InlineData(
        "static StreamReader Made(string p) => new(new MemoryStream());", "static StreamReader Made(string p) => new(File.OpenRead(p));",
        "Made(p).ReadToEnd()")]
    [InlineData("static Stream Made(string p) { if (p == \"\") return Stream.Null; return new MemoryStream(); }",
        "static Stream Made(string p) { if (p == \"\") return Stream.Null; return File.OpenRead(p); }", "Made(p).Read(new byte[9], 0, 9)")]
    [InlineData("static async Task<Stream> Made(string p) { await Task.Yield(); return new MemoryStream(); }",
        "static async Task<Stream> Made(string p) { await Task.Yield(); return File.OpenRead(p); }",
        "(await Made(p)).Read(new byte[9], 0, 9)")]
    [InlineData("static Stream Made(string p) => new MemoryStream();", "static Stream Made(string p) => File.OpenRead(p);",
        "(p == \"\" ? Stream.Null : Made(p)).Read(new byte[9], 0, 9)")]
    [InlineData("static Stream Made(string p) => new MemoryStream();", "static Stream Made(string p) => File.OpenRead(p);",
        "new StreamReader(new System.IO.Compression.ZipArchive(Made(p)).Entries[0].Open()).ReadToEnd()")]
    [InlineData("static Stream Made(string p) => new MemoryStream();", "static Stream Made(string p) => File.OpenRead(p);",
        "new StreamReader(new System.IO.Compression.ZipArchive(Made(p)).GetEntry(p).Open()).ReadToEnd()")]
    public async Task A_stream_is_where_its_maker_makes_it(string memory, string device, string read)
    {
        const string Body = " async Task M(string p) { await Task.Yield(); _ = {0}; }";
        await Allows(memory + Body.Replace("{0}", read));
        await Flags(device + Body.Replace("{0}", $"[|{read}|]"));
    }

    [Theory]
    [InlineData("File.ReadLines(p)")]
    [InlineData("Directory.EnumerateFiles(p, \"*\", SearchOption.AllDirectories)")]
    public async Task A_sequence_that_is_only_given_on_is_no_work(string sequence)
    {
        await Allows("async Task<IEnumerable<string>> M(string p) { await Task.Yield(); return " + sequence + "; }");
        await Flags("async Task<List<string>> M(string p) { await Task.Yield(); return [|" + sequence + "|].ToList(); }");
    }
}
