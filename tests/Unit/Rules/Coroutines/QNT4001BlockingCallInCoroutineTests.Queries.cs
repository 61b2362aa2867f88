using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Queries: of a database, and of objects that nobody walks through.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    [Theory]
    [InlineData("_ = [|(from n in all where n > 1 select n).ToList()|];")]
    [InlineData("_ = [|(from n in all select n + 1).First()|];")]
    [InlineData("var q = from n in all where n > 1 select n; _ = [|q.ToList()|];")]
    [InlineData("foreach (var n in [|from n in all where n > 1 select n|]) { }")]
    [InlineData("_ = [|all.AsEnumerable().ToList()|];")]
    [InlineData("_ = [|all.AsEnumerable().Where(n => n > 1).ToDictionary(n => n)|];")]
    [InlineData("IEnumerable<int> q = all; _ = [|q.ToList()|];")]
    [InlineData("_ = [|all.AsEnumerable().First()|];")]
    [InlineData("_ = [|all.AsEnumerable().Where(n => n > 1).Count()|];")]
    [InlineData("foreach (var n in [|all.AsEnumerable().Where(n => n > 1)|]) { }")]
    public async Task A_query_of_a_set_may_be_written_in_many_ways(string use)
    {
        await Flags(Asked("Microsoft.EntityFrameworkCore.DbSet<int>", use));
        await Allows(Asked("List<int>", use.Replace("[|", "").Replace("|]", "")));
    }

    // A query that is made in steps comes from where the first one does.
    [Theory]
    [InlineData("var q = all.Where(n => n > 1); if (all != null) q = q.Where(n => n > 2); _ = [|q.ToList()|];")]
    [InlineData("var q = all.AsEnumerable(); if (all != null) q = q.Where(n => n > 2); _ = [|q.ToList()|];")]
    public async Task A_query_may_be_made_in_steps(string use)
    {
        await Flags(Asked("Microsoft.EntityFrameworkCore.DbSet<int>", use));
        await Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>
            .Allows(Asked("List<int>", "var all = given.AsQueryable(); " + Plain(use), "given"));
    }

    // Who goes through what was asked for already, or through what somebody else gives, asks nobody.
    [Theory]
    [InlineData("q.Where(n => n > 1)", true)]
    [InlineData("Kept(q)", false)]
    public Task Only_steps_of_a_query_ask_again(string step, bool asks)
    {
        var code = Asked("Microsoft.EntityFrameworkCore.DbSet<int>", "IEnumerable<int> q = all; q = " + step
            + (asks ? "; _ = [|q.ToList()|];" : "; _ = q.ToList();")) + "\n";
        code = code.Replace("class Store {", "class Store { static IEnumerable<int> Kept(IEnumerable<int> of) => [];");
        return asks ? Flags(code) : Allows(code);
    }

    [Fact]
    public async Task A_query_that_a_method_makes_in_steps_comes_from_its_first()
    {
        const string Steps = "private readonly {0} _all; IQueryable<int> Some() { var q = {1}; if (_all != null) q = q.Where(n => n > 2); "
            + "return q; } public async Task M() { await Task.Yield(); _ = ";
        const string Set = "namespace Microsoft.EntityFrameworkCore { public abstract class DbSet<T> : EnumerableQuery<T> "
            + "{ protected DbSet() : base(Array.Empty<T>()) { } } } class Store { ";
        await Flags(Set + Steps.Replace("{0}", "Microsoft.EntityFrameworkCore.DbSet<int>").Replace("{1}", "_all.Where(n => n > 1)")
            + "[|Some().ToList()|]; } }");
        await Allows(Set + Steps.Replace("{0}", "List<int>").Replace("{1}", "_all.AsQueryable()") + "Some().ToList(); } }");
        // if (…) return _kept;
        await Allows(Set + "private readonly IQueryable<int> _kept; " + Steps.Replace("{0}", "Microsoft.EntityFrameworkCore.DbSet<int>")
            .Replace("{1}", "_all.Where(n => n > 1); if (_all == null) return _kept") + "Some().ToList(); } }");
    }

    [Theory]
    [InlineData("var q = from n in all where n > 1 select n;")]
    [InlineData("_ = all.AsEnumerable().Where(n => n > 1);")]
    public Task A_query_of_a_set_that_nobody_runs_is_allowed(string use) =>
        Allows(Asked("Microsoft.EntityFrameworkCore.DbSet<int>", use));

    // Nobody has read a line or a folder yet; and each where somebody does.
    [Theory]
    [InlineData("var l = {0}; return l.Select(p => p.Trim());", "var l = [|{0}|]; return l.Select(p => p.Trim()).ToList();")]
    [InlineData("var l = {0}.Skip(1); return l;", "var l = [|{0}|].Skip(1); foreach (var p in l) { } return l;")]
    [InlineData("return {0}.Select(p => p.Trim());", "return [|{0}|].Select(p => p.Trim()).ToArray();")]
    public async Task What_is_read_only_later_is_left_to_the_possible_form(string kept, string read)
    {
        foreach (var lazy in (string[])["File.ReadLines(\"a\")", "Directory.EnumerateFiles(\"a\", \"*\", SearchOption.AllDirectories)"])
        {
            const string Body = "async Task<IEnumerable<string>> M() { await Task.Yield(); {0} }";
            await Allows(Body.Replace("{0}", kept).Replace("{0}", lazy));
            await Flags(Body.Replace("{0}", read).Replace("{0}", lazy));
        }
    }

    private static string Plain(string use) => use.Replace("[|", "").Replace("|]", "");

    private static string Asked(string type, string use, string name = "all") =>
        $$"""
        namespace Microsoft.EntityFrameworkCore { public abstract class DbSet<T> : EnumerableQuery<T>
        { protected DbSet() : base(Array.Empty<T>()) { } } }
        class Store { public async Task M({{type}} {{name}}) { await Task.Yield(); {{use}} } }
        """;

    [Theory]
    [InlineData("var q = paths.Select(p => File.ReadAllText(p));")]
    [InlineData("var q = from p in paths where File.ReadAllText(p) == \"\" select p;")]
    [InlineData("_kept = paths.Select(File.ReadAllText);")]
    [InlineData("var q = paths.Where(p => File.ReadAllText(p) != \"\"); _kept = q;")]
    [InlineData("return new Found { Texts = paths.Select(p => File.ReadAllText(p)) };")]
    [InlineData("var all = new List<IEnumerable<string>>(); all.Add(paths.Select(File.ReadAllText));")]
    public Task A_query_that_nobody_runs_here_is_left_to_the_possible_form(string use) => Allows(Paths(use));

    // Each as one above, and somebody walks through it, or may.
    [Theory]
    [InlineData("var q = paths.Select(p => [|File.ReadAllText(p)|]); _ = q.ToList();")]
    [InlineData("_ = (from p in paths where [|File.ReadAllText(p)|] == \"\" select p).Any();")]
    [InlineData("_kept = paths.Select([|File.ReadAllText|]).ToList();")]
    [InlineData("var q = paths.Where(p => [|File.ReadAllText(p)|] != \"\"); _kept = q; foreach (var t in q) { }")]
    [InlineData("return new Found { Texts = paths.Select(p => [|File.ReadAllText(p)|]).ToArray() };")]
    [InlineData("var all = new List<string>(); all.AddRange(paths.Select([|File.ReadAllText|]));")]
    [InlineData("Show(paths.Select([|File.ReadAllText|]));")]
    public Task A_query_that_somebody_runs_is_flagged(string use) => Flags(Paths(use));

    private static string Paths(string use) =>
        $$"""
        class Found { public IEnumerable<string> Texts; }
        class C
        {
            IEnumerable<string> _kept;
            void Show(IEnumerable<string> texts) { foreach (var text in texts) Console.WriteLine(text); }
            public async Task<Found> M(string[] paths) { await Task.Yield(); {{use}} {{(use.Contains("return") ? "" : "return null;")}} }
        }
        """;
}
