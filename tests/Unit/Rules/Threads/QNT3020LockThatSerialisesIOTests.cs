using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3020LockThatSerialisesIO>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3020LockThatSerialisesIOTests
{
    [Fact]
    public Task A_log_file_written_under_its_lock_is_flagged() => Flags(
        """
        class AuditFile
        {
            readonly object gate = new();
            public void Write(string line) { lock (gate) { [|File.AppendAllText("audit.txt", line)|]; } }
            public void Twice(string line) { lock (gate) { [|File.AppendAllText("audit.txt", line + line)|]; } }
        }
        """,
        "File.AppendAllText");

    [Fact]
    public Task A_list_written_under_its_lock_is_allowed() => Allows(
        """
        class AuditList
        {
            readonly object gate = new(); readonly List<string> lines = new();
            public void Write(string line) { lock (gate) { lines.Add(line); } }
            public void Twice(string line) { lock (gate) { lines.Add(line + line); } }
        }
        """);

    [Fact]
    public Task A_file_written_without_a_lock_is_allowed() => Allows(
        """
        class AuditFile
        {
            public void Write(string line) { File.AppendAllText("audit.txt", line); }
            public void Twice(string line) { File.AppendAllText("audit.txt", line + line); }
        }
        """);

    [Fact]
    public Task A_lock_on_the_device_itself_is_flagged() => Flags(
        """
        class Shared
        {
            readonly FileStream stream = new("x", FileMode.Open); long position;
            public int Read(byte[] bytes) { lock (stream) { stream.Position = position; return [|stream.Read(bytes, 0, bytes.Length)|]; } }
            public void Seek(long to) { lock (stream) { position = to; } }
        }
        """);

    private static string Audit(string members) =>
        "class Audit { readonly object gate = new(); readonly StreamWriter writer; readonly FileStream stream; string last; int count; "
            + members + " }";

    [Theory]
    // Writing has to happen one after the other, and so has all that is done with a device of the object's own.
    [InlineData("public void A(string s) { lock (gate) { [|File.AppendAllText(\"a\", s)|]; } } public void B(string s) { lock (gate) { "
        + "[|File.WriteAllText(\"a\", s)|]; } }")]
    [InlineData("public void A(byte[] s) { lock (gate) { [|stream.Write(s)|]; } } public void B(byte[] s) { lock (gate) { "
        + "[|stream.ReadExactly(s)|]; } }")]
    [InlineData("public void A(string s) { lock (gate) { [|Put(s)|]; } } void Put(string s) => File.AppendAllText(\"a\", s); public "
        + "void B(string s) { lock (gate) { [|Put(s)|]; } }")]
    // Everybody who holds it works on the device.
    [InlineData("public string A() { lock (gate) { return [|File.ReadAllText(\"a\")|]; } } public string B() { lock (gate) { return "
        + "[|File.ReadAllText(\"b\")|]; } }")]
    // A text file that the object keeps open, also where nobody else writes to it.
    [InlineData("public void A(string s) { lock (gate) { [|writer.WriteLine(s)|]; } } public void B() { lock (gate) { "
        + "[|writer.Flush()|]; } }")]
    [InlineData("public void A(string s) { lock (gate) { [|writer.Write(s)|]; writer.Flush(); } }")]
    // A load that happens once.
    [InlineData("public string A() { lock (gate) { return last ??= [|File.ReadAllText(\"a\")|]; } } public int B() { lock (gate) return "
        + "last.Length; }")]
    [InlineData("public string A() { if (last == null) lock (gate) { if (last == null) last = [|File.ReadAllText(\"a\")|]; } return "
        + "last; } public int B() { lock (gate) return last.Length; }")]
    [InlineData("public string A() { if (last == null) lock (gate) { if (last == null) last = [|Get()|]; } return last; } public int B() { "
        + "lock (gate) return last.Length; } string Get() => File.ReadAllText(\"a\");")]
    public Task Input_and_output_in_a_row_is_flagged(string members) => Flags(Audit(members));

    [Theory]
    // Somebody wants the state only (QNT3003), or the text is counted; no device; brief; nobody else; disposal.
    [InlineData("public void A(string s) { lock (gate) { writer.WriteLine(s); count++; } } public void B() { lock (gate) { "
        + "writer.Flush(); } }")]
    [InlineData("public void A(StreamWriter w, string s) { lock (gate) { w.WriteLine(s); } } public void B() { lock (gate) { "
        + "last = \"\"; } }")]
    [InlineData("public void A(string s) { lock (gate) { last = s; } writer.WriteLine(s); } public int B() { lock (gate) return count; }")]
    [InlineData("public void A(string s) { lock (gate) { count++; File.AppendAllText(\"a\", s); } } public int B() { lock (gate) return "
        + "count; }")]
    [InlineData("public void A() { lock (gate) { Thread.Sleep(10); } } public void B() { lock (gate) { Thread.Sleep(20); } }")]
    [InlineData("public void A() { lock (gate) { File.Delete(\"a\"); } } public void B() { lock (gate) { File.Delete(\"b\"); } }")]
    [InlineData("public void Dispose() { lock (gate) { writer.Flush(); } } public void Close() { lock (gate) { writer.Flush(); } }")]
    [InlineData("public void A() { if (Monitor.TryEnter(gate)) { try { File.AppendAllText(\"a\", \"b\"); } finally { "
        + "Monitor.Exit(gate); } } }")]
    [InlineData("public long A() { lock (gate) { if (last != null) return 1; last = \"x\"; var s = 0L; for (var i = 0; i < 10_000_000; "
        + "i++) s += i; return s; } } public int B() { lock (gate) return last.Length; }")]
    // A load that happens once, but perhaps none at all; a brief one.
    [InlineData("public string A() { if (last == null) lock (gate) { if (last == null) last = Get(); } return last; } public int B() { "
        + "lock (gate) return last.Length; } string Get() { if (count > 0) throw new Exception(File.ReadAllText(\"a\")); return \"\"; }")]
    [InlineData("public string A() { if (last == null) lock (gate) { if (last == null) last = Get(); } return last; } public int B() { "
        + "lock (gate) return last.Length; } string Get() => File.GetAttributes(\"a\").ToString();")]
    public Task What_is_no_row_for_a_device_is_allowed(string members) => Allows(Audit(members));

    [Fact]
    public async Task Writing_keeps_its_row_even_where_a_coroutine_waits()
    {
        const string Coroutine = "public async Task WriteAsync(string s) { await Task.Yield(); lock (gate) { "
            + "[|File.AppendAllText(\"a\", s)|]; } } ";
        await Flags(Audit(Coroutine + "public void A(string s) { lock (gate) { [|File.AppendAllText(\"a\", s)|]; } }"));
        await Allows(Audit("public async Task<string> ReadAsync() { await Task.Yield(); lock (gate) { return File.ReadAllText(\"a\"); } "
            + "} public string A() { lock (gate) { return File.ReadAllText(\"a\"); } }"));
    }

    [Fact]
    public Task A_device_of_the_objects_own_keeps_its_row_even_where_a_coroutine_waits() => Flags(Audit(
        "public async Task<int> ReadAsync(byte[] b) { await Task.Yield(); lock (gate) { return [|stream.Read(b, 0, 1)|]; } } "
        + "public int Read(byte[] b) { lock (gate) { return [|stream.Read(b, 0, 1)|]; } }"));

    private static string Settings(string gate) =>
        $"class Settings {{ readonly object {gate} = new(); bool pending; "
        + $"public void Save() {{ lock ({gate}) {{ {{0}}File.WriteAllText(\"a\", \"b\"){{1}}; pending = false; }} }} "
        + $"public void Later() {{ lock ({gate}) {{ pending = true; }} }} }}";

    [Fact]
    public Task A_lock_named_after_the_saving_serialises_it() =>
        Flags(Settings("_saveLock").Replace("{0}", "[|").Replace("{1}", "|]"));

    [Fact]
    public Task A_lock_of_any_name_is_left_to_the_warning() => Allows(Settings("_gate").Replace("{0}", "").Replace("{1}", ""));

    private static string Cache(string looksUp) =>
        "class Files { readonly object gate = new(); readonly Dictionary<string, string> known = new(); "
        + "public string Get(string name) { lock (gate) { " + looksUp
        + " var text = {0}File.ReadAllText(name){1}; known[name] = text; return text; } } "
        + "public void Forget(string name) { lock (gate) { known.Remove(name); } } }";

    [Fact]
    public Task A_file_that_is_read_once_into_a_cache_is_flagged() =>
        Flags(Cache("if (known.TryGetValue(name, out var found)) return found;").Replace("{0}", "[|").Replace("{1}", "|]"));

    [Fact]
    public Task A_file_that_is_read_every_time_is_left_to_the_warning() => Allows(Cache("").Replace("{0}", "").Replace("{1}", ""));

    private static string Wire(string type, string ask) =>
        $"namespace System.IO.Ports {{ public class {type} {{ public void Write(string text) {{ Thread.Sleep(1); }} }} }} "
        + $"class Meter {{ readonly object gate = new(); readonly System.IO.Ports.{type} wire = new(); int count; "
        + $"public void Ask() {{ lock (gate) {{ {ask}; count++; }} }} "
        + "public async Task<int> CountAsync() { await Task.Yield(); lock (gate) { return count; } } }";

    [Fact]
    public Task A_serial_port_carries_one_question_at_a_time() => Flags(Wire("SerialPort", "[|wire.Write(\"a\")|]"));

    [Fact]
    public Task A_class_that_sleeps_carries_nothing() => Allows(Wire("ParallelPort", "wire.Write(\"a\")"));

    private static string Kept(string members) =>
        $$"""
        class Kept
        {
            readonly object gate = new(); readonly StreamWriter log = new("a"); readonly BinaryWriter bytes; readonly string path;
            int n; Task t;
            {{members}}
        }
        """;

    // A line for a text that the object keeps open, and all other devices.
    [Theory]
    [InlineData("public void A(string s) { lock (gate) { [|log.WriteLine(s)|]; } }")]
    [InlineData("public void A() { lock (gate) { n++; [|new System.Net.Sockets.TcpClient(\"a\", 1)|]; } }")]
    [InlineData("public void A(System.Diagnostics.Process p) { lock (gate) { n++; [|p.WaitForExit()|]; } }")]
    [InlineData("public void A() { lock (gate) { n++; [|Console.ReadLine()|]; } }")]
    [InlineData("public void A(System.Data.Common.DbConnection c) { lock (gate) { n++; [|c.Open()|]; } }")]
    [InlineData("public void A() { lock (gate) { n++; [|t.Wait()|]; } }")]
    public Task A_device_behind_a_lock_is_flagged(string members) => Flags(Kept(members));

    [Theory]
    [InlineData("public void A(string s) { if (Monitor.TryEnter(gate)) { log.WriteLine(s); Monitor.Exit(gate); } }")]
    [InlineData("public void A(string s) { lock (gate) { Put(s); } } void Put(string s) => log.WriteLine(s);")]
    [InlineData("public void A(string s) { lock (gate) { if (s == \"\") { log.WriteLine(s); throw new Exception(); } } }")]
    [InlineData("public void A(string s) { lock (gate) { bytes.Write(s); } }")]
    [InlineData("public void A(string s) { lock (gate) { log.Close(); } }")]
    [InlineData("public void A(StreamWriter own) { lock (gate) { own.WriteLine(path); } }")]
    [InlineData("public void A() { lock (gate) { n++; Thread.Sleep(9); } }")]
    public Task Anything_less_is_allowed(string members) => Allows(Kept(members));

    // Who sends or saves puts it in a row on purpose, and so does who writes, with a coroutine among them.
    [Theory]
    [InlineData("SendAll")]
    [InlineData("SaveAll")]
    [InlineData("FlushAll")]
    public Task Writing_by_another_name_is_flagged(string name) => Flags(Kept(
        $"public void A() {{ lock (gate) {{ [|{name}()|]; }} }} void {name}() => File.Copy(\"a\", \"b\"); "
        + $"public async Task B() {{ await Task.Yield(); lock (gate) {{ [|{name}()|]; }} }}"));

    [Theory]
    [InlineData("readonly string path; int n;", "File.AppendAllText(path, \"b\");", true)]
    [InlineData("readonly string path; bool disposed;", "disposed = true; File.AppendAllText(path, \"b\");", true)]
    [InlineData("readonly string path; int n;", "n++; File.AppendAllText(path, \"b\");", false)]
    public async Task A_lock_for_a_file_may_read_what_it_needs(string fields, string write, bool flagged)
    {
        var code = "class Kept { readonly object gate = new(); " + fields + " public void A() { lock (gate) { " + write + " } } "
            + "public async Task<string> B() { await Task.Yield(); lock (gate) return {0}; } }";
        code = code.Replace("{0}", flagged ? "[|File.ReadAllText(path)|]" : "File.ReadAllText(path)");
        if (flagged) await Flags(code.Replace("File.Append", "[|File.Append").Replace("\"b\")", "\"b\")|]"));
        else await Flags(code.Replace("File.Append", "[|File.Append").Replace("\"b\")", "\"b\")|]"));
    }

    [Fact]
    public Task A_text_that_a_property_keeps_open_is_flagged() => Flags(
        "class Kept { readonly object gate = new(); StreamWriter Log { get; } = new(\"a\"); "
        + "public void A(string s) { lock (gate) { [|Log.WriteLine(s)|]; } } }");
}
