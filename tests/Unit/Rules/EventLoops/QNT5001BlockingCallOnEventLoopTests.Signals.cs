using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

// Signals and results that the loop itself has seen to, archives file by file, and trees that are walked by hand.
public sealed partial class QNT5001BlockingCallOnEventLoopTests
{
    private static string Signal(string setter, string field = "private readonly AutoResetEvent _ready = new(false);") => View(
        field + " " + setter + " void Shut() { {0}; } void Close_Click(object sender, EventArgs e) { {1}; }");

    [Theory]
    [InlineData("void View_Loaded(object sender, EventArgs e) => _ready.Set();", true)]
    [InlineData("void View_Shown(object sender, EventArgs e) { Text = \"a\"; _ready.Set(); }", true)]
    [InlineData("void View_Loaded(object sender, EventArgs e) => Task.Run(() => _ready.Set());", false)]
    [InlineData("void View_Loaded(object sender, EventArgs e) => _ready.Set(); void Work() => _ready.Set();", false)]
    [InlineData("void View_Loaded(object sender, EventArgs e) => _ready.Set(); void Work() => _ready?.Set();", false)]
    [InlineData("void View_Loaded(object sender, EventArgs e) => _ready.Set(); void Work() => Give(_ready); "
        + "void Give(object o) { }", false)]
    [InlineData("void Received(object sender, EventArgs e) => _ready.Set();", false)]
    [InlineData("", false)]
    public async Task A_signal_that_only_the_loop_sets_is_left_to_the_possible_form(string setter, bool isOwn)
    {
        foreach (var field in new[]
        {
            "private readonly AutoResetEvent _ready = new(false);",
            "private AutoResetEvent _ready { get; } = new AutoResetEvent(false);",
        })
        {
            var source = Signal(setter, field).Replace("{0}", "_ready.WaitOne()");
            if (isOwn) await Allows(source.Replace("{1}", "Shut()"));
            else await Flags(source.Replace("{1}", "[|Shut()|]"));
        }
    }

    [Fact]
    public Task A_signal_of_others_is_flagged() => Flags(Signal("void View_Loaded(object sender, EventArgs e) => _ready.Set();",
        "public readonly AutoResetEvent _ready = new(false);").Replace("{0}", "_ready.WaitOne()").Replace("{1}", "[|Shut()|]"));

    private const string Ask =
        """
        TaskCompletionSource<int> _answer;
        int Ask() { _answer = new(); {0}; return _answer.Task.Result; }
        void Ask_Click(object sender, EventArgs e) { {1}; }
        """;

    [Theory]
    [InlineData("Invoke(() => { _answer.SetResult(1); })", true)]
    [InlineData("Invoke(new Action(() => { Text = \"a\"; _answer.TrySetResult(1); }))", true)]
    [InlineData("BeginInvoke(new Action(() => { _answer.SetResult(1); }))", false)]
    [InlineData("Invoke(() => { if (Text == \"a\") _answer.SetResult(1); })", false)]
    public async Task A_result_that_was_set_before_the_call_came_back_is_there(string call, bool isSet)
    {
        var source = View(Ask.Replace("{0}", call));
        if (isSet) await Allows(source.Replace("{1}", "Ask()"));
        else await Flags(source.Replace("{1}", "[|Ask()|]"));
    }

    private const string Context =
        """
        async Task<string> LoadAsync() => await File.ReadAllTextAsync("a");
        void Load_Click(object sender, EventArgs e)
        {
            {0};
            try { Text = {1}; } finally { SynchronizationContext.SetSynchronizationContext(SynchronizationContext.Current); }
        }
        """;

    [Fact]
    public async Task A_wait_without_the_context_is_no_deadlock_but_holds_the_loop()
    {
        const string Off = "SynchronizationContext.SetSynchronizationContext(null)";
        await Flags(View(Context.Replace("{0}", Off).Replace("{1}", "[|LoadAsync().Result|]")));
        await Allows(View(Context.Replace("{0}", "Text = \"\"").Replace("{1}", "LoadAsync().Result")));
    }

    [Theory]
    [InlineData("System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(archive, \"a\", \"a\")", "archive.CreateEntry(\"a\")")]
    [InlineData("System.IO.Compression.ZipFileExtensions.ExtractToFile(archive.Entries[0], \"a\")", "_ = archive.Entries[0].Length")]
    public async Task A_file_is_packed_or_unpacked_by_its_name(string packs, string harmless)
    {
        const string Body = "static void Pack(System.IO.Compression.ZipArchive archive) { {0}; } "
            + "void Pack_Click(object sender, EventArgs e) "
            + "{ using var archive = new System.IO.Compression.ZipArchive(new MemoryStream()); {1}; }";
        await Flags(View(Body.Replace("{0}", packs).Replace("{1}", "[|Pack(archive)|]")));
        await Allows(View(Body.Replace("{0}", harmless).Replace("{1}", "Pack(archive)")));
    }

    [Theory]
    [InlineData("foreach (var inner in Directory.GetDirectories(folder)) Walk(inner);", true)]
    [InlineData("foreach (var inner in new DirectoryInfo(folder).EnumerateDirectories()) { Walk(inner.FullName); }", true)]
    [InlineData("foreach (var inner in Directory.GetDirectories(folder)) Console.Write(inner);", false)]
    [InlineData("foreach (var inner in Directory.GetFiles(folder)) Walk(inner);", false)]
    public async Task A_tree_that_is_walked_by_hand_is_flagged(string walk, bool isTree)
    {
        var body = "static void Walk(string folder) { " + walk + " } void Walk_Click(object sender, EventArgs e) { {0}; }";
        if (isTree) await Flags(View(body.Replace("{0}", "[|Walk(\"a\")|]")));
        else await Allows(View(body.Replace("{0}", "Walk(\"a\")")));
    }
}
