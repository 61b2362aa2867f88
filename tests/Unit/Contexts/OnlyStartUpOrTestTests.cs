using Quintet.Analyzers.Catalogue;

namespace Quintet.Tests.Contexts;

/// <summary>Code that only start-up or tests reach. A wrong yes silences findings, so every way in must be known.</summary>
public sealed class OnlyStartUpOrTestTests
{
    [Theory]
    [InlineData("static void Main() => X();", true)]
    [InlineData("static async Task Main() { X(); await Task.Yield(); }", true)]
    [InlineData("static void Main() => B(); static void B() => X();", true)]
    [InlineData("static async Task Main() => await B(); static async Task B() { X(); await Task.Yield(); }", true)]
    [InlineData("static void Main() => B(); static void B() { B(); X(); }", true)]
    [InlineData("static void Main() => B(); static void B() { D(); X(); } static void D() => B();", true)]
    [InlineData("static void Main() => new List<int>().ForEach(i => X());", true)]
    [InlineData("static void Main() { void L() => X(); L(); }", true)]
    [InlineData("static void Main() => _ = P; static int P { get { X(); return 1; } }", true)]
    [InlineData("static void Main() => _ = new C(); C() => X();", true)]
    [InlineData("static void Main() { C c = new(); } C() => X();", true)]
    [InlineData("static void Main() { }", false)]
    [InlineData("static void Main() { } static void B() => X();", false)]
    [InlineData("static void Main() { } static void B() { D(); X(); } static void D() => B();", false)]
    [InlineData("static void Main() => X(); static async Task B() { X(); await Task.Yield(); }", false)]
    [InlineData("static void Main() => X(); static void B() => Task.Run(X);", false)]
    [InlineData("static void Main() { X(); Task.Run(X); }", false)]
    [InlineData("static void Main() { X(); Task.Run(() => X()); }", false)]
    [InlineData("static void Main() => Task.Run(() => X()).Wait();", true)]
    [InlineData("static void Main() => Task.Run(async () => { await Task.Yield(); X(); }).GetAwaiter().GetResult();", true)]
    [InlineData("static async Task Main() => await Task.Run(() => X()).ConfigureAwait(false);", true)]
    [InlineData("static void Main() => Task.Run(() => X()).ContinueWith(t => { });", false)]
    [InlineData("static void Main() { _ = L(); } static async Task L() { while (true) { await Task.Delay(1); X(); } }", false)]
    [InlineData("static Task T; static void Main() { T = L(); } "
        + "static async Task L() { while (true) { await Task.Delay(1); X(); } }", false)]
    [InlineData("static async Task Main() { await L(); } static async Task L() { while (true) { await Task.Delay(1); X(); } }", true)]
    [InlineData("static void Main() { _ = L(); } static async Task L() { await Task.Delay(1); X(); }", true)]
    [InlineData("static void Main() { X(); Keep(X); } static void Keep(Action a) { }", false)]
    [InlineData("static void Main() { X(); new Lazy<int>(() => { X(); return 1; }); }", false)]
    [InlineData("static void Main() { X(); _ = nameof(X); }", false)]
    [InlineData("static void Main() { X(); dynamic d = new C(); d.X(); }", false)]
    [InlineData("static unsafe void Main() { X(); delegate*<void> p = &X; }", false)]
    [InlineData("static void Main() => X(); static int I = Y(); static int Y() { X(); return 1; }", false)]
    [InlineData("static void Main() { X(); _ = P; } public static int P { get { X(); return 1; } }", false)]
    [InlineData("static void Main() { X(); _ = new C(); } static C() => X();", false)]
    [InlineData("static void Main() { X(); _ = new C() + 1; } public static C operator +(C c, int i) { X(); return c; }", false)]
    [InlineData("static void Main() { X(); new C().ToString(); } public override string ToString() { X(); return \"\"; }", false)]
    [InlineData("static void Main() { X(); new C().Dispose(); } public void Dispose() => X();", false)]
    [InlineData("static void Main() { X(); B(); } [Quick] static void B() => X();", false)]
    [InlineData("static void Main() { X(); B(); } [Obsolete] static void B() => X();", true)]
    [InlineData("static void Main() { X(); B(); } "
        + "[System.Runtime.CompilerServices.ModuleInitializer] internal static void B() => X();", false)]
    public void Every_caller_must_be_start_up(string members, bool expected) => Assert.Equal(
        expected,
        ContextLab.Program($"class Quick : Attribute {{ }} class C {{ static void X() {{ }} {members} "
            + $"}}").Inherited("X").OnlyStartUpOrTest);

