using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// A file of one record is some hundred bytes: certain for who reads it, possible for who only reaches it. And what is called logging.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private static string Settings(string load, string record = "public int Port { get; set; } public string Key { get; set; }") =>
        $"class Inner {{ public DateTime At {{ get; set; }} public Guid? Id {{ get; set; }} }} class Entry {{ {record} }} "
        + $"class C {{ {load} public async Task M() {{ await Task.Yield(); {{0}} }} }}";

    private const string Json = "System.Text.Json.JsonSerializer";

    [Theory]
    [InlineData("Entry Load() => Json.Deserialize<Entry>(File.ReadAllText(\"a\"));")]
    [InlineData("Entry Load() { var text = File.ReadAllText(\"a\"); return Json.Deserialize<Entry>(text); }")]
    [InlineData("void Load() { var o = new Entry(); File.WriteAllText(\"a\", Json.Serialize(o)); }")]
    [InlineData("void Load() { var t = File.ReadAllText(\"a\"); var o = Json.Deserialize<Entry>(t); o.Port++; t = Json.Serialize(o); "
        + "File.WriteAllText(\"a\", t); }")]
    public async Task A_file_of_one_record_is_possible_where_it_is_reached(string load)
    {
        load = load.Replace("Json.", Json + ".", StringComparison.Ordinal);
        await Allows(Settings(load).Replace("{0}", "Load();"));
        await Allows(Settings(load, "public Inner Inner { get; set; } public int? Port { get; set; }").Replace("{0}", "Load();"));
        // The near miss: one member may be of any length.
        await Flags(Settings(load, "public int Port { get; set; } public List<string> Keys { get; set; }").Replace("{0}", "[|Load()|];"));
    }

    [Theory]
    [InlineData("string Load() => File.ReadAllText(\"a\");")]
    [InlineData("Entry Load() { var text = File.ReadAllText(\"a\"); Console.Write(text); return Json.Deserialize<Entry>(text); }")]
    [InlineData("void Load() { File.WriteAllText(\"a\", Json.Serialize(new[] { new Entry() })); }")]
    public Task A_file_of_more_than_a_record_is_flagged(string load) =>
        Flags(Settings(load.Replace("Json.", Json + ".", StringComparison.Ordinal)).Replace("{0}", "[|Load()|];"));

    [Theory]
    [InlineData("void LogLine(string s) => Thread.Sleep(1);", "LogLine")]
    [InlineData("void Log(string s) => Task.Delay(1).Wait();", "Log")]
    [InlineData("void Note(string s) => File.AppendAllText(\"a\", s);", "Note")]
    public Task What_a_member_called_logging_does_besides_is_flagged(string member, string name) =>
        Flags($"{member} async Task M() {{ await Task.Yield(); [|{name}(\"a\")|]; }}");

    [Theory]
    [InlineData("void LogLine(string s) => File.AppendAllText(\"a\", s);", "LogLine")]
    [InlineData("void WriteLog(string s) => File.AppendAllText(\"a\", s);", "WriteLog")]
    public Task The_log_that_it_writes_is_allowed(string member, string name) =>
        Allows($"{member} async Task M() {{ await Task.Yield(); {name}(\"a\"); }}");

    // The factory of a lazy value that is made here runs here.
    [Theory]
    [InlineData("var text = new Lazy<string>(() => Load()); _ = [|text.Value|];")]
    [InlineData("var text = new Lazy<string>(Load); _ = [|text.Value|];")]
    public async Task A_lazy_value_that_is_made_and_asked_for_is_flagged(string statements)
    {
        await Flags($"string Load() => File.ReadAllText(\"a\"); async Task M() {{ await Task.Yield(); {statements} }}");
        await Allows("string Load() => File.ReadAllText(\"a\"); async Task M() { await Task.Yield(); "
            + statements[..statements.IndexOf("_ =", StringComparison.Ordinal)] + " }");
    }

    private static string Stored(string keeper, string type) =>
        "class " + type + " { public List<string> Recent { get; set; } } "
        + "abstract class " + keeper + "<T> { protected T value; "
        + "public void Save() => File.WriteAllText(\"a\", " + Json + ".Serialize(value)); } "
        + "class Ui : " + keeper + "<" + type + "> { public " + type + " Load() => " + Json + ".Deserialize<" + type
        + ">(File.ReadAllText(\"a\")); }";

    [Theory]
    [InlineData("ui.Save();")]
    [InlineData("ui.Load();")]
    public async Task Settings_by_the_name_of_their_type_are_possible_where_they_are_reached(string use)
    {
        await Allows(Stored("SettingsStore", "UiSettings") + " class C { public async Task M(Ui ui) { await Task.Yield(); " + use + " } }");
        await Flags(Stored("Store", "History") + " class C { public async Task M(Ui ui) { await Task.Yield(); [|"
            + use.TrimEnd(';') + "|]; } }");
    }
}
