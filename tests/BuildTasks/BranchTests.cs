namespace Quintet.Tests.BuildTasks;

/// <summary>Which branches of a compiled body make what stands behind them possible only. Each row stands beside one that differs in one
/// fact.</summary>
public sealed class BranchTests
{
    private const string File = "blocks kind=file twin=none via=File.ReadAllText";
    private const string PossibleFile = "blocks kind=file twin=none certainty=possible via=File.ReadAllText";
    private const string Read = "File.ReadAllText(\"a\");";

    [Theory]
    [InlineData("string _p; public void M() { if (_p != null) " + Read + " }", File)]
    [InlineData("string _p; public void M() { if (_p == \"b\") " + Read + " }", PossibleFile)]
    [InlineData("string _p; public void M() { if (_p == null) " + Read + " }", PossibleFile)]
    [InlineData("int _p; public void M() { if (_p == 7) " + Read + " }", PossibleFile)]
    [InlineData("int _p; public void M() { if (_p != 0) " + Read + " }", File)]
    [InlineData("bool _p; public void M() { if (_p) " + Read + " }", PossibleFile)]
    [InlineData("List<int> _l; public void M() { if (_l.Count > 0) " + Read + " }", File)]
    [InlineData("List<int> _l; public void M() { if (_l.Count > 7) " + Read + " }", PossibleFile)]
    [InlineData("public void M(string p) { if (File.Exists(p)) " + Read + " }", File)]
    [InlineData("public void M(string p) { if (!File.Exists(p)) " + Read + " }", "blocks kind=file twin=none weight=brief via=File.Exists")]
    [InlineData("public void M(string p) { if (!string.IsNullOrEmpty(p)) " + Read + " }", File)]
    [InlineData("public void M(string p) { if (string.IsNullOrEmpty(p)) " + Read + " }", PossibleFile)]
    [InlineData("public void M(Queue<int> q) { if (q.TryDequeue(out _)) " + Read + " }", File)]
    [InlineData("public void M(Queue<int> q) { if (q.Contains(1)) " + Read + " }", PossibleFile)]
    [InlineData("public void M(List<int> l) { if (System.Linq.Enumerable.Any(l)) " + Read + " }", File)]
    [InlineData("public void M(List<int> l) { if (System.Linq.Enumerable.Contains(l, 7)) " + Read + " }", PossibleFile)]
    [InlineData("string _o; public void M() { if (_o is { } s) File.ReadAllText(s); }", File)]
    [InlineData("object _o; public void M() { if (_o is string s) File.ReadAllText(s); }", PossibleFile)]
    [InlineData("public string M() => Environment.GetEnvironmentVariable(\"a\") ?? File.ReadAllText(\"a\");", File)]
    [InlineData("string _p; public string M() => _p ?? File.ReadAllText(\"a\");", PossibleFile)]
    [InlineData("D _d; public void M() => _d?.Go(); sealed class D { public void Go() => File.ReadAllText(\"a\"); }",
        "blocks kind=file twin=none via=Go>File.ReadAllText")]
    public void Asking_whether_there_is_something_to_work_on_leaves_it_sure(string members, string expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("c.State != System.Data.ConnectionState.Open", "blocks kind=database twin=none via=DbConnection.Open")]
    [InlineData("c.ConnectionTimeout != 7", "blocks kind=database twin=none certainty=possible via=DbConnection.Open")]
    public void A_connection_is_opened_unless_it_is_open(string asked, string expected)
    {
        Assert.Equal(expected, EffectLab.Of($"public void M(System.Data.Common.DbConnection c) {{ if ({asked}) c.Open(); }}"));
        Assert.Equal(expected, EffectLab.Of(
            $"public void M(System.Data.Common.DbConnection c) {{ var toOpen = {asked}; GC.KeepAlive(null); if (toOpen) c.Open(); }}"));
    }

    [Theory]
    [InlineData("if (n > 7) File.ReadAllText(\"a\"); else File.ReadAllText(\"a\");", File)]
    [InlineData("if (n > 7) File.ReadAllText(\"a\"); else GC.KeepAlive(null);", PossibleFile)]
    [InlineData("if (n == 7) " + Read + " else if (n == 9) " + Read + " else " + Read, File)]
    [InlineData("if (n == 7) " + Read + " else if (n == 9) " + Read + " else GC.KeepAlive(null);", PossibleFile)]
    [InlineData("_ = n > 7 ? File.ReadAllText(\"a\") : File.ReadAllText(\"a\");", File)]
    [InlineData("_ = n > 7 ? File.ReadAllText(\"a\") : \"\";", PossibleFile)]
    public void What_every_side_of_a_branch_does_is_sure(string body, string expected) =>
        Assert.Equal(expected, EffectLab.Of($"public void M(int n) {{ {body} n++; n--; GC.KeepAlive(n); GC.KeepAlive(n); }}"));