    [Theory]
    [InlineData("class C { public static void Main() => _ = new D(); } class D { public D() { } }", true)]
    [InlineData("class C { public static void Main() => _ = new D(); } class D { public D() { } D Again() => new D(); }", false)]
    [InlineData("class C { public static void Main() => _ = new D(); } class D { public D() { } D Again() => new(); }", false)]
    [InlineData("class C { public static void Main() => _ = new D(); } class D { public D() { } D Again() { D d = new(); return d; } "
        + "}", false)]
    [InlineData("class C { public static void Main() => _ = new D(); } class D { public D() { } object Again() { Lock d = new(); "
        + "return d; } }", true)]
    [InlineData("class C { public static void Main() => _ = new D(); } class D { public D() { } } class E : D { }", false)]
    [InlineData("class C { public static void Main() => _ = new E(); } class D { public D() { } } class E : D { }", true)]
    [InlineData("class C { public static void Main() => _ = new D(); } class D { public D() { } } "
        + "class E : D { static E Again() => new E(); }", false)]
    [InlineData("class C { public static void Main() { _ = new D(); Make<D>(); } static void Make<T>() { } } class D { public D() { } "
        + "}", false)]
    [InlineData("class C { public static void Main() { _ = new D(); _ = new List<D>(); } } class D { public D() { } }", true)]
    [InlineData("class C { public static void Main() { _ = new D(); _ = new P<D>(); } } class P<T> where T : new() { } "
        + "class D { public D() { } }", false)]
    [InlineData("class C { public static void Main() { _ = new D(); _ = typeof(D); } } class D { public D() { } }", false)]
    [InlineData("class C { public static void Main() { _ = new D(); _ = typeof(C); } } class D { public D() { } }", true)]
    [InlineData("class C { public static void Main() => _ = new D(); } class D : Attribute { public D() { } }", false)]
    [InlineData("class C { public static void Main() => _ = new D(); } record D { public D() { } }", false)]
    public void Whoever_constructs_must_be_start_up(string code, bool expected) =>
        Assert.Equal(expected, ContextLab.Program(code).Inherited("D..ctor").OnlyStartUpOrTest);

    [Fact]
    public void A_type_under_another_name_may_be_constructed_by_it() =>
        Assert.False(ContextLab.Program("using Shop = D; class C { public static void Main() => _ = new D(); Shop B() => new Shop(); } "
            + "class D { public D() { } }").Inherited("D..ctor").OnlyStartUpOrTest);

    [Theory]
    [InlineData("class D { public void X() { } }", "D", true)]
    [InlineData("interface I { void X(); } class D : I { public void X() { } }", "D", false)]
    [InlineData("interface I { void Y(); } class D : I { public void X() { } public void Y() { } }", "D", true)]
    [InlineData("class B { public virtual void X() { } } class D : B { public override void X() { } }", "D", false)]
    [InlineData("interface I { void X(); static void Use(I i) => i.X(); } class D { public void X() { } } class E : D, I { }", "D", false)]
    [InlineData("interface I { void X(); static void Use(I i) => i.X(); } sealed class D { public void X() { } }", "D", true)]
    [InlineData("interface I { void X(int i); static void Use(I i) => i.X(1); } class D { public void X() { } }", "D", true)]
    public void A_slot_may_be_called_from_elsewhere(string type, string made, bool expected) =>
        Assert.Equal(expected, ContextLab.Program($"class C {{ public static void Main() => new {made}().X(); }} "
            + $"{type}").Inherited("D.X").OnlyStartUpOrTest);

    [Fact]
    public void A_library_shows_its_public_members_to_anyone()
    {
        const string code = "public class C { public static void Main() { X(); Y(); } public static void X() { } "
            + "internal static void Y() { } private static void Z() { } }";
        Assert.False(ContextLab.Library(code).Inherited("X").OnlyStartUpOrTest);
        Assert.True(ContextLab.Library(code).Inherited("Y").OnlyStartUpOrTest);
        Assert.True(ContextLab.Program(code).Inherited("X").OnlyStartUpOrTest);
        Assert.False(ContextLab.Program(code).Inherited("Z").OnlyStartUpOrTest);
    }

