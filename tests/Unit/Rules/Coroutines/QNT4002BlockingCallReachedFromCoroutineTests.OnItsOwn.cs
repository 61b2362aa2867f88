using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// What the language calls on its own, and which of several bodies a contract leads to.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Theory]
    [InlineData("text += [|label|];", "text += 1;")]
    [InlineData("([|label.Name|], _) = pair;", "(label.Plain, _) = pair;")]
    [InlineData("(([|label.Name|], _), _) = (pair, 1);", "((label.Plain, _), _) = (pair, 1);")]
    [InlineData("[|label.Name|] ??= \"\";", "label.Plain ??= \"\";")]
    [InlineData("label = [|label with { Plain = \"\" }|];", "plain = plain with { Plain = \"\" };")]
    [InlineData("if ([|label == other|]) return;", "if (plain == null) return;")]
    [InlineData("foreach ([|double|] amount in amounts) text += 1;", "foreach (Amount amount in amounts) text += 1;")]
    public async Task The_language_calls_on_its_own(string use, string nearMiss)
    {
        await Flags(OnItsOwn(use));
        await Allows(OnItsOwn(nearMiss));
    }

    private static string OnItsOwn(string use) =>
        $$"""
        record Rest { public string Plain { get; set; } = ""; }
        record Label
        {
            public Label() { }
            protected Label(Label other) { Thread.Sleep(1); }
            public string Plain { get; set; } = "";
            public string Name { get => ""; set { Thread.Sleep(1); } }
            public virtual bool Equals(Label other) { Thread.Sleep(1); return true; }
            public override int GetHashCode() => 1;
            public override string ToString() { Thread.Sleep(1); return ""; }
        }
        struct Amount { public static implicit operator double(Amount a) { Thread.Sleep(1); return 1; } }
        class C
        {
            public async Task M(Label label, Label other, Rest plain, (string, int) pair, Amount[] amounts)
            { await Task.Yield(); var text = ""; {{use}} }
        }
        """;

    [Theory]
    [InlineData("record class", true)]
    [InlineData("record struct", false)]
    public async Task Only_a_class_is_copied_by_its_constructor(string kind, bool waits)
    {
        var code = $"public {kind} R {{ public R(R other) {{ Thread.Sleep(1); X = other.X; }} public int X {{ get; init; }} }} "
            + "class C { public async Task<R> M(R r) { await Task.Yield(); return {0}; } }";
        if (waits) await Flags(code.Replace("{0}", "[|r with { X = 1 }|]"));
        else await Allows(code.Replace("{0}", "r with { X = 1 }"));
    }

    [Fact]
    public Task A_text_that_is_asked_for_at_once_is_one() => Flags(
        """
        class Label { public override string ToString() { Thread.Sleep(1); return ""; } }
        class C { public async Task<string> M(Label label) { await Task.Yield(); return FormattableString.Invariant($"{[|label|]}"); } }
        """);

    // Nobody asks for the text yet.
    [Theory]
    [InlineData("FormattableString text = $\"{label}\";")]
    [InlineData("Show($\"{label}\");")]
    public async Task Parts_that_are_kept_are_no_text(string use)
    {
        const string Label = "class Label { public override string ToString() { Thread.Sleep(1); return \"\"; } }\n";
        const string Body = "class C { void Show({0} text) { } public async Task M(Label label) { await Task.Yield(); {1} } }";
        await Allows(Label + Body.Replace("{0}", "FormattableString").Replace("{1}", use));
        await Flags(Label + Body.Replace("{0}", "string")
            .Replace("{1}", use.Replace("FormattableString", "string").Replace("{label}", "{[|label|]}")));
    }

    [Theory]
    [InlineData("IHandler<string>", "return [|handler.Handle(\"\")|];")]
    [InlineData("Rule<string>", "return [|handler.Check(\"\")|];")]
    public Task One_of_the_bodies_of_a_generic_contract_is_meant(string type, string use) => Flags(Closed(type, use));

    [Theory]
    [InlineData("IHandler<int>", "return handler.Handle(1);")]
    [InlineData("Rule<int>", "return handler.Check(1);")]
    public Task The_other_body_of_a_generic_contract_does_not_wait(string type, string use) => Allows(Closed(type, use));

    // Which of them is not known: the possible form.
    [Theory]
    [InlineData("IHandler<T>", "return handler.Handle(default);")]
    [InlineData("IShow<string>", "return handler.Show(\"\");")]
    public Task Any_body_of_a_generic_contract_may_be_meant(string type, string use) => Allows(Closed(type, use));

    private static string Closed(string type, string use) =>
        $$"""
        interface IHandler<T> { int Handle(T one); }
        class Reads : IHandler<string> { public int Handle(string one) { Thread.Sleep(1); return 1; } }
        class Counts : IHandler<int> { public int Handle(int one) => one; }
        interface IShow<in T> { int Show(T one); }
        class ShowsAny : IShow<object> { public int Show(object one) { Thread.Sleep(1); return 1; } }
        class ShowsText : IShow<string> { public int Show(string one) => 1; }
        abstract class Rule<T> { public abstract int Check(T one); }
        class Slow : Rule<string> { public override int Check(string one) { Thread.Sleep(1); return 1; } }
        class Quick : Rule<int> { public override int Check(int one) => one; }
        class C<T> { public async Task<int> M({{type}} handler) { await Task.Yield(); {{use}} } }
        """;

    [Theory]
    [InlineData("using ([|unit|]) { }")]
    [InlineData("using var [|kept = make()|];")]
    [InlineData("[|unit.Dispose()|];")]
    public async Task The_only_body_behind_a_contract_that_can_be_disposed_of(string use)
    {
        const string Unit =
            """
            interface IUnit : IDisposable { }
            class Unit : IUnit { public void Dispose() { {0} } }
            class Other : IDisposable { public void Dispose() { Thread.Sleep(1); } }
            class C { public async Task M(IUnit unit, Func<IUnit> make) { await Task.Yield(); {1} } }
            """;
        await Flags(Unit.Replace("{0}", "Thread.Sleep(1);").Replace("{1}", use));
        await Allows(Unit.Replace("{0}", "").Replace("{1}", Plain(use)));
        // One of two is the possible form.
        await Allows("class None : IUnit { public void Dispose() { } }\n" + Unit.Replace("{0}", "Thread.Sleep(1);")
            .Replace("{1}", Plain(use)));
    }

    [Theory]
    [InlineData("Func<string> Load { get; } = () => File.ReadAllText(\"a\");", true)]
    [InlineData("Func<string> Load { get; private set; } = () => File.ReadAllText(\"a\");", true)]
    [InlineData("Func<string> Load { get; set; } = () => File.ReadAllText(\"a\");", false)]
    [InlineData("Func<string> Load { get; } = () => \"\";", false)]
    [InlineData("Func<string> Load => () => File.ReadAllText(\"a\");", true)]
    [InlineData("virtual Func<string> Load => () => File.ReadAllText(\"a\");", false)]
    [InlineData("Func<string> Load => () => \"\";", false)]
    public Task A_property_that_only_its_type_sets_holds_one_function(string property, bool waits) => waits
        ? Flags(Held(property, "[|Load()|];"))
        : Allows(Held(property, "Load();"));

    private static string Held(string property, string use) =>
        $$"""class C { public {{property}} public async Task M() { await Task.Yield(); {{use}} } }""";

    [Theory]
    [InlineData("IQueryable<int> Open => all.Where(n => n > 1);", "Open.ToList()")]
    [InlineData("IQueryable<int> Open() { return all.Where(n => n > 1); }", "Open().ToList()")]
    [InlineData("IQueryable<int> Open => Opened(); IQueryable<int> Opened() => all.Where(n => n > 1);", "Open.ToList()")]
    public async Task A_query_that_a_member_gives_is_the_databases(string members, string use)
    {
        await QueryFlags(Queried("Microsoft.EntityFrameworkCore.DbSet<int>", members, $"[|{use}|]"));
        await QueryAllows(Queried("IQueryable<int>", members, use));
    }

    // Who passes a query to a helper knows who answers it.
    [Theory]
    [InlineData("static int Sum(IQueryable<int> q) => q.Where(n => n > 1).Count();", "Sum(all)")]
    [InlineData("static int Sum(IQueryable<int> q) { var big = q.Where(n => n > 1); return big.Count(); }", "Sum(all.Where(n => n > 2))")]
    [InlineData("static int Sum(IQueryable<int> q) => Sum2(q); static int Sum2(IQueryable<int> q) => q.Count();", "Sum(all)")]
    public async Task A_query_that_is_passed_on_is_the_databases(string members, string use)
    {
        await Flags(Queried("Microsoft.EntityFrameworkCore.DbSet<int>", members, $"[|{use}|]"));
        await Allows(Queried("IQueryable<int>", members, use));
        await Allows(Queried("List<int>", members, use.Replace("all", "all.AsQueryable()")));
        await Verify<Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>.Allows(
            Queried("List<int>", members, use.Replace("all", "all.AsQueryable()")));
    }

    private static string Queried(string type, string members, string use) =>
        $$"""
        namespace Microsoft.EntityFrameworkCore { public abstract class DbSet<T> : EnumerableQuery<T>
        { protected DbSet() : base(Array.Empty<T>()) { } } }
        class Store({{type}} all) { {{members}} public async Task M() { await Task.Yield(); _ = {{use}}; } }
        """;

    private static Task QueryFlags(string code) =>
        Verify<Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>.Flags(code);

    private static Task QueryAllows(string code) =>
        Verify<Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>.Allows(code);
}
