using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

public sealed class QNT3003LockHeldOverBlockingWorkFixTests
{
    private const string Fields =
        "readonly object _gate = new();\nreadonly Dictionary<string, string> _texts = new();\nstring _last = \"\"; "
        + "readonly string _folder = \"a\"; int _count;\n";

    private static readonly QNT3003LockHeldOverBlockingWorkFix Fix = new();

    private static Task Becomes(string members, string expected, string? title = null) =>
        FixAssert.BecomesAsync(Fix, Fields + members, Fields + expected, title);

    private static Task NotOffered(string members) => FixAssert.NotOfferedAsync(Fix, Fields + members);

    [Fact]
    public Task A_file_is_read_before_the_lock_and_the_text_is_published_under_it() => Becomes(
        """
        public void Load(string path)
        {
            // Readers must not see it half done.
            lock (_gate)
            {
                _texts[path] = [|File.ReadAllText(path)|]; // the newest
            }
        }
        """,
        """
        public void Load(string path)
        {
            var text = File.ReadAllText(path);
            // Readers must not see it half done.
            lock (_gate)
            {
                _texts[path] = text; // the newest
            }
        }
        """,
        "Run 'File.ReadAllText' before the lock (two threads can then run it at once; who takes the lock last wins)");

    [Fact]
    public Task A_declaration_leaves_with_what_it_needs() => Becomes(
        """
        public void Load(string path)
        {
            if (path.Length == 0) return;

            lock (_gate)
            {
                // where it is
                var full = Path.Combine(_folder, path);
                var text = [|File.ReadAllText(full)|]; // all of it

                _texts[full] = text;
                _count++;
            }
        }
        """,
        """
        public void Load(string path)
        {
            if (path.Length == 0) return;

            // where it is
            var full = Path.Combine(_folder, path);
            var text = File.ReadAllText(full); // all of it
            lock (_gate)
            {
                _texts[full] = text;
                _count++;
            }
        }
        """);

    [Fact]
    public Task A_statement_that_only_waits_leaves() => Becomes(
        "public void Touch() { lock (_gate) { [|Thread.Sleep(100)|]; _count++; } }",
        "public void Touch() { Thread.Sleep(100); lock (_gate) { _count++; } }");

    [Fact]
    public Task A_lock_around_one_statement_keeps_its_form() => Becomes(
        "public void Load(string path) { lock (_gate) _last = [|File.ReadAllText(path)|].Trim(); }",
        "public void Load(string path) { var last = File.ReadAllText(path).Trim(); lock (_gate) _last = last; }");

    [Fact]
    public Task A_lock_in_a_branch_gets_a_block() => Becomes(
        """
        public void Load(string path)
        {
            if (path.Length > 0)
                lock (_gate) _last = [|File.ReadAllText(path)|];
        }
        """,
        """
        public void Load(string path)
        {
            if (path.Length > 0)
            {
                var last = File.ReadAllText(path);
                lock (_gate) _last = last;
            }
        }
        """);

    [Fact]
    public Task A_call_of_our_own_that_touches_no_state_leaves() => Becomes(
        "public void Load(string path) { lock (_gate) { _texts.Add(path, [|Read(path)|]); } } string Read(string path) { "
        + "var text = File.ReadAllText(Path.Combine(_folder, path)); return text.Trim(); }",
        "public void Load(string path) { var value = Read(path); lock (_gate) { _texts.Add(path, value); } } string Read(string path) { "
        + "var text = File.ReadAllText(Path.Combine(_folder, path)); return text.Trim(); }");

    [Fact]
    public Task A_result_that_is_returned_is_read_before() => Becomes(
        "public string Load(string path) { lock (_gate) { return [|File.ReadAllText(path)|] + _last; } }",
        "public string Load(string path) { var text = File.ReadAllText(path); lock (_gate) { return text + _last; } }");

    [Fact]
    public Task A_task_from_outside_is_waited_for_before() => Becomes(
        "public void Set(Task<string> task) { lock (_gate) { _last = [|task.Result|]; } }",
        "public void Set(Task<string> task) { var last = task.Result; lock (_gate) { _last = last; } }");

    [Fact]
    public Task A_taken_name_is_not_taken_again() => Becomes(
        "public void Load(string path, int text) { lock (_gate) { _texts[path] = [|File.ReadAllText(path)|]; } }",
        "public void Load(string path, int text) { var text2 = File.ReadAllText(path); lock (_gate) { _texts[path] = text2; } }");