    [Fact]
    public void A_friend_that_is_no_test_may_call_what_is_internal()
    {
        const string code = "class C { static void Main() { X(); Y(); } internal static void X() { } private static void Y() { } }";
        static ContextLab Befriended(string friend) =>
            ContextLab.Library($"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")]\n{code}");
        Assert.False(Befriended("Shop").Inherited("X").OnlyStartUpOrTest);
        Assert.True(Befriended("Shop").Inherited("Y").OnlyStartUpOrTest);
        Assert.True(Befriended("Shop.Tests").Inherited("X").OnlyStartUpOrTest);
        Assert.True(Befriended("DynamicProxyGenAssembly2").Inherited("X").OnlyStartUpOrTest);
    }

    [Fact]
    public void A_root_is_never_only_start_up()
    {
        var lab = ContextLab.Program(
            """
            class C : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                public static void Main() { new C().Act(); new C().Work(); }
                public int Act() { X(); return 1; } internal async Task Work() { Y(); await Task.Yield(); } void X() { } void Y() { }
            }
            """);
        Assert.False(lab.Inherited("Act").OnlyStartUpOrTest);
        Assert.False(lab.Inherited("X").OnlyStartUpOrTest);
        Assert.True(lab.Inherited("Work").OnlyStartUpOrTest);
        Assert.True(lab.Inherited("Y").OnlyStartUpOrTest);
        Assert.True(lab.Inherited("Main").OnlyStartUpOrTest);
    }

    [Fact]
    public void Top_level_statements_and_their_local_functions_are_start_up()
    {
        var lab = ContextLab.Program("X(); Local(); await Local2(); void Local() { C.Y(); } async Task Local2() => await Task.Yield(); "
            + "static void X() { } class C { public static void Y() { } }");
        foreach (var name in new[] { "X", "Local", "Local2", "Y" }) Assert.True(lab.Inherited(name).OnlyStartUpOrTest, name);
    }

    [Fact]
    public void An_endpoint_in_the_top_level_statements_is_not()
    {
        var lab = ContextLab.Program("using Microsoft.AspNetCore.Builder;\nvar app = WebApplication.Create(); "
            + "app.MapGet(\"/\", () => X()); Y(); static int X() => 1; static int Y() => 1;");
        Assert.Equal(RunContext.Request, lab.Inherited("X").Contexts);
        Assert.False(lab.Inherited("X").OnlyStartUpOrTest);
        Assert.True(lab.Inherited("Y").OnlyStartUpOrTest);
    }

    [Theory]
    [InlineData("[Fact] public void T() => X();", true)]
    [InlineData("[Fact] public async Task T() { await Task.Run(() => X()); }", true)]
    [InlineData("[Fact] public void T() => Assert.Throws<Exception>(() => X());", true)]
    [InlineData("[Fact] public void T() => Keep(() => X()); static void Keep(Action a) { }", true)]
    [InlineData("[Fact] public void T() => new Thread(X).Start();", true)]
    [InlineData("public static IEnumerable<object[]> Data() { X(); return []; } "
        + "[Theory, MemberData(nameof(Data))] public void T(object o) { }", true)]
    [InlineData("public C() => X(); [Fact] public void T() { }", true)]
    [InlineData("int _i = Y(); static int Y() { X(); return 1; } [Fact] public void T() { }", true)]
    [InlineData("static int _i = Y(); static int Y() { X(); return 1; } [Fact] public void T() { }", true)]
    [InlineData("public void Dispose() => X(); [Fact] public void T() { }", true)]
    [InlineData("public void Dispose(int i) => X(); [Fact] public void T() { }", false)]
    [InlineData("public C() => X(); public void T() { }", false)]
    [InlineData("public void T() => X();", false)]
    [InlineData("[Obsolete] public void T() => X();", false)]
    [InlineData("[Fact] public void T() { } async Task U() { X(); await Task.Yield(); }", false)]
    [InlineData("static void Main() => Task.Run(X);", false)]
    public void What_a_test_reaches_is_test_code(string members, bool expected) =>
        Assert.Equal(expected, ContextLab.Library($"using Xunit; public class C {{ public static void X() {{ }} {members} "
            + $"}}", [.. Frameworks.Xunit]).Inherited("X").OnlyStartUpOrTest);

    [Fact]
    public void Tests_of_other_runners_and_their_setup_are_tests()
    {
        var lab = ContextLab.Library("using NUnit.Framework; [TestFixture] public class C { [Test] public void T() { } "
            + "[SetUp] public async Task S() => await Task.Yield(); public void H() { } }", Frameworks.NUnit);
        Assert.Equal(RunContext.Test, lab.Own("T"));
        Assert.Equal(RunContext.Test | RunContext.Coroutine, lab.Own("S"));
        Assert.Equal(RunContext.Unknown, lab.Own("H"));
    }

    [Fact]
    public void A_life_time_of_a_test_is_a_test()
    {
        var lab = ContextLab.Library(
            """
            using Xunit;
            public class C : IAsyncLifetime { public async ValueTask InitializeAsync() => await Task.Yield();
            public ValueTask DisposeAsync() { Thread.Sleep(1); return default; } public C() { } void H() { } }
            """, [.. Frameworks.Xunit]);
        Assert.Equal(RunContext.Test | RunContext.Coroutine, lab.Own("InitializeAsync"));
        Assert.Equal(RunContext.Test, lab.Own("DisposeAsync"));
        Assert.Equal(RunContext.Test, lab.Own("C..ctor"));
        Assert.Equal(RunContext.Unknown, lab.Own("H"));
    }

    [Fact]
    public void An_attribute_without_its_package_is_known_by_its_name()
    {
        var lab = ContextLab.Broken("class C { [Fact] void T() => X(); [TestMethod] void U() => X(); void X() { } [Fake] void V() { } }");
        Assert.Equal(RunContext.Test, lab.Own("T"));
        Assert.Equal(RunContext.Test, lab.Own("U"));
        Assert.Equal(RunContext.Unknown, lab.Own("V"));
        Assert.True(lab.Inherited("X").OnlyStartUpOrTest);
    }
}
