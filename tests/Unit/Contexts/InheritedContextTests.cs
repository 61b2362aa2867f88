using Quintet.Analyzers.Catalogue;
using static Quintet.Analyzers.Catalogue.RunContext;

namespace Quintet.Tests.Contexts;

/// <summary>What a body that has no context of its own gets from those who call it.</summary>
public sealed class InheritedContextTests
{
    [Theory]
    [InlineData("async Task A() { X(); await Task.Yield(); }", Coroutine)]
    [InlineData("async Task A() { B(); await Task.Yield(); } void B() { X(); }", Coroutine)]
    [InlineData("async Task A() { B(); await Task.Yield(); } void B() => Task.Run(X);", Pool)]
    [InlineData("async Task A() { B(); await Task.Yield(); } void B() => Task.Run(() => X());", Pool)]
    [InlineData("async Task A() { B(); await Task.Yield(); } void B() => new List<int>().ForEach(i => X());", Coroutine)]
    [InlineData("async Task A() { B(); await Task.Yield(); } void B() => new List<int>().ForEach(async i => { X(); await Task.Yield(); "
        + "});", Coroutine)]
    [InlineData("void B() => new List<int>().ForEach(async i => { X(); await Task.Yield(); });", Coroutine)]
    [InlineData("async Task A() { B(); await Task.Yield(); } void B() => Keep(() => X()); void Keep(Action a) { }", Unknown)]
    [InlineData("async Task A() { await Task.Yield(); void B() => X(); B(); }", Coroutine)]
    [InlineData("async Task A() { await Task.Yield(); } void B() => X();", Unknown)]
    [InlineData("async Task A() { X(); await Task.Yield(); } void B() => Task.Run(X);", Coroutine | Pool)]
    [InlineData("async Task A() { _ = new List<int>().Find(X); await Task.Yield(); } bool X(int i) => true;", Unknown)]
    [InlineData("async Task A() { _ = nameof(X); await Task.Yield(); }", Unknown)]
    [InlineData("async Task A() { B(); await Task.Yield(); } void B() { E(); } void E() { B(); X(); }", Coroutine)]
    [InlineData("async Task A() { B(); await Task.Yield(); } int P => Y(); void B() { _ = P; } int Y() { X(); return 1; }", Coroutine)]
    [InlineData("async Task A() { B = 1; await Task.Yield(); } int B { get => 1; set => X(); }", Coroutine)]
    [InlineData("async Task A() { _ = B; await Task.Yield(); } int B { get => 1; set => X(); }", Unknown)]
    [InlineData("async Task A() { B++; await Task.Yield(); } int B { get => 1; set => X(); }", Coroutine)]
    [InlineData("async Task A() { B++; await Task.Yield(); } int B { get { X(); return 1; } set { } }", Coroutine)]
    [InlineData("async Task A() { B = 1; await Task.Yield(); } int B { get { X(); return 1; } set { } }", Unknown)]
    [InlineData("async Task A() { B += 1; await Task.Yield(); } int B { get { X(); return 1; } set { } }", Coroutine)]
    [InlineData("async Task A() { (B, _) = (1, 1); await Task.Yield(); } int B { get => 1; set => X(); }", Coroutine)]
    [InlineData("async Task A() { (B, _) = (1, 1); await Task.Yield(); } int B { get { X(); return 1; } set { } }", Unknown)]
    public void A_private_method_inherits_from_its_callers(string members, object expected) =>
        Assert.Equal(expected, ContextLab.Library($"class C {{ void X() {{ }} {members} }}").Inherited("X").Contexts);

    [Theory]
    [InlineData("public class", "public", Unknown)]
    [InlineData("public class", "protected", Unknown)]
    [InlineData("public class", "internal", Coroutine)]
    [InlineData("public class", "private protected", Coroutine)]
    [InlineData("internal class", "public", Coroutine)]
    public void What_a_library_shows_may_be_called_by_anyone(string type, string access, object expected) =>
        Assert.Equal(expected, ContextLab.Library($"{type} C {{ {access} void X() {{ }} async Task A() {{ X(); await Task.Yield(); }} "
            + $"}}").Inherited("X").Contexts);

    [Fact]
    public void A_visible_method_in_between_hides_what_is_behind_it()
    {
        const string code = "public class C { void X() { } public void B() { X(); } async Task A() { B(); await Task.Yield(); } }";
        Assert.Equal(Unknown, ContextLab.Library(code).Inherited("X").Contexts);
        Assert.Equal(Coroutine, ContextLab.Program(code).Inherited("X").Contexts);
    }

