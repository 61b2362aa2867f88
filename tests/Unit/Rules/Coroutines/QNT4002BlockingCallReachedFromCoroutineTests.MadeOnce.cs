using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;
using OnLoop = Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>;
using Possible = Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// A function that is made on first use runs whenever it is called.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private const string Slowly = "static void Slow() => Thread.Sleep(40); ";

    [Theory]
    [InlineData("_save ??= async () => { await Task.Yield(); [|Slow()|]; };")]
    [InlineData("if (_save == null) _save = async () => { await Task.Yield(); [|Slow()|]; };")]
    [InlineData("if (_save != null) return; _save = async () => { await Task.Yield(); [|Slow()|]; };")]
    [InlineData("_save = _save ?? (async () => { await Task.Yield(); [|Slow()|]; });")]
    public Task What_a_function_does_that_was_made_once_is_done_at_every_call(string statements) =>
        Flags("class C { " + Slowly + "Func<Task> _save; public void M() { " + statements + " } }");

    [Theory]
    [InlineData("get => _save ??= new Command(() => [|Slow()|]);")]
    [InlineData("get { if (_save == null) _save = new Command(() => [|Slow()|]); return _save; }")]
    public Task So_is_what_a_command_does(string getter) => OnLoop.Flags(
        "class Command(Action run) : System.Windows.Input.ICommand { public event EventHandler CanExecuteChanged { add { } remove { } } "
        + "public bool CanExecute(object o) => true; public void Execute(object o) => run(); } "
        + "class C { " + Slowly + "Command _save; public Command Save { " + getter + " } }");

    [Fact]
    public async Task What_is_started_at_once_is_done_once()
    {
        const string Begun = "class C { " + Slowly + "Task _load; public void M() { _load ??= Task.Run(async () => "
            + "{ await Task.Yield(); Slow(); }); } }";
        await Allows(Begun);
        await Possible.Flags(Begun.Replace("Slow(); });", "[|Slow()|]; });"));
    }

    [Theory]
    [InlineData("LazyInitializer.EnsureInitialized(ref _text, Read)", true)]
    [InlineData("LazyInitializer.EnsureInitialized(ref _text, () => Read())", true)]
    [InlineData("Read()", false)]
    public async Task What_a_lazy_initialiser_runs_is_run_once(string value, bool isOnce)
    {
        var text = "string _text; static string Read() => File.ReadAllText(\"a\"); string Text() => " + value + "; "
            + "public async Task<string> M() { await Task.Yield(); return [|Text()|]; }";
        if (isOnce) await Allows(text.Replace("[|", "").Replace("|]", ""));
        else await Flags(text);
    }

    [Theory]
    [InlineData("ref string kept", "ref _text", true)]
    [InlineData("string kept", "_text", false)]
    [InlineData("in string kept", "_text", false)]
    public async Task What_the_caller_keeps_is_made_once(string parameter, string given, bool isOnce)
    {
        foreach (var body in (string[])["if (kept is not null) return kept;", "lock (this) { if (kept != null) return kept; }"])
        {
            var text = "string _text; string Load(" + parameter + ") { " + body + " var made = File.ReadAllText(\"a\"); "
                + (isOnce ? "kept = made; " : "") + "return made; } public async Task<string> M() { await Task.Yield(); return [|Load("
                + given + ")|]; }";
            if (isOnce) await Allows(text.Replace("[|", "").Replace("|]", ""));
            else await Flags(text);
        }
    }
}