    [Theory]
    // Reads what the lock guards: a field, through a call, through a property, through a local, through an argument.
    [InlineData("public void Load() { lock (_gate) { _texts[\"a\"] = [|File.ReadAllText(_last)|]; } }")]
    [InlineData("public void Load(string path) { lock (_gate) { _texts[path] = [|Read(path)|]; } } "
        + "string Read(string path) => File.ReadAllText(path + _count);")]
    [InlineData("string Name => _last + 1; public void Load(string path) { lock (_gate) { _texts[path] = [|File.ReadAllText(Name)|]; } }")]
    [InlineData("public void Load() { lock (_gate) { var path = _last; _texts[path] = [|File.ReadAllText(path)|]; } }")]
    [InlineData("public void Load() { lock (_gate) { _texts[\"a\"] = [|File.ReadAllText(_texts[\"b\"])|]; } }")]
    [InlineData("public void Load() { var texts = _texts; lock (_gate) { _texts[\"a\"] = [|File.ReadAllText(texts[\"b\"])|]; } }")]
    [InlineData("public void Load(ref string path) { lock (_gate) { _texts[\"a\"] = [|File.ReadAllText(path)|]; } }")]
    // Writes state.
    [InlineData("public void Load(string path) { lock (_gate) { _texts[path] = [|Read(path)|]; } } string Read(string path) { _count++; "
        + "return File.ReadAllText(path); }")]
    // Foreign code, of which nothing is known.
    [InlineData("public void Load(Func<string> read) { lock (_gate) { _last = File.ReadAllText([|read()|]); } }")]
    [InlineData("public void Load(string path) { lock (_gate) { _texts[path] = [|Read(path)|]; } } "
        + "protected virtual string Read(string path) => File.ReadAllText(path);")]
    [InlineData("public void Load(TextReader reader) { lock (_gate) { _last = [|reader.ReadToEnd()|]; } }")]
    // Not done every time, or not done first.
    [InlineData("public void Load(string path) { lock (_gate) { "
        + "if (!_texts.ContainsKey(path)) _texts[path] = [|File.ReadAllText(path)|]; } }")]
    [InlineData("public void Load(string path) { lock (_gate) { _last = _count > 0 ? [|File.ReadAllText(path)|] : \"\"; } }")]
    [InlineData("public void Load(string path) { lock (_gate) { _last ??= [|File.ReadAllText(path)|]; } }")]
    [InlineData("public void Load(string path) { lock (_gate) { "
        + "_last = string.Concat(_texts.First().Value, [|File.ReadAllText(path)|]); } }")]
    [InlineData("public void Load(string path) { lock (_gate) { Action late = () => _last = [|File.ReadAllText(path)|]; late(); } }")]
    // The lock keeps readers off what is written, or puts writers in a row.
    [InlineData("public void Load(string path) { lock (_gate) { _last = [|File.ReadAllText(path)|]; } } public void Save(string path) { "
        + "lock (_gate) { File.WriteAllText(path, _last); } }")]
    [InlineData("public void Save(string path, string text) { lock (_gate) { [|File.WriteAllText(path, text)|]; _last = text; } }")]
    // There is nothing left to publish, or a second lock is held.
    [InlineData("public void Touch() { lock (_gate) { [|Thread.Sleep(100)|]; } }")]
    [InlineData("public void Load(string path) { lock (_texts) lock (_gate) { _last = [|File.ReadAllText(path)|]; } }")]
    public Task What_the_lock_may_be_there_for_stays(string members) => NotOffered(members);

    [Fact]
    public Task All_in_one_document() => FixAssert.AllBecomeAsync(
        Fix, "QNT3003.ComputeOutside",
        Fields + "public void A(string p) { lock (_gate) { _last = [|File.ReadAllText(p)|]; } } public void B(string p) { lock (_gate) { "
            + "_texts[p] = [|File.ReadAllText(p)|]; } } public void D() { lock (_gate) { _texts[_last] = [|File.ReadAllText(_last)|]; } }",
        Fields + "public void A(string p) { var last = File.ReadAllText(p); lock (_gate) { _last = last; } } public void B(string p) { "
            + "var text = File.ReadAllText(p); lock (_gate) { _texts[p] = text; } } public void D() { lock (_gate) { "
            + "_texts[_last] = File.ReadAllText(_last); } }");

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task A_scope_is_kept_to(FixAllScope scope, int expected)
    {
        string Text(int n) =>
            FixLab.Usings
            + $"class C{n} {{ readonly object _gate = new(); string _last = \"\"; void Load(string p) {{ lock (_gate) {{ _last = "
            + $"[|File.ReadAllText(p)|]; }} }} }}\n";
        var lab = FixLab.Of([Text(1), Text(2)], [Text(3)]);
        var changed = await FixLab.TextsAsync(await lab.FixAllAsync(Fix, null, scope));
        Assert.Equal(expected, changed.Count(static text => text.Contains("var last = File.ReadAllText(p);", StringComparison.Ordinal)));
    }
}
