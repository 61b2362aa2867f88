using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.Tests;

/// <summary>
/// What is found after an edit, word for word and hop for hop, is what a cold run finds in the same text, although nearly all that was read
/// before the edit is kept.
/// </summary>
public sealed class EditTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; "
        + "using System.Threading; using System.Threading.Tasks;\n";

    private const string Hidden =
        """
        partial class Cache
        {
            static readonly Lazy<string> Text = new(() => File.ReadAllText("a"));
            readonly object _gate = new();
            Action _work = () => Thread.Sleep(5);
            int _count;
            public string Get() => Text.Value;
            public void Add() { lock (_gate) { _count++; Thread.Sleep(10); } }
            public int Count() { lock (_gate) { return _count; } }
            public async Task UseAsync() { _work(); await Task.Yield(); Add(); Console.Write(Get());
                foreach (var n in Slowly()) Console.Write(n); }
            IEnumerable<int> Slowly() { yield return 1; Thread.Sleep(1); yield return 2; }
            public void Once(object other) { var mine = other; lock (mine) { Thread.Sleep(2); } }
            public Task KeepAsync() { var all = new List<int>(); lock (all) { File.Delete("c"); } return Task.CompletedTask; }
        }
        class Form1 : System.Windows.Forms.Form
        {
            protected override void OnLoad(EventArgs e) { new Cache().Add(); new Ring().Ping(2); }
        }
        """;

    /// <summary>What a body says here changes what another file is read with.</summary>
    private const string Parts =
        """
        class Part
        {
            public int Size = 1;
            public readonly ManualResetEvent Gate = new(false);
            public static readonly int Rows = 3;
            public IEnumerable<int> Numbers() { Thread.Sleep(1); return [1]; }
            public int Length { get { return 4; } }
            static string _name = "";
            static Part() { _name = "b"; }
            public Part() { Size = 2; }
        }
        """;

    private const string Users =
        """
        class User
        {
            readonly Part _part = new();
            Part Make() => new Part { Size = 3 };
            public async Task GoAsync() { _part.Numbers(); _part.Gate.WaitOne(); await Task.Yield(); Make(); Wait(); }
            public async Task ReadAsync() { await Task.Yield(); Console.Write(_part.Length); Console.Write(Part.Rows); }
            void Wait() => Help();
            static void Help() => Task.Delay(1).Wait();
        }
        static class Program
        {
            static void Main() { Early(); Task.Run(() => Later()).Wait(); }
            static void Early() => Thread.Sleep(1);
            static void Later() => Task.Delay(5).Wait();
            static async Task IdleAsync() => await Task.Yield();
        }
        """;

    /// <summary>What a body says here is looked into by those who use it, beside what it does.</summary>
    private const string Told =
        """
        class Told
        {
            readonly Task _task = Task.Delay(1);
            Task<string>? _kept;
            bool Ready => _task.IsCompleted;
            Stream Open() { return new MemoryStream(); }
            Task<string> KeptAsync() { if (_kept is not null) return _kept; return _kept = File.ReadAllTextAsync("a"); }
            void Help() { KeptAsync().Wait(); }
            Task StopAsync() { return Task.CompletedTask; }
            readonly Task _begun;
            Told() { _begun = Task.CompletedTask; }
            public async Task UseAsync()
            {
                await Task.Yield(); _begun.Wait(); if (Ready) _task.Wait(); Console.Write(Open().ReadByte()); Help(); StopAsync().Wait();
            }
        }
        """;

    /// <summary>Who takes a lock for others, and those others.</summary>
    private const string Locks =
        """
        sealed class Sync
        {
            readonly object _gate = new();
            public void Take() { Monitor.Enter(_gate); }
            public void Give() { Monitor.Exit(_gate); }
            public void Insist() { again: if (!Monitor.TryEnter(_gate, 9)) goto again; }
            public void Locked(Action work) { lock (_gate) work(); }
        }
        sealed class Held : IDisposable
        {
            readonly object _gate;
            public Held(object gate) { _gate = gate; Monitor.Enter(gate); }
            public void Dispose() { Monitor.Exit(_gate); }
        }
        """;

    private const string Lockers =
        """
        class Lockers
        {
            readonly Sync _sync = new(); readonly object _gate = new(); int _count;
            public void Save() { _sync.Take(); try { _count++; File.WriteAllText("a", "b"); } finally { _sync.Give(); } }
            public void Load() { _sync.Locked(() => _count = File.ReadAllText("a").Length); }
            public void Soon() { _sync.Insist(); try { _count++; Thread.Sleep(9); } finally { _sync.Give(); } }
            public void Both() { using (new Held(_gate)) { _count++; Thread.Sleep(9); } }
            public async Task<int> CountAsync()
            {
                await Task.Yield(); _sync.Take(); try { lock (_gate) return _count; } finally { _sync.Give(); }
            }
        }
        """;

    /// <summary>What is kept in delegates and events, printed, awaited and asked of a database, and those who do it.</summary>
    private const string Unnamed =
        """
        namespace Microsoft.EntityFrameworkCore { abstract class DbSet<T> : EnumerableQuery<T> { protected DbSet() : base([]) { } } }
        class Shop
        {
            readonly Microsoft.EntityFrameworkCore.DbSet<int> _all = null!;
            readonly IQueryable<int> _kept = new List<int>().AsQueryable();
            public Action Work => () => Thread.Sleep(3);
            public Func<int> Other => Slowly;
            static int Slowly() { Thread.Sleep(4); return 1; }
            static int Quickly() { return 1; }
            public event Action? Changed;
            public void Listen() { Changed += Save; }
            void Save() { File.WriteAllText("s", "t"); }
            public void Raise() { Changed?.Invoke(); }
            public IQueryable<int> Some() { var q = _all.Where(n => n > 1); if (_kept.Any()) q = q.Skip(1); return q; }
        }
        record Bill(string Path) { public string Text { get { return File.ReadAllText(Path); } } }
        class Job { public Ready GetAwaiter() { return new Ready(); } }
        class Ready : System.Runtime.CompilerServices.INotifyCompletion
        {
            public bool IsCompleted { get { return true; } }
            public void OnCompleted(Action next) { next(); }
            public void GetResult() { Thread.Sleep(6); }
        }
        """;

    private const string Callers =
        """
        class Callers
        {
            public async Task RunAsync(Shop s, Bill b, Job j)
            {
                s.Work(); s.Other(); s.Raise(); foreach (var n in s.Some()) Console.Write(n); Console.Write(b.ToString()); await j;
            }
            public async Task LoseAsync(Func<Task> work) { await Task.Yield(); work(); }
        }
        """;

    private static readonly (string File, string From, string To)[] Bodies =
    [
        ("Locks.cs", "{ Monitor.Enter(_gate); }", "{ if (_gate is null) return; Monitor.Enter(_gate); }"),
        ("Locks.cs", "Monitor.Enter(_gate); }", "}"),
        ("Locks.cs", "{ Monitor.Exit(_gate); }\n}", "{ var edit = 1; Monitor.Exit(_gate); edit++; }\n}"),
        ("Locks.cs", "lock (_gate) work();", "lock (_gate) { } work();"),
        ("Locks.cs", "_gate = gate; Monitor.Enter(gate);", "_gate = gate;"),
        ("Locks.cs", "_gate = gate;", "_gate = this;"),
        ("Locks.cs", "Exit(_gate); }\n    public void Insist", "PulseAll(_gate); }\n    public void Insist"),
        ("Locks.cs", "goto again;", "_ = 1;"),
        ("Lockers.cs", "_sync.Take(); try { _count++;", "try { _count++;"),
        ("Lockers.cs", "using (new Held(_gate))", "using (new Held(this))"),
        ("Ring.cs", "Thread.Sleep(1); }\n    void Turn", "}\n    void Turn"),
        ("Ring.cs", "if (n > 2) Ping(n);", "if (n > 2) Console.Write(n);"),
        ("Ring.cs", "if (n > 0) Pong(n - 1);", "{ var edit = 1; _ = edit; } if (n > 0) Pong(n - 1);"),
        ("Contracts.cs", "_text = text;", "File.AppendAllText(\"b\", text);"),
        ("Contracts.cs", "new Ring().Pong(1)", "new Ring().Ping(0)"),
        ("Hidden.cs", "_count++; Thread.Sleep(10);", "_count++;"),
        ("Hidden.cs", "_work(); await", "_work(); _work = () => { }; await"),
        ("Hidden.cs", "return _count;", "Console.Write(_count); return _count;"),
        ("Users.cs", "void Wait() => Help();", "void Wait() { }"),
        ("Users.cs", "await Task.Yield();\n}", "{ Early(); await Task.Yield(); }\n}"),
        ("Users.cs", "Main() { Early();", "Main() { Later(); Early();"),
        ("Parts.cs", "Thread.Sleep(1); return [1];", "Thread.Sleep(1); yield return 1;"),
        ("Parts.cs", "return 4;", "Thread.Sleep(4); return 4;"),
        ("Parts.cs", "_name = \"b\";", "_name = File.ReadAllText(\"b\");"),
        ("Parts.cs", "Size = 2;", "Thread.Sleep(7);"),
        ("Unnamed.cs", "=> () => Thread.Sleep(3)", "=> () => Console.Write(3)"),
        ("Unnamed.cs", "=> Slowly;", "=> Quickly;"),
        ("Unnamed.cs", "Changed += Save;", "Changed += () => { };"),
        ("Unnamed.cs", "File.WriteAllText(\"s\", \"t\");", "Thread.Sleep(8);"),
        ("Unnamed.cs", "if (_kept.Any()) q = q.Skip(1);", "if (_kept.Any()) return _kept;"),
        ("Unnamed.cs", "_all.Where(n => n > 1)", "_kept.Where(n => n > 1)"),
        ("Unnamed.cs", "return File.ReadAllText(Path);", "return Path;"),
        ("Unnamed.cs", "Thread.Sleep(6);", "Task.Delay(6).Wait();"),
        ("Unnamed.cs", "return new Ready();", "Thread.Sleep(7); return new Ready();"),
        ("Callers.cs", "await Task.Yield(); work();", "await Task.Yield(); await work();"),
        ("Told.cs", "=> _task.IsCompleted", "=> !_task.IsCompleted"),
        ("Told.cs", "_begun = Task.CompletedTask;", "_begun = Task.Delay(2);"),
        ("Told.cs", "return new MemoryStream();", "return new FileStream(\"a\", FileMode.Open);"),
        ("Told.cs", "return Task.CompletedTask;", "return Task.Delay(1);"),
        ("Told.cs", "if (_kept is not null) return _kept;", "Console.Write(1);"),
    ];

    private static readonly (string File, string From, string To)[] Declarations =
    [
        ("Contracts.cs", "class Slow : IClock", "class Late : IClock { public void Tick() { } }\nclass Slow : IClock"),
        ("Contracts.cs", "class Memory : IStore", "class Memory"),
        ("Ring.cs", "public void Pong(int n)", "public void Pong(int n, bool again = false)"),
        ("Ring.cs", "public async Task TurnAsync() {", "public async Task TurnAsync(int more = 0) { Thread.Sleep(more);"),
        ("Parts.cs", "int Size = 1;", "int Size = int.Parse(File.ReadAllText(\"a\"));"),
        ("Parts.cs", "new(false)", "new(true)"),
        ("Parts.cs", "int Length { get { return", "int Length { get { Thread.Sleep(4); return"),
        ("Users.cs", "static void Early()", "public static void Early()"),
        ("Hidden.cs", "class Form1 : System.Windows.Forms.Form\n{\n    protected override void", "class Form1\n{\n    protected void"),
        ("More.cs", "", "partial class Cache { public async Task MoreAsync() { await Task.Yield(); Add(); } }\nclass Down : Ring { }"),
        ("Contracts.cs", "", ""),
        ("Contracts.cs", "", "interface IClock { void Tick(); }\nclass Slow : IClock { public void Tick() => Thread.Sleep(1); }"),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task After_edits_of_bodies_the_answer_is_that_of_a_cold_run(int seed) => EditAsync(Shuffled(Bodies, seed), seed % 2 == 0);

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public Task After_edits_of_declarations_and_files_the_answer_is_that_of_a_cold_run(int seed)
    {
        // Bodies in between, so that there is something to keep wrongly; declarations in their order, as one needs the other.
        var bodies = Shuffled(Bodies, seed);
        return EditAsync([.. Declarations.SelectMany((edit, i) => new[] { bodies[i], edit })], seed % 2 == 0);
    }

    [Fact]
    public async Task What_is_asked_of_one_file_after_an_edit_of_another_is_what_a_cold_run_says()
    {
        var texts = Start();
        var warm = Compile(texts);
        await FindAsync(warm);
        foreach (var (file, from, to) in Bodies)
        {
            (texts, warm) = Apply(texts, warm, (file, from, to), incremental: true);
            var cold = Cold(texts);
            var (hosted, fresh) = (Hosted(warm), Hosted(cold));
            foreach (var path in texts.Keys.Order(StringComparer.Ordinal))
                Assert.Equal(await AskAsync(fresh, cold, path), await AskAsync(hosted, warm, path));
        }
    }

    /// <summary>An editor goes on asking about the text of a moment ago while it has the next one already.</summary>
    [Fact]
    public async Task An_older_text_is_answered_for_as_before_after_a_newer_one_was_asked_for()
    {
        foreach (var edit in Bodies)
        {
            var texts = Start();
            var older = Compile(texts).WithAssemblyName("Older" + Guid.NewGuid().ToString("N"));
            var cold = Cold(texts);
            var (hosted, fresh) = (Hosted(older), Hosted(cold));
            var paths = texts.Keys.Order(StringComparer.Ordinal).ToList();
            Assert.Equal(await AskAsync(fresh, cold, paths[0]), await AskAsync(hosted, older, paths[0]));
            var (_, newer) = Apply(texts, older, edit, incremental: true);
            await FindAsync(newer);
            foreach (var path in paths) Assert.Equal(await AskAsync(fresh, cold, path), await AskAsync(hosted, older, path));
        }
    }

    // Who takes a lock for others tells them so in few of its statements: the others may be edited, and nobody is read anew.
    [Theory]
    [InlineData("{ var edit = 1; _ = edit; }", true)]
    [InlineData("if (_gate is null) return;", false)]
    [InlineData("Monitor.Enter(_gate);", false)]
    public void An_edit_that_tells_nothing_of_locks_is_one_of_a_body(string added, bool isOfBody)
    {
        var edited = Locks.Replace("Dispose() {", "Dispose() { " + added, StringComparison.Ordinal);
        Assert.Equal(isOfBody, Quintet.Analyzers.Source.TreeEdit.Between(Parse("Locks.cs", Locks), Parse("Locks.cs", edited)) is not null);
    }

    private static async Task EditAsync((string File, string From, string To)[] edits, bool incremental)
    {
        var texts = Start();
        var warm = Compile(texts);
        var before = await FindAsync(warm);
        Assert.Contains(before, static found => found.Contains("QNT4002", StringComparison.Ordinal));
        foreach (var edit in edits)
        {
            // An edit before may have taken away what this one would change.
            if (edit.From.Length > 0 && !(texts.TryGetValue(edit.File, out var text) && text.Contains(edit.From, StringComparison.Ordinal)))
                continue;
            (texts, warm) = Apply(texts, warm, edit, incremental);

            Assert.Equal(await FindAsync(Cold(texts)), await FindAsync(warm));
        }
    }

    private static (Dictionary<string, string> Texts, CSharpCompilation Compilation) Apply(
        Dictionary<string, string> texts, CSharpCompilation compilation, (string File, string From, string To) edit, bool incremental)
    {
        texts = new Dictionary<string, string>(texts);
        var old = compilation.SyntaxTrees.SingleOrDefault(tree => tree.FilePath == edit.File);
        if (edit is { From: "", To: "" })
        {
            texts.Remove(edit.File);
            return (texts, compilation.RemoveSyntaxTrees(old!));
        }

        if (old is null)
        {
            texts.Add(edit.File, edit.To);
            return (texts, compilation.AddSyntaxTrees(Parse(edit.File, edit.To)));
        }

        var text = texts[edit.File];
        var start = text.IndexOf(edit.From, StringComparison.Ordinal);
        Assert.True(start >= 0, edit.From);
        texts[edit.File] = text = text.Remove(start, edit.From.Length).Insert(start, edit.To);
        var change = new TextChange(new TextSpan(Usings.Length + start, edit.From.Length), edit.To);
        // An editor gives the change, a build server the whole text: only the first shares its nodes.
        var now = old.WithChangedText(incremental ? old.GetText().WithChanges(change) : SourceText.From(Usings + text));
        return (texts, compilation.ReplaceSyntaxTree(old, now));
    }

    private static Dictionary<string, string> Start() => new()
    {
        ["Ring.cs"] = SampleCode.Ring,
        ["Contracts.cs"] = SampleCode.Contracts,
        ["Hidden.cs"] = Hidden,
        ["Parts.cs"] = Parts,
        ["Users.cs"] = Users,
        ["Told.cs"] = Told,
        ["Unnamed.cs"] = Unnamed,
        ["Callers.cs"] = Callers,
        ["Locks.cs"] = Locks,
        ["Lockers.cs"] = Lockers,
    };

    private static T[] Shuffled<T>(T[] items, int seed)
    {
        var copy = items.ToArray();
        new Random(seed).Shuffle(copy);
        return copy;
    }

    private static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(SourceText.From(Usings + text), new CSharpParseOptions(LanguageVersion.Latest), path);

    private static CSharpCompilation Compile(Dictionary<string, string> texts) =>
        AllRules.Compile([.. texts.Select(static text => Parse(text.Key, text.Value))])
            .WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication));

    /// <summary>Of a name that nobody has used, so that it shares nothing.</summary>
    private static CSharpCompilation Cold(Dictionary<string, string> texts) =>
        Compile(texts).WithAssemblyName("Cold" + Guid.NewGuid().ToString("N"));

    private static Microsoft.CodeAnalysis.Diagnostics.CompilationWithAnalyzers Hosted(Compilation compilation) =>
        new(compilation, AllRules.Analyzers, new Microsoft.CodeAnalysis.Diagnostics.AnalyzerOptions([]));

    private static async Task<List<string>> AskAsync(
        Microsoft.CodeAnalysis.Diagnostics.CompilationWithAnalyzers hosted, Compilation compilation, string path)
    {
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees.Single(tree => tree.FilePath == path));
        var found = await hosted.GetAnalyzerSemanticDiagnosticsAsync(model, null, TestContext.Current.CancellationToken);
        return found.Select(Text).Order(StringComparer.Ordinal).ToList();
    }

    private static async Task<List<string>> FindAsync(Compilation compilation)
    {
        var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);
        return found.Select(Text).Order(StringComparer.Ordinal).ToList();
    }

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Location.GetLineSpan()} {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)} "
        + string.Join(" → ", diagnostic.AdditionalLocations.Select(static hop => hop.GetLineSpan().ToString()));
}
