using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3003LockHeldOverBlockingWork>;

namespace Quintet.Tests.Rules.Threads;

// Who holds the lock and who wants it stand in different types, or where no method begins.
public sealed partial class QNT3003LockHeldOverBlockingWorkTests
{
    private static string Between(string taker) =>
        """
        public class Registry { internal readonly object Gate = new(), Other = new(); internal string Text = ""; }
        class Writer
        {
            readonly Registry registry;
            public void Load(string path) { lock (registry.Gate) { registry.Text = FILE; } }
        }
        class Reader { readonly Registry of; public async Task<string> TextAsync() { await Task.Yield(); TAKER; } }
        """.Replace("TAKER", taker);

    [Theory]
    [InlineData("lock (of.Gate) return of.Text")]
    [InlineData("Monitor.Enter(of.Gate); try { return of.Text; } finally { Monitor.Exit(of.Gate); }")]
    public Task A_lock_of_another_object_that_a_third_type_takes_is_flagged(string taker) =>
        Flags(Between(taker).Replace("FILE", "[|File.ReadAllText(path)|]"), "TextAsync");

    [Theory]
    [InlineData("lock (of.Other) return of.Text")]
    [InlineData("_ = of.Gate; return of.Text")]
    public Task Another_lock_of_the_same_object_is_allowed(string taker) =>
        Allows(Between(taker).Replace("FILE", "File.ReadAllText(path)"));

    [Theory]
    [InlineData("public", "lock (Gates.Files) return Gates.Text", true)]
    [InlineData("public", "lock (Gates.Rows) return Gates.Text", false)]
    public Task A_static_lock_of_another_type(string visible, string taker, bool flagged)
    {
        var code = "static class Gates { " + visible + " static readonly object Files = new(), Rows = new(); public static string Text; } "
            + "class Writer { public void Load(string path) { lock (Gates.Files) { Gates.Text = {0}; } } } "
            + "class Reader { public async Task<string> TextAsync() { await Task.Yield(); " + taker + "; } }";
        return flagged
            ? Flags(code.Replace("{0}", "[|File.ReadAllText(path)|]"))
            : Allows(code.Replace("{0}", "File.ReadAllText(path)"));
    }

    [Theory]
    [InlineData("lock (owner.gate) owner.text = [|File.ReadAllText(\"a\")|];", "lock (gate) return text;", true)]
    [InlineData("lock (owner.other) owner.text = File.ReadAllText(\"a\");", "lock (gate) return text;", false)]
    public Task A_private_lock_that_a_nested_type_takes(string holds, string takes, bool flagged)
    {
        var code = "class Owner { readonly object gate = new(), other = new(); string text; class Inner { readonly Owner owner; "
            + "public void Load() { " + holds + " } } public async Task<string> TextAsync() { await Task.Yield(); " + takes + " } }";
        return flagged ? Flags(code) : Allows(code);
    }

    [Theory]
    [InlineData("new Timer(_ => { lock (gate) { text = [|File.ReadAllText(\"a\")|]; } });", true)]
    [InlineData("lock (gate) { text = File.ReadAllText(\"a\"); }", false)]
    public Task What_a_constructor_gives_to_a_timer_runs_after_it(string made, bool flagged)
    {
        var code = "class Owner { readonly object gate = new(); string text; Owner() { " + made + " } "
            + "public async Task<string> TextAsync() { await Task.Yield(); lock (gate) return text; } }";
        return flagged ? Flags(code) : Allows(code);
    }

    // The whole of the state goes into a file line by line; with one fact changed: one line, memory, a condition, after the lock.
    [Theory]
    [InlineData("lock (gate) { all.Add(s); [|Save()|]; }",
        "using var w = new StreamWriter(\"a\"); foreach (var one in all) w.WriteLine(one + 1);", true)]
    [InlineData("lock (gate) { all.Add(s); } Save();",
        "using var w = new StreamWriter(\"a\"); foreach (var one in all) w.WriteLine(one + 1);", false)]
    [InlineData("lock (gate) { all.Add(s); Save(); }", "using var w = new StreamWriter(\"a\", true); w.WriteLine(all[0] + 1);", false)]
    [InlineData("lock (gate) { all.Add(s); Save(); }",
        "using var w = new StringWriter(); foreach (var one in all) w.WriteLine(one + 1);", false)]
    [InlineData("lock (gate) { all.Add(s); Save(); }",
        "if (all.Count % 9 > 3) { using var w = new StreamWriter(\"a\"); foreach (var one in all) w.WriteLine(one + 1); }", false)]
    public Task Saving_all_line_by_line_under_the_lock(string add, string save, bool flagged)
    {
        var code = "class Owner { readonly object gate = new(); readonly List<string> all = new(); "
            + "public void Add(string s) { " + add + " } void Save() { " + save + " } "
            + "public async Task<int> CountAsync() { await Task.Yield(); lock (gate) return all.Count; } }";
        return flagged ? Flags(code) : Allows(code);
    }

    [Theory]
    [InlineData("lock (gate) { n++; lock (other) { [|Monitor.Wait(other)|]; } }", true)]
    [InlineData("lock (gate) { n++; lock (this.other) { [|Monitor.Wait(this.other)|]; } }", true)]
    [InlineData("lock (gate) { n++; lock (other) { Monitor.Wait(gate); } }", false)]
    [InlineData("lock (gate) { n++; Monitor.Wait(gate); }", false)]
    public Task Waiting_on_one_lock_keeps_the_other(string make, bool flagged)
    {
        var code = "class Owner { readonly object gate = new(), other = new(); int n; public void Make() { " + make + " } "
            + "public async Task<int> OneAsync() { await Task.Yield(); lock (gate) return n; } }";
        return flagged ? Flags(code) : Allows(code);
    }
}