    [Theory]
    [InlineData("public string M(int n) => n > 7 ? File.ReadAllText(\"a\") : \"\";", PossibleFile)]
    [InlineData("public string M(int n) => n > 7 ? File.ReadAllText(\"a\") : File.ReadAllText(\"b\");", File)]
    [InlineData("public string M(int n) { return n > 7 ? \"\" : File.ReadAllText(\"a\"); }", PossibleFile)]
    [InlineData("public string M(int n) { if (n > 7) return \"\"; GC.KeepAlive(null); return File.ReadAllText(\"a\"); }", File)]
    [InlineData("public string M(int n) => n switch { 1 => \"\", 2 => File.ReadAllText(\"a\"), _ => \"b\" };", PossibleFile)]
    [InlineData("public string M(int n) => n switch { 1 => File.ReadAllText(\"a\"), 2 => File.ReadAllText(\"a\"), "
        + "_ => File.ReadAllText(\"a\") };", File)]
    [InlineData("public string M(int n) => n switch { 1 => File.ReadAllText(\"a\"), 2 => File.ReadAllText(\"a\"), _ => \"\" };",
        PossibleFile)]
    [InlineData("public string M(string p) => p == null ? null : File.ReadAllText(\"a\");", File)]
    public void What_a_value_is_chosen_from_need_not_happen(string members, string expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("switch (n) { case 1: " + Read + " break; case 2: break; }", PossibleFile)]
    [InlineData("if (n != 1 && n != 2) return; " + Read, File)]
    [InlineData("switch (n) { case 1: " + Read + " break; }", PossibleFile)]
    [InlineData("if (n != 1) return; " + Read, File)]
    [InlineData("switch (n) { case 0: " + Read + " break; }", PossibleFile)]
    [InlineData("if (n != 0) return; " + Read, File)]
    [InlineData("switch (n) { case 0: case 1: " + Read + " break; default: return; }", PossibleFile)]
    [InlineData("if (n > 1) return; " + Read, File)]
    [InlineData("switch (n) { case 1: " + Read + " break; case 7: GC.KeepAlive(null); break; }", PossibleFile)]
    [InlineData("switch (s) { case \"a\": " + Read + " break; case \"b\": break; }", PossibleFile)]
    [InlineData("if (s != \"a\" && s != \"b\") return; " + Read, File)]
    public void One_case_of_a_switch_need_not_happen(string body, string expected) =>
        Assert.Equal(expected, EffectLab.Of($"public void M(int n, string s) {{ {body} }}"));

    [Theory]
    [InlineData("Dispose", File)]
    [InlineData("Save", PossibleFile)]
    public void Every_object_is_disposed_of_once(string name, string expected) => Assert.Equal(
        expected.Replace("via=", $"via={name}>", StringComparison.Ordinal), EffectLab.Of(
            $"public void M() => {name}(); bool _done; void {name}() {{ if (_done) return; _done = true; {Read} }}"));

    [Theory]
    [InlineData("while (n > 7) { n--; " + Read + " }", File)]
    [InlineData("if (n > 9) while (n > 7) { n--; " + Read + " }", PossibleFile)]
    [InlineData("if (n > 9) GC.KeepAlive(null); while (n > 7) { n--; " + Read + " }", File)]
    [InlineData("while (n < 99) { if (n > 7) n++; else " + Read + " }", File)]
    [InlineData("while (n < 99) { n++; } if (n > 7) " + Read, PossibleFile)]
    [InlineData("while (true) { if (n > 7) break; " + Read + " n++; }", File)]
    public void A_branch_of_a_loop_comes_again(string body, string expected) =>
        Assert.Equal(expected, EffectLab.Of($"public void M(int n) {{ {body} GC.KeepAlive(n); GC.KeepAlive(n); }}"));

    [Theory]
    [InlineData("public void M(bool b) { if (b) " + Read + " }", "blocks kind=file twin=none given=b:true via=File.ReadAllText")]
    [InlineData("public void M(bool b, int n) { if (n > 7) { if (b) " + Read + " } }",
        "blocks kind=file twin=none certainty=possible given=b:true via=File.ReadAllText")]
    public void What_the_caller_asks_for_is_sure(string members, string expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("public void M(int n) { if (n > 7) return; N(); } void N() => File.ReadAllText(\"a\");",
        "blocks kind=file twin=none via=N>File.ReadAllText")]
    [InlineData("public void M(int n) { N(n); } void N(int n) { if (n > 7) File.ReadAllText(\"a\"); }",
        "blocks kind=file twin=none certainty=possible via=N>File.ReadAllText")]
    public void One_branch_on_the_way_is_enough(string members, string expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("if (_known.TryGetValue(k, out var f)) return f; f = File.ReadAllText(\"a\"); _known[k] = f; return f;", PossibleFile)]
    [InlineData("if (_known.TryGetValue(k, out var f)) return f; f = File.ReadAllText(\"a\"); _other[k] = f; return f;", File)]
    [InlineData("if (!_known.ContainsKey(k)) _known.Add(k, File.ReadAllText(\"a\")); return _known[k];", PossibleFile)]
    [InlineData("if (!_known.ContainsKey(k)) GC.KeepAlive(k); _known.Add(k, File.ReadAllText(\"a\")); return _known[k];", File)]
    public void What_is_kept_where_it_was_looked_up_is_made_once(string body, string expected) => Assert.Equal(expected, EffectLab.Of(
        $"Dictionary<string, string> _known = new(), _other = new(); public string M(string k) {{ {body} }}"));
}
