using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4020PossiblyCpuBoundWorkInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed class QNT4020PossiblyCpuBoundWorkInCoroutineTests
{
    [Fact]
    public Task A_hash_for_every_element_of_an_input_is_possible() => Flags(
        """
        async Task M(List<byte[]> pages)
        {
            await Task.Yield();
            foreach (var page in pages) [|System.Security.Cryptography.SHA256.HashData(page)|];
        }
        """, "'M' may keep its thread busy");

    [Fact]
    public Task One_hash_is_allowed() => Allows(
        "async Task M(byte[] page) { await Task.Yield(); System.Security.Cryptography.SHA256.HashData(page); }");

    [Fact]
    public Task The_same_loop_in_synchronous_code_is_allowed() => Allows(
        "void M(List<byte[]> pages) { foreach (var page in pages) System.Security.Cryptography.SHA256.HashData(page); }");

    [Fact]
    public Task The_same_loop_on_the_pool_is_allowed() => Allows(
        """
        async Task M(List<byte[]> pages) => await Task.Run(() =>
        {
            foreach (var page in pages) System.Security.Cryptography.SHA256.HashData(page);
        });
        """);

    [Fact]
    public Task A_loop_that_only_adds_is_allowed() => Allows(
        "async Task<int> M(List<byte[]> pages) { await Task.Yield(); var n = 0; foreach (var page in pages) n += page.Length; return n; }");

    [Fact]
    public Task A_synchronous_request_is_told_too() => Flags(
        """
        public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public void Post(List<byte[]> pages) { foreach (var page in pages) [|System.Security.Cryptography.SHA256.HashData(page)|]; }
        }
        """);

    private static string Key(string condition, string work) =>
        "byte[] _key; async Task M(byte[] salt) { await Task.Yield(); if (" + condition + ") _key = " + work + "; }";

    private const string Derive = "System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(\"a\", salt, 600_000, "
        + "System.Security.Cryptography.HashAlgorithmName.SHA256, 32)";

    [Fact]
    public Task A_key_that_is_made_because_there_is_none_is_possible() => Flags(Key("_key == null", "[|" + Derive + "|]"));

    [Fact]
    public Task A_key_that_is_made_for_other_reasons_is_left_to_the_warning() => Allows(Key("salt != null", Derive));

    // RULES: a pattern with nested ambiguous quantifiers; any other goes through its text once or twice.
    [Theory]
    [InlineData("^(a+)+$", true)]
    [InlineData("(a|aa)*b", true)]
    [InlineData(@"(\w+\s?)*$", true)]
    [InlineData("^a+$", false)]
    [InlineData(@"(\d+)-(\d+)", false)]
    [InlineData(@"\(a+\)+", false)]
    [InlineData("(a|b)", false)]
    public async Task A_pattern_for_every_element_is_possible_where_it_is_ambiguous(string pattern, bool isFlagged)
    {
        var call = $"System.Text.RegularExpressions.Regex.IsMatch(text, @\"{pattern}\")";
        var own = "var own = new System.Text.RegularExpressions.Regex(@\"" + pattern + "\"); ";
        foreach (var (before, work) in new[] { ("", call), (own, "own.IsMatch(text)") })
        {
            var code = $"async Task M(List<string> texts) {{ await Task.Yield(); {before}foreach (var text in texts) {{0}}; }}";
            await (isFlagged ? Flags(code.Replace("{0}", $"[|{work}|]")) : Allows(code.Replace("{0}", work)));
        }
    }

    private const string Rsa = "System.Security.Cryptography.RSA.Create(4096)";

    [Theory]
    [InlineData("async Task M(int n) { await Task.Yield(); if (n < 0) { [|" + Rsa + "|]; throw new Exception(); } }")]
    [InlineData("public void Start() => Task.Run(() => M()); async Task M() => await N(); "
        + "async Task N() { await Task.Yield(); [|" + Rsa + "|]; }")]
    [InlineData("class DbSeeder { async Task M() { await Task.Yield(); [|" + Rsa + "|]; } }")]
    public Task A_key_that_hardly_holds_anybody_up_is_possible(string code) => Flags(code);

    [Theory]
    [InlineData("async Task M(int n) { await Task.Yield(); if (n < 0) { " + Rsa + "; } }")]
    [InlineData("public void Start() => M(); async Task M() => await N(); async Task N() { await Task.Yield(); " + Rsa + "; }")]
    [InlineData("class DbReader { async Task M() { await Task.Yield(); " + Rsa + "; } }")]
    [InlineData("public void Start() => Task.Run(() => M()); async Task M() => await N(); Func<Task> f; "
        + "async Task N() { await Task.Yield(); f = async () => { await Task.Yield(); " + Rsa + "; }; }")]
    public Task Any_other_key_is_left_to_the_warning(string code) => Allows(code);

    [Fact]
    public Task The_same_loop_in_a_coroutine_on_the_pool_is_allowed() => Allows(
        """
        Task M(List<byte[]> pages) => Task.Run(async () =>
        {
            await Task.Yield();
            foreach (var page in pages) System.Security.Cryptography.SHA256.HashData(page);
        });
        """);

    private const string Sort = "static void Sort(List<int> list) => list.Sort(); static void Both(List<int> list) => Sort(list); ";

    [Theory]
    [InlineData("foreach (var list in lists) [|Sort(list)|];")]
    [InlineData("foreach (var list in lists) [|Both(list)|];")]
    [InlineData("for (var i = 0; i < lists.Count; i++) [|Sort(lists[i])|];")]
    public Task Work_whose_size_the_loop_of_a_caller_chooses_is_possible(string statement) =>
        Flags(Sort + $"async Task M(List<List<int>> lists) {{ await Task.Yield(); {statement} }}", "Sort → List.Sort");

    [Theory]
    [InlineData("Sort(lists[0]);")]
    [InlineData("foreach (var list in lists) Sort(lists[0]);")]
    [InlineData("for (var i = 0; i < 3; i++) Sort(lists[i]);")]
    [InlineData("foreach (var list in lists) { await Task.Yield(); Sort(list); }")]
    public Task Work_whose_size_no_loop_over_input_chooses_is_allowed(string statement) =>
        Allows(Sort + $"async Task M(List<List<int>> lists) {{ await Task.Yield(); {statement} }}");
}
