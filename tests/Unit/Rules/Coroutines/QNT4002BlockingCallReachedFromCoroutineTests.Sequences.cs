using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Sequences run where somebody walks through them, and not where they are made.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Theory]
    [InlineData("var q = Lines(); foreach (var x in [|q|]) { }")]
    [InlineData("var q = Lines(); _ = [|q|].ToList();")]
    [InlineData("IEnumerable<string> q = Lines().Where(x => x != \"\"); foreach (var x in [|q|]) { }")]
    [InlineData("var q = Lines(); q = q.Skip(1); _ = [|q|].Count();")]
    [InlineData("foreach (var x in from x in [|Lines()|] where x != \"\" select x) { }")]
    [InlineData("_ = (from x in [|Lines()|] where x != \"\" select x).ToList();")]
#if !OLDEST_ROSLYN // What a spread holds is no operation there.
    [InlineData("string[] all = [.. [|Lines()|]];")]
#endif
    [InlineData("_ = new HashSet<string>([|Lines()|]);")]
    [InlineData("_ = string.Join(\",\", [|Lines()|]);")]
    [InlineData("new List<string>().AddRange([|Lines()|]);")]
    [InlineData("var q = Lines(); _ = new List<string>([|q|]);")]
    [InlineData("using var e = Lines().GetEnumerator(); while ([|e.MoveNext()|]) { }")]
    [InlineData("foreach (var x in [|Local()|]) { } IEnumerable<string> Local() { yield return File.ReadAllText(\"a\"); }")]
    public Task Walking_through_an_iterator_runs_it(string use) => Flags(Walk(use));

    // Each as one above, but nobody walks through it.
    [Theory]
    [InlineData("var q = Lines(); var p = q;")]
    [InlineData("var q = Lines(); _ = q.Skip(1);")]
    [InlineData("IEnumerable<string> q = Lines().Where(x => x != \"\");")]
    [InlineData("var q = from x in Lines() where x != \"\" select x;")]
    [InlineData("IEnumerable<string>[] all = [Lines()];")]
    [InlineData("new List<IEnumerable<string>>().Add(Lines());")]
    [InlineData("using var e = Lines().GetEnumerator();")]
    [InlineData("_ = Local(); IEnumerable<string> Local() { yield return File.ReadAllText(\"a\"); }")]
    public Task An_iterator_that_nobody_walks_through_is_allowed(string use) => Allows(Walk(use));

    private static string Walk(string use) =>
        "IEnumerable<string> Lines() { yield return File.ReadAllText(\"a\"); } "
        + $"public async Task M() {{ await Task.Yield(); {use} }}";

    [Theory]
    [InlineData("_ = [|e|].ToList();")]
#if !OLDEST_ROSLYN
    [InlineData("int[] all = [.. [|e|]];")]
#endif
    [InlineData("_ = string.Join(\",\", [|e|]);")]
    [InlineData("new List<int>().AddRange([|e|]);")]
    [InlineData("_ = new HashSet<int>([|e|]);")]
    [InlineData("var q = from x in e where x > 3 select x; _ = [|q|].Any();")]
    public async Task Walking_through_a_collection_of_ones_own_runs_it(string use)
    {
        const string Type =
            """
            class E : IEnumerable<int>
            {
                public IEnumerator<int> GetEnumerator() { {0} yield return 1; }
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }

            """;
        const string Call = "class C { public async Task M(E e) { await Task.Yield(); {0} } }";
        await Flags(Type.Replace("{0}", ASleep) + Call.Replace("{0}", use));
        await Allows(Type.Replace("{0}", "") + Call.Replace("{0}", Plain(use)));
    }

    [Fact]
    public Task A_query_over_a_collection_of_ones_own_runs_nothing() => Allows(
        """
        class E : IEnumerable<int>
        {
            public IEnumerator<int> GetEnumerator() { Thread.Sleep(100); yield return 1; }
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
        class C { public async Task M(E e) { await Task.Yield(); var q = e.Where(x => x > 3); } }
        """);

    // A member that gives the sequence of an iterator runs nothing: who walks through what it gives does.
    [Theory]
    [InlineData("foreach (var x in [|Prop|]) { }")]
    [InlineData("_ = [|Prop|].ToList();")]
    [InlineData("var q = Prop; foreach (var x in [|q|]) { }")]
    [InlineData("foreach (var x in [|Some()|]) { }")]
    [InlineData("var q = Some(); _ = [|q|].Count();")]
    [InlineData("foreach (var x in [|Shared(this)|]) { }")]
    [InlineData("foreach (var x in [|Local()|]) { } IEnumerable<string> Local() => Lines();")]
    public Task Walking_through_what_a_member_gives_on_runs_it(string use) => Flags(Given(use));

    [Theory]
    [InlineData("_ = Prop;")]
    [InlineData("var q = Prop; _ = q.Skip(1);")]
    [InlineData("var q = Some();")]
    [InlineData("_ = Some().Where(x => x != \"\");")]
    [InlineData("_ = Shared(this);")]
    [InlineData("foreach (var x in Other()) { }")]
    [InlineData("_ = Local(); IEnumerable<string> Local() => Lines();")]
    public Task What_a_member_gives_on_is_allowed_where_nobody_walks_through_it(string use) => Allows(Given(use));

    private static string Given(string use) =>
        $$"""
        class C
        {
            IEnumerable<string> Lines() { yield return File.ReadAllText("a"); }
            IEnumerable<string> Prop => Lines();
            IEnumerable<string> Some() => Prop.Where(x => x != "");
            IEnumerable<string> Other() { _ = Lines(); return new string[0]; }
            static IEnumerable<string> Shared(C c) { return c.Some(); }
            public async Task M() { await Task.Yield(); {{use}} }
        }
        """;

    private static string Handed(string call) =>
        "IEnumerable<int> Steps() { Thread.Sleep(1); yield return 1; } IEnumerable<int> _kept; "
        + "void Use(IEnumerable<int> all) { foreach (var one in all) Console.WriteLine(one); } "
        + "int Add(IEnumerable<int> all) => all.Where(n => n > 1).Sum(); "
        + "void Pass(IEnumerable<int> all) => Use(all); "
        + "void Keep(IEnumerable<int> all) => _kept = all; "
        + "IEnumerable<int> Filter(IEnumerable<int> all) => all.Where(n => n > 1); "
        + "async Task M() { await Task.Yield(); " + call + " }";

    // Whoever is given a sequence and walks through it runs it.
    [Theory]
    [InlineData("[|Use(Steps())|];")]
    [InlineData("[|Use(Steps().Where(n => n > 1))|];")]
    [InlineData("var steps = Steps(); [|Use(steps)|];")]
    [InlineData("[|Pass(Steps())|];")]
    [InlineData("[|Add(Steps())|];")]
    [InlineData("IEnumerable<int> Own() { Thread.Sleep(1); yield return 1; } [|Use(Own())|];")]
    public Task A_sequence_that_is_given_to_who_walks_through_it_is_flagged(string call) => Flags(Handed(call));

    [Theory]
    [InlineData("Keep(Steps());")]
    [InlineData("Filter(Steps());")]
    [InlineData("Use(new[] { 1 });")]
    [InlineData("var steps = Steps(); Use(new[] { 1 });")]
    [InlineData("IEnumerable<int> Own() { yield return 1; } Use(Own());")]
    public Task A_sequence_that_is_given_to_who_keeps_it_is_allowed(string call) => Allows(Handed(call));
}