    [Fact]
    public void A_public_method_of_a_program_has_no_other_callers() =>
        Assert.Equal(Coroutine, ContextLab.Program("public class C { public void X() { } async Task A() { X(); await Task.Yield(); } "
            + "}").Inherited("X").Contexts);

    [Theory]
    [InlineData("C Make() => new C();")]
    [InlineData("C Make() => new();")]
    [InlineData("C Make() { C c = new(); return c; }")]
    [InlineData("C Make() { C? c = new(); return c; }")]
    [InlineData("class E : C { } C Make() => new E();")]
    [InlineData("class E : C { public E() { } } C Make() => new E();")]
    [InlineData("class E : C { public E() : base() { } } C Make() => new E();")]
    [InlineData("class E(int i) : C() { public int I => i; } C Make() => new E(1);")]
    [InlineData("class E(int i) : C { public int I => i; } C Make() => new E(1);")]
    [InlineData("class E { C _c = new(); } E Make() => new E();")]
    [InlineData("class E { C _c { get; } = new C(); } E Make() => new E();")]
    public void A_constructor_is_called_by_creations_and_derived_constructors(string members)
    {
        var code = $"class C {{ public C() {{ }} }} class D {{ {members} async Task A() {{ Make(); await Task.Yield(); }} }}";
        Assert.Equal(Coroutine, ContextLab.Library(code).Inherited("C..ctor").Contexts);
        Assert.Equal(Unknown, ContextLab.Library(code.Replace("Make();", "", StringComparison.Ordinal)).Inherited("C..ctor").Contexts);
    }

    [Fact]
    public void A_constructor_is_called_by_its_siblings()
    {
        var lab = ContextLab.Library("class C { public C() : this(\"\") { } C(int i) { } C(string s) { X(); } void X() { } "
            + "static async Task A() { _ = new C(); await Task.Yield(); } }");
        Assert.Equal(Coroutine, lab.Inherited("X").Contexts);
    }

    [Fact]
    public void A_derived_constructor_that_names_another_base_constructor_does_not_call_this_one()
    {
        var lab = ContextLab.Library(
            """
            class C { public C() { Y(); } public C(int i) { } void Y() { } }
            class E : C { public E() : base(1) { } static async Task A() { _ = new E(); await Task.Yield(); } }
            """);
        Assert.Equal(Unknown, lab.Inherited("Y").Contexts);
    }

    [Fact]
    public void Initialisers_of_fields_run_in_the_constructors()
    {
        var lab = ContextLab.Library("class C { int _i = X(); static int X() => 1; static async Task A() { _ = new C(); "
            + "await Task.Yield(); } }");
        Assert.Equal(Coroutine, lab.Inherited("X").Contexts);
        Assert.Equal(Unknown, ContextLab.Library("class C { static int I = X(); static int X() => 1; "
            + "static async Task A() { _ = new C(); await Task.Yield(); } }").Inherited("X").Contexts);
    }

    [Fact]
    public void An_extension_and_a_generic_method_are_found_by_their_definitions()
    {
        var lab = ContextLab.Library("static class C { static void X<T>(this T t) { } static void Y<T>(T t) { } "
            + "static async Task A() { 1.X(); Y(\"\"); await Task.Yield(); } }");
        Assert.Equal(Coroutine, lab.Inherited("X").Contexts);
        Assert.Equal(Coroutine, lab.Inherited("Y").Contexts);
    }

    [Fact]
    public void Calls_in_queries_conditional_accesses_and_interpolations_are_found()
    {
        var lab = ContextLab.Library(
            """
            class C
            {
                int X() => 1; int Y() => 1; int Z() => 1; int Q() => 1;
                async Task A(C? c) { _ = from i in new[] { 1 } select X(); c?.Y(); _ = $"// {Z()}"; await Task.Yield(); }
                void B(int[] a) { _ = from i in a.AsParallel() select Q(); }
            }
            """);
        Assert.Equal(Coroutine, lab.Inherited("X").Contexts);
        Assert.Equal(Coroutine, lab.Inherited("Y").Contexts);
        Assert.Equal(Coroutine, lab.Inherited("Z").Contexts);
        Assert.Equal(RunContext.Parallel, lab.Inherited("Q").Contexts);
    }

