using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Work that is done only while something is missing is done once: whoever reaches it pays at most that once. Whoever does it every
// time is flagged.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Fact]
    public Task A_field_that_is_filled_every_time_is_flagged() => Flags(
        """
        string _text;
        public async Task<string> M() { await Task.Yield(); return [|Text()|]; }
        string Text() { _text = File.ReadAllText("a"); return _text; }
        """);

    [Fact]
    public Task A_field_that_is_filled_on_first_use_is_allowed() => Allows(
        """
        string _text;
        public async Task<string> M() { await Task.Yield(); return Text(); }
        string Text() { _text ??= File.ReadAllText("a"); return _text; }
        """);

    // Another object keeps it: for this one it is made once all the same.
    [Theory]
    [InlineData("if (_kept.Text is not null) return _kept.Text; return Made();", true)]
    [InlineData("if (_kept.Text != null) { return _kept.Text; } return Made();", true)]
    [InlineData("if (kept.Text != null) return kept.Text; return Made();", true)]
    [InlineData("if (_kept.Text != null) return _kept.Other; return Made();", false)]
    [InlineData("if (given.Text != null) return given.Text; return Made();", false)]
    [InlineData("if (_kept.Text == null) return _kept.Text; return Made();", false)]
    public async Task What_another_object_keeps_is_made_once(string body, bool isKept)
    {
        var text = "class Kept { public string Text, Other; } class C(Kept kept) { private readonly Kept _kept = new(); "
            + $"string Text(Kept given) {{ {body} }} string Made() => new System.Net.WebClient().DownloadString(\"a\"); "
            + "public async Task<string> M(Kept other) { await Task.Yield(); return {0}; } }";
        if (isKept) await Allows(text.Replace("{0}", "Text(other)"));
        else await Flags(text.Replace("{0}", "[|Text(other)|]"));
    }

    [Fact]
    public Task The_older_spelling_of_first_use_is_allowed() => Allows(
        """
        string _text;
        public async Task<string> M() { await Task.Yield(); return Text(); }
        string Text() => _text ?? (_text = File.ReadAllText("a"));
        """);

    [Fact]
    public Task A_test_for_null_before_the_first_use_is_allowed() => Allows(
        """
        string _text;
        public async Task<string> M() { await Task.Yield(); return Text(); }
        string Text() { if (_text == null) _text = Read(); return _text; }
        string Read() => File.ReadAllText("a");
        """);

    [Fact]
    public Task An_entry_that_is_made_when_it_is_missing_is_allowed() => Allows(
        """
        static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Texts = new();
        public async Task<string> M() { await Task.Yield(); return Text("a") + Same("b"); }
        static string Text(string name) => Texts.GetOrAdd(name, static key => Read(key));
        static string Same(string name) => Texts.GetOrAdd(name, Read);
        static string Read(string name) => File.ReadAllText(name);
        """);

    [Fact]
    public Task An_entry_of_a_dictionary_that_nobody_keeps_is_flagged() => Flags(
        """
        public async Task<string> M() { await Task.Yield(); return [|Text("a")|]; }
        static string Text(string name)
        {
            var texts = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
            return texts.GetOrAdd(name, static key => Read(key));
        }
        static string Read(string name) => File.ReadAllText(name);
        """);

    [Fact]
    public Task An_entry_that_is_made_anew_every_time_is_flagged() => Flags(
        """
        static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Texts = new();
        public async Task<string> M() { await Task.Yield(); return [|Text("a")|]; }
        static string Text(string name) => Texts.AddOrUpdate(name, static key => Read(key), static (key, old) => Read(key));
        static string Read(string name) => File.ReadAllText(name);
        """);

    [Fact]
    public Task A_list_that_is_made_and_then_filled_on_first_use_is_allowed() => Allows(
        """
        List<string> _texts;
        public async Task<int> M() { await Task.Yield(); return Texts().Count; }
        List<string> Texts()
        {
            if (_texts != null) return _texts;
            _texts = new List<string>();
            _texts.Add(File.ReadAllText("a"));
            return _texts;
        }
        """);

    [Fact]
    public Task A_list_that_is_put_anew_while_it_is_filled_on_first_use_is_allowed() => Allows(
        """
        List<string> _texts;
        public async Task<int> M(string[] names) { await Task.Yield(); return Texts(names).Count; }
        List<string> Texts(string[] names)
        {
            if (_texts != null) return _texts;
            _texts = new List<string>();
            foreach (var name in names) { _texts.Add(File.ReadAllText(name)); _texts = _texts.ToList(); }
            return _texts;
        }
        """);

    [Fact]
    public Task A_loop_that_may_have_no_end_and_began_on_first_use_is_flagged() => Flags(
        """
        string _text;
        public async Task M() { await Task.Yield(); [|Watch()|]; }
        void Watch()
        {
            if (_text != null) return;
            while (Directory.Exists("b")) _text = File.ReadAllText("a");
        }
        """);

    [Fact]
    public Task A_field_that_is_filled_again_only_for_who_asks_is_allowed() => Allows(
        """
        string _text;
        public async Task<string> M() { await Task.Yield(); return Text(); }
        string Text(bool again = false)
        {
            if (!again && _text != null) return _text;
            _text = File.ReadAllText("a");
            return _text;
        }
        """);

    [Fact]
    public Task A_field_that_is_filled_again_unless_the_caller_knows_better_is_flagged() => Flags(
        """
        string _text;
        public async Task<string> M() { await Task.Yield(); return [|Text()|]; }
        string Text(bool again = true)
        {
            if (!again && _text != null) return _text;
            _text = File.ReadAllText("a");
            return _text;
        }
        """);

    [Fact]
    public Task A_list_that_is_given_up_before_it_is_filled_is_flagged() => Flags(
        """
        List<string> _texts;
        public async Task<int> M() { await Task.Yield(); return [|Texts()|].Count; }
        List<string> Texts()
        {
            if (_texts != null) return _texts;
            _texts = null;
            return new List<string> { File.ReadAllText("a") };
        }
        """);

    [Theory]
    [InlineData("if (_last == path) return;")]
    [InlineData("if (_last == path && !force) return;")]
    public Task What_is_done_once_for_a_value_is_allowed(string first) => Allows(Remembering(first, "Load(path)", "path"));

    [Theory]
    [InlineData("if (_last != path) return;", "path")]
    [InlineData("if (_last == path && !other) return;", "path")]
    [InlineData("if (_last == path) return;", "\"a\"")]
    public Task What_is_done_again_for_a_value_is_flagged(string first, string kept) => Flags(Remembering(first, "[|Load(path)|]", kept));

    private static string Remembering(string first, string call, string kept) =>
        $$"""
        string _last;
        public async Task M(string path) { await Task.Yield(); {{call}}; }
        void Load(string path, bool force = false, bool other = true) { {{first}} File.WriteAllText("a", path); _last = {{kept}}; }
        """;

    [Fact]
    public Task An_early_return_once_loaded_is_allowed() => Allows(
        """
        bool _loaded;
        public async Task M() { await Task.Yield(); Load(); }
        void Load() { if (_loaded) return; File.ReadAllText("a"); _loaded = true; }
        """);

    [Fact]
    public Task A_flag_that_nobody_raises_here_is_flagged() => Flags(
        """
        public bool _off;
        public async Task M() { await Task.Yield(); [|Load()|]; }
        void Load() { if (_off) return; File.ReadAllText("a"); }
        """);

    [Fact]
    public Task A_file_that_is_written_when_there_is_none_is_allowed() => Allows(
        """
        public async Task M() { await Task.Yield(); Ensure(); }
        void Ensure() { if (!File.Exists("a")) File.WriteAllText("a", ""); }
        """);

    [Fact]
    public Task A_file_that_is_written_when_there_is_one_is_flagged() => Flags(
        """
        public async Task M() { await Task.Yield(); [|Ensure()|]; }
        void Ensure() { if (File.Exists("a")) File.WriteAllText("a", ""); }
        """);

    [Fact]
    public Task A_directory_that_is_filled_once_is_allowed() => Allows(
        """
        public async Task M() { await Task.Yield(); Ensure(new DirectoryInfo("a")); }
        void Ensure(DirectoryInfo folder) { if (folder.Exists) return; folder.Create(); File.Copy("a", "b"); }
        """);

    [Fact]
    public Task Polling_for_a_file_is_no_making_of_it() => Flags(
        """
        public async Task M() { await Task.Yield(); [|WaitForFile()|]; }
        void WaitForFile() { while (!File.Exists("a")) Thread.Sleep(100); }
        """);

    [Fact]
    public Task What_follows_the_first_use_is_flagged() => Flags(
        """
        string _text;
        public async Task<string> M() { await Task.Yield(); return [|Text()|]; }
        string Text() { _text ??= ""; return File.ReadAllText("a"); }
        """);

    [Theory]
    [InlineData("string _text;", "string.IsNullOrEmpty(_text)")]
    [InlineData("System.Drawing.Rectangle _text;", "_text.IsEmpty")]
    [InlineData("string _text;", "_text is null")]
    [InlineData("string _text;", "!(_text is not null)")]
    public Task State_that_is_empty_is_made_once(string field, string condition) => Allows(
        $$"""
        {{field}}
        public async Task M() { await Task.Yield(); Make(); }
        void Make() { if ({{condition}}) { File.ReadAllText("a"); _text = default; } }
        """);

    [Theory]
    [InlineData("string _text;", "!string.IsNullOrEmpty(_text)")]
    [InlineData("System.Drawing.Rectangle _text;", "!_text.IsEmpty")]
    [InlineData("string _text;", "_text is not null")]
    [InlineData("string _text;", "_text.Length > 0")]
    public Task State_that_is_there_is_used_again_and_again(string field, string condition) => Flags(
        $$"""
        {{field}}
        public async Task M() { await Task.Yield(); [|Make()|]; }
        void Make() { if ({{condition}}) { File.ReadAllText("a"); _text = default; } }
        """);

    [Fact]
    public Task A_wait_where_the_fast_path_was_missed_is_left_to_the_possible_form() => Allows(
        """
        public async Task M() { await Task.Yield(); Send(Task.Run(() => { }), 1); }
        void Send(Task written, int n) { if (!written.IsCompletedSuccessfully) written.Wait(n); Console.WriteLine(n); }
        """);

    [Fact]
    public Task A_wait_without_a_fast_path_is_flagged() => Flags(
        """
        public async Task M() { await Task.Yield(); [|Send(1)|]; }
        void Send(int n) { var written = Task.Run(() => { }); written.Wait(n); Console.WriteLine(n); }
        """);

    [Fact]
    public Task The_first_bytes_of_a_file_are_read_before_anybody_notices() => Allows(
        """
        public async Task<bool> M() { await Task.Yield(); return IsZip(); }
        bool IsZip() { using var file = File.OpenRead("a"); var head = new byte[6]; return file.Read(head, 0, 6) == 6; }
        """);

    [Theory]
    [InlineData("new byte[60000]", "")]
    [InlineData("new byte[6]", "while (head[0] != 0) ")]
    public Task More_than_the_first_bytes_is_flagged(string buffer, string again) => Flags(
        $$"""
        public async Task M() { await Task.Yield(); [|Read()|]; }
        void Read() { using var file = File.OpenRead("a"); var head = {{buffer}}; {{again}}file.Read(head, 0, 6); }
        """);

    [Fact]
    public Task A_tree_that_is_listed_is_left_to_the_possible_form() => Allows(
        """
        public async Task M() { await Task.Yield(); Clean(); }
        void Clean() { Directory.GetFiles("a", "*", SearchOption.AllDirectories); }
        """);

    [Fact]
    public Task Files_of_a_tree_that_are_read_are_flagged() => Flags(
        """
        public async Task M() { await Task.Yield(); [|Clean()|]; }
        void Clean() { foreach (var file in Directory.GetFiles("a", "*", SearchOption.AllDirectories)) File.ReadAllText(file); }
        """);

    [Fact]
    public Task A_tree_that_is_deleted_is_left_to_the_possible_form() => Allows(
        """
        public async Task M() { await Task.Yield(); Clean(); }
        void Clean() { Directory.Delete("a", true); }
        """);

    private static string Kept(string kept, string call) =>
        "class Pages { readonly Dictionary<string, string> _known = new(); string _last; "
        + "public async Task<string> M(string name) { await Task.Yield(); return " + call + "; } "
        + "string Get(string name) { if (_known.TryGetValue(name, out var found)) return found; var text = Read(name); " + kept
        + " return text; } string Read(string name) { var text = new System.Net.WebClient().DownloadString(name); return text + text; } }";

    [Theory]
    [InlineData("_known[name] = text;")]
    [InlineData("_known.Add(name, text);")]
    public Task An_entry_that_is_made_where_it_is_missing_is_allowed(string kept) => Allows(Kept(kept, "Get(name)"));

    [Theory]
    [InlineData("_last = text;")]
    [InlineData("_known.Remove(name);")]
    public Task An_entry_that_is_only_looked_up_is_flagged(string kept) => Flags(Kept(kept, "[|Get(name)|]"));

    private static string Cached(string type, string kept, string call) =>
        "class PageCache<T> { public T Get(string key) => default; public void Set(string key, T value) { } "
        + "public void Touch(string key) { } } "
        + "class PageStore<T> { public T Get(string key) => default; public void Set(string key, T value) { } } "
        + "class Pages { readonly " + type + "<string> _known = new(); "
        + "public async Task<string> M(string name) { await Task.Yield(); return " + call + "; } "
        + "string Get(string name) { var found = _known.Get(name); if (found != null) return found; found = Read(name); " + kept
        + " return found; } string Read(string name) { var text = new System.Net.WebClient().DownloadString(name); return text + text; } }";

    [Fact]
    public Task What_a_cache_lacks_and_is_given_is_allowed() => Allows(Cached("PageCache", "_known.Set(name, found);", "Get(name)"));

    [Theory]
    [InlineData("PageCache", "_known.Touch(name);")]
    [InlineData("PageStore", "_known.Set(name, found);")]
    public Task What_is_only_looked_up_or_is_no_cache_is_flagged(string type, string kept) => Flags(Cached(type, kept, "[|Get(name)|]"));

    private static string Forced(string condition, string call) =>
        "public async Task M(bool again) { await Task.Yield(); " + call + "; } "
        + "void Make(bool forceNew, bool really) { if (" + condition
        + ") { File.WriteAllText(\"a\", \"b\"); Console.WriteLine(really); } }";

    [Fact]
    public Task A_file_that_is_made_anew_only_for_who_forces_it_is_allowed() =>
        Allows(Forced("forceNew || !File.Exists(\"a\")", "Make(again, again)"));

    private static string Genres(string first, string call) =>
        "class Genres { string _all; async Task<string> LoadAsync() { " + first + " await Task.Delay(1); _all = \"a\"; return _all; } "
        + "string All() { var all = LoadAsync().Result; return all + all; } "
        + "public async Task<string> M() { await Task.Yield(); return " + call + "; } }";

    [Theory]
    [InlineData("if (_all != null) return _all;")]
    [InlineData("if (_all is not null) { return _all; }")]
    public Task A_wait_for_what_is_loaded_once_and_kept_is_allowed(string first) => Allows(Genres(first, "All()"));

    [Theory]
    [InlineData("if (_all != null) return \"b\";")]
    [InlineData("if (_all != null) Console.WriteLine(_all);")]
    public Task A_wait_for_what_is_loaded_every_time_is_flagged(string first) => Flags(Genres(first, "[|All()|]"));
}
