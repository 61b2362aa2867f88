using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Branches that a caller chooses with what it writes down.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private const string Choices =
        """
        [Flags] private enum Parts { None = 0, Head = 1, Body = 2 }
        private enum Mode { Memory, Disk }
        static readonly TimeSpan Never = TimeSpan.Zero;
        int _n; string _text;
        static void Read() => File.ReadAllText("a");
        static void One(int n) { if (n == 1) Read(); }
        static void More(int n) { if (n > 2) Read(); }
        static void Less(int n) { if (3 > n) Read(); }
        static void Enough(int n) { if (n < 3) return; Read(); }
        static void Some(int n) { if (n > 0) Read(); }
        static void Named(string mode) { if (mode == "disk") Read(); }
        static void Unnamed(string mode) { if (mode != "memory") Read(); }
        static void Filled(string text) { if (string.IsNullOrEmpty(text)) return; Read(); }
        static void Both(Parts parts) { if ((parts & Parts.Body) != 0) Read(); }
        static void Flagged(Parts parts) { if (parts.HasFlag(Parts.Body)) Read(); }
        static void Is(Mode mode) { if (mode is Mode.Disk) Read(); }
        static void IsMore(int n) { if (n is >= 3) Read(); }
        static void Perhaps(bool? slow) { if (slow == true) Read(); }
        static void Kept(bool slow) { var chosen = slow; if (chosen) Read(); }
        static void Short(bool slow) { if (slow && File.ReadAllText("a") != "") Console.Write(1); }
        static void Timed(TimeSpan time) { if (time > TimeSpan.Zero) Read(); }
        static void Case(int n) { switch (n) { case 1: Read(); break; case 2: break; } }
        static string Arm(string mode) => mode switch { "disk" => File.ReadAllText("a"), _ => "" };
        static void Pass(int n) => More(n);
        static void Opposite(bool skip) => Kept(!skip);
        static void Twice(bool read) => Opposite(!read);
        static void Change(int n) { n++; if (n == 1) Read(); }

        """;

    [Theory]
    [InlineData("One(1)", "One(2)")]
    [InlineData("More(3)", "More(2)")]
    [InlineData("Less(2)", "Less(3)")]
    [InlineData("Enough(3)", "Enough(2)")]
    [InlineData("Some(1)", "Some(0)")]
    [InlineData("Some(_n)", "Some(-1)")]
    [InlineData("Enough(_n)", "More(1)")]
    [InlineData("Named(\"disk\")", "Named(\"memory\")")]
    [InlineData("Unnamed(\"disk\")", "Unnamed(\"memory\")")]
    [InlineData("Filled(_text)", "Filled(\"\")")]
    [InlineData("Both(Parts.Head | Parts.Body)", "Both(Parts.Head)")]
    [InlineData("Flagged(Parts.Body)", "Flagged(Parts.None)")]
    [InlineData("Is(Mode.Disk)", "Is(Mode.Memory)")]
    [InlineData("IsMore(3)", "IsMore(2)")]
    [InlineData("Perhaps(true)", "Perhaps(false)")]
    [InlineData("Perhaps(true)", "Perhaps(null)")]
    [InlineData("Kept(true)", "Kept(false)")]
    [InlineData("Opposite(false)", "Opposite(true)")]
    [InlineData("Opposite(!true)", "Opposite(!false)")]
    [InlineData("Twice(true)", "Twice(false)")]
    [InlineData("Short(true)", "Short(false)")]
    [InlineData("Case(1)", "Case(2)")]
    [InlineData("Arm(\"disk\")", "Arm(\"memory\")")]
    public async Task What_is_written_down_chooses_the_branch(string does, string does_not)
    {
        await Flags(Choices + $"public async Task M() {{ await Task.Yield(); [|{does}|]; }}");
        await Silent(does_not);
    }

    [Fact]
    public async Task What_is_written_down_is_passed_on()
    {
        const string Passed = "static void Pass(int n) => More(n); static void More(int n) { if (n > 2) Nap(); } "
            + "static void Nap() => Thread.Sleep(40); ";
        await Flags(Passed + "public async Task M() { await Task.Yield(); [|Pass(3)|]; }");
        await Allows(Passed + "public async Task M() { await Task.Yield(); Pass(2); }");
    }

    [Theory]
    [InlineData("Timed(TimeSpan.Zero)")]
    [InlineData("Timed(Never)")]
    [InlineData("var n = 2; More(n)")]
    public Task No_time_and_a_local_are_written_down_as_well(string call) => Silent(call);

    private static async Task Silent(string call)
    {
        var body = Choices + $"public async Task M() {{ await Task.Yield(); {call}; }}";
        await Allows(body);
        await Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>.Allows(body);
    }

    [Theory]
    [InlineData("One(_n)")]
    [InlineData("More(_n)")]
    [InlineData("Named(_text)")]
    [InlineData("Both((Parts)_n)")]
    [InlineData("Change(2)")]
    public Task A_value_that_nobody_knows_is_left_to_the_possible_form(string call) =>
        Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>.Flags(
            Choices + $"public async Task M() {{ await Task.Yield(); [|{call}|]; }}");

    [Fact]
    public Task A_branch_of_the_coroutine_itself_stays_as_sure() =>
        Flags(Choices + "public async Task M(string mode) { await Task.Yield(); if (mode == \"disk\") [|Read()|]; }");

    private const string Waiting =
        """
        static readonly TimeSpan Never = TimeSpan.Zero;
        static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
        static bool Enter(SemaphoreSlim gate, int time) => gate.Wait(time);
        static bool Enter(SemaphoreSlim gate, TimeSpan time) => gate.Wait(time);

        """;

    [Theory]
    [InlineData("var time = 10; [|Enter(gate, time)|];", "var time = 0; Enter(gate, time);")]
    [InlineData("[|Enter(gate, Second)|];", "Enter(gate, Never);")]
    public async Task A_time_that_is_kept_may_be_none(string waits, string looks)
    {
        await Flags(Waiting + $"public async Task M(SemaphoreSlim gate) {{ await Task.Yield(); {waits} }}");
        await Allows(Waiting + $"public async Task M(SemaphoreSlim gate) {{ await Task.Yield(); {looks} }}");
    }

    // What a local was made with says nothing once it is given something else, and nothing is neither more nor less than a number.
    [Theory]
    [InlineData("var text = \"\"; text += _text; [|Filled(text)|];", "var text = \"\"; Filled(text);")]
    [InlineData("var n = 2; (n, _) = (_n, 1); [|Enough(n)|];", "var n = 2; Enough(n);")]
    [InlineData("[|AtLeast(null)|];", "AtLeast(1);")]
    public async Task A_local_that_is_given_something_else_decides_nothing(string open, string decided)
    {
        const string Members = "static void AtLeast(int? n) { if (n <= 2) return; Read(); } ";
        await Flags(Choices + Members + $"public async Task M() {{ await Task.Yield(); {open} }}");
        await Allows(Choices + Members + $"public async Task M() {{ await Task.Yield(); {decided} }}");
    }

    [Theory]
    [InlineData("var slow = false; bool.TryParse(_text, out slow); ")]
    [InlineData("var slow = false; slow |= _text == \"\"; ")]
    [InlineData("var slow = false; for (var i = 0; i < 2; i++) slow = i > 0; ")]
    public async Task A_flag_that_is_given_something_else_may_choose_the_branch(string given)
    {
        await Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>
            .Flags(Choices + $"public async Task M() {{ await Task.Yield(); {given}[|Kept(slow)|]; }}");
        await Silent("var slow = false; Kept(slow)");
    }
}