    [Fact]
    public void A_receiver_of_a_method_group_is_computed_at_once()
    {
        var lab = ContextLab.Library("class C { void Go() { } C X() => this; async Task A() { _ = Task.Run(X().Go); await Task.Yield(); "
            + "} }");
        Assert.Equal(Coroutine, lab.Inherited("X").Contexts);
        Assert.Equal(Pool, lab.Inherited("Go").Contexts);
    }

    [Fact]
    public void That_a_method_handed_on_is_async_is_not_its_callers_affair() =>
        Assert.Equal(Pool, ContextLab.Library("class C { void B() => Task.Run(X); async Task X() => await Task.Yield(); "
            + "}").Inherited("X").Contexts);

    [Fact]
    public void A_local_function_and_a_lambda_inherit_too()
    {
        var lab = ContextLab.Library("class C { async Task A() { X(); new List<int>().ForEach([|i => { }|]); await Task.Yield(); "
            + "void X() { } } void B() { void X() { } } }");
        Assert.Equal(Coroutine, lab.Inherited("X").Contexts);
        Assert.Equal(Coroutine, lab.MarkedInherited().Contexts);
        Assert.Equal(Unknown, ContextLab.Library("class C { async Task A() { await Task.Yield(); } "
            + "void B() { new List<int>().ForEach([|i => { }|]); } }").MarkedInherited().Contexts);
    }

    [Fact]
    public void Partial_methods_and_types_are_one()
    {
        var lab = ContextLab.Library("partial class C { private partial void X(); async Task A() { X(); await Task.Yield(); } } "
            + "partial class C { private partial void X() { } }");
        Assert.Equal(Coroutine, lab.Inherited("X").Contexts);
    }

    [Fact]
    public void A_handler_hands_its_loop_down()
    {
        var lab = ContextLab.Library("class F : System.Windows.Forms.Form { void Load(object s, EventArgs e) => Fill(); "
            + "void Fill() => Read(); int Read() => 1; }", Frameworks.WinForms);
        Assert.Equal(EventLoop, lab.Inherited("Read").Contexts);
    }

    [Fact]
    public void A_helper_with_too_many_callers_is_unknown()
    {
        static string Code(int calls) => "class C { void X() { } "
            + "async Task A() { " + string.Concat(Enumerable.Repeat("X();", calls)) + " await Task.Yield(); } }";
        Assert.Equal(Coroutine, ContextLab.Library(Code(200)).Inherited("X").Contexts);
        Assert.Equal(Unknown, ContextLab.Library(Code(201)).Inherited("X").Contexts);
    }

    [Fact]
    public void Too_many_callers_in_all_are_unknown()
    {
        static string Code(int depth) => "class C { void X0() { } async Task A() { await Task.Yield(); "
            + string.Concat(Enumerable.Range(0, depth).Select(static i => $"X{i}();")) + " } "
            + string.Concat(Enumerable.Range(1, depth).Select(static i => $"void X{i}() => X{i - 1}();")) + " }";
        Assert.Equal(Coroutine, ContextLab.Library(Code(90)).Inherited("X0").Contexts);
        Assert.Equal(Unknown, ContextLab.Library(Code(110)).Inherited("X0").Contexts);
    }

    [Fact]
    public void The_order_of_the_questions_does_not_matter()
    {
        const string code = "class C { async Task A() { B(); await Task.Yield(); } void B() { D(); } void D() { B(); E(); } "
            + "void E() { D(); } void F() => Task.Run(E); }";
        foreach (var order in new[] { new[] { "B", "D", "E" }, ["E", "D", "B"], ["D", "E", "B"] })
        {
            var lab = ContextLab.Library(code);
            foreach (var name in order) Assert.Equal(Coroutine | Pool, lab.Inherited(name).Contexts);
        }
    }

    [Fact]
    public void Code_that_does_not_compile_does_no_harm()
    {
        var lab = ContextLab.Broken(
            """
            class C : Missing { [Gone] void X() { } async Task A() { X(; Y(); } void B(dynamic d) { d.X(); unknown.X(); X(1, 2, 3); }
            override void Z( { }
            event Foo Bar; int this[int] { get; } C( : base(X()) { } static operator
            """);
        Assert.NotNull(lab.Inherited("X").ToString());
        Assert.Equal(Unknown, lab.Own("X"));
    }
}
