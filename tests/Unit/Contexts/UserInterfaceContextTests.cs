using Quintet.Analyzers.Catalogue;
using static Quintet.Analyzers.Catalogue.RunContext;

namespace Quintet.Tests.Contexts;

/// <summary>Event loops of user interfaces: handlers, virtuals, messages and commands.</summary>
public sealed class UserInterfaceContextTests
{
    [Theory]
    [InlineData("void Run(object? s, EventArgs e) { }", EventLoop)]
    [InlineData("void Run(object s, System.Windows.Forms.MouseEventArgs e) { }", EventLoop)]
    [InlineData("static void Run(object s, EventArgs e) { }", EventLoop)]
    [InlineData("async void Run(object s, EventArgs e) { await Task.Yield(); }", EventLoop | Coroutine)]
    [InlineData("async Task Run(object s, EventArgs e) { await Task.Yield(); }", EventLoop | Coroutine)]
    [InlineData("void Run<T>(object s, T e) where T : EventArgs { }", EventLoop)]
    [InlineData("int Run(object s, EventArgs e) => 1;", Unknown)]
    [InlineData("void Run(string s, EventArgs e) { }", Unknown)]
    [InlineData("void Run(object s, string e) { }", Unknown)]
    [InlineData("void Run(object s, EventArgs e, int more) { }", Unknown)]
    [InlineData("void Run(EventArgs e) { }", Unknown)]
    [InlineData("void Run(object s, DoWorkEventArgs e) { }", Pool)]
    [InlineData("void Run(object s, RunWorkerCompletedEventArgs e) { }", EventLoop)]
    [InlineData("void Run(object s, System.Timers.ElapsedEventArgs e) { }", Pool)]
    [InlineData("void Run(object s, RenamedEventArgs e) { }", Pool)]
    public void A_method_of_the_handler_shape_in_a_form_is_a_handler(string member, object expected) =>
        Assert.Equal(expected, ContextLab.Library($"class C : System.Windows.Forms.Form {{ {member} }}", Frameworks.WinForms).Own("Run"));

    // A worker of the pool tells a window of its end on the window's thread; anybody else is told on the pool.
    [Theory]
    [InlineData("System.Windows.Forms.Form", "RunWorkerCompleted", EventLoop)]
    [InlineData("System.Windows.Forms.Form", "ProgressChanged", EventLoop)]
    [InlineData("System.Windows.Forms.Form", "DoWork", Pool)]
    [InlineData("System.Windows.Forms.Form", "Disposed", Later)]
    [InlineData("object", "RunWorkerCompleted", Later)]
    public void What_a_worker_tells_is_told_where_it_was_started(string type, string raised, object expected) => Assert.Equal(
        expected,
        ContextLab.Library($"class C : {type} {{ void M(BackgroundWorker w) {{ w.{raised} += [|(s, e) => {{ }}|]; }} }}",
            Frameworks.WinForms).Marked());

    [Fact]
    public void A_method_of_the_handler_shape_elsewhere_is_not_a_handler()
    {
        var lab = ContextLab.Library("class C { void Run(object s, EventArgs e) { } } "
            + "class D : System.Windows.Forms.Form { C c = new(); }", Frameworks.WinForms);
        Assert.Equal(Unknown, lab.Own("Run"));
    }

    [Theory]
    [InlineData("protected override void OnLoad(EventArgs e) { }", "OnLoad", EventLoop)]
    [InlineData("protected override void OnClick(EventArgs e) { }", "OnClick", EventLoop)]
    [InlineData("public override string Text { get => \"\"; set { } }", "set_Text", EventLoop)]
    [InlineData("protected new void OnLoad(EventArgs e) { }", "OnLoad", Unknown)]
    [InlineData("public override string ToString() => \"\";", "ToString", Unknown)]
    public void Overrides_of_a_forms_virtuals_run_on_its_loop(string member, string name, object expected) =>
        Assert.Equal(expected, ContextLab.Library($"class C : System.Windows.Forms.Form {{ {member} }}", Frameworks.WinForms).Own(name));

    [Fact]
    public void A_virtual_that_the_users_own_form_adds_is_called_by_the_users_own_code()
    {
        var lab = ContextLab.Library(
            """
            class Base : System.Windows.Forms.Form { protected virtual void Fill() { } protected override void OnLoad(EventArgs e) { } }
            class C : Base { protected override void Fill() { } protected override void OnLoad(EventArgs e) { } }
            """, Frameworks.WinForms);
        Assert.Equal(Unknown, lab.Own("C.Fill"));
        Assert.Equal(EventLoop, lab.Own("C.OnLoad"));
    }

    [Fact]
    public void A_framework_given_as_source_is_the_same_framework()
    {
        var lab = ContextLab.Library(
            """
            namespace System.Windows.Forms
            {
                public class Control { protected virtual void OnClick(EventArgs e) { } }
                public class Form : Control { protected virtual void OnLoad(EventArgs e) { } }
            }
            class C : System.Windows.Forms.Form { protected override void OnLoad(EventArgs e) { }
            protected override void OnClick(EventArgs e) { } }
            """);
        Assert.Equal(EventLoop, lab.Own("C.OnLoad"));
        Assert.Equal(EventLoop, lab.Own("C.OnClick"));
        Assert.Equal(Unknown, lab.Own("Form.OnLoad"));
    }

    [Fact]
    public void Wpf_and_maui_are_known()
    {
        Assert.Equal(EventLoop, ContextLab.Library("class C : System.Windows.Window { void Run(object s, System.Windows.RoutedEventArgs "
            + "e) { } }", Frameworks.Wpf).Own("Run"));
        Assert.Equal(EventLoop, ContextLab.Library("class C : Microsoft.Maui.Controls.ContentPage { protected override void "
            + "OnAppearing() { } }", Frameworks.Maui).Own("C.OnAppearing"));
    }

    [Fact]
    public void Arguments_that_end_in_the_word_are_arguments_of_an_event()
    {
        // WinUI's arguments do not derive from System.EventArgs.
        var lab = ContextLab.Library(
            """
            class TappedRoutedEventArgs { } class Tapped { } class Derived : EventArgs { }
            class C : System.Windows.Window { void A(object s, TappedRoutedEventArgs e) { } void B(object s, Tapped e) { }
            void D(object s, Derived e) { } }
            """, Frameworks.Wpf);
        Assert.Equal(EventLoop, lab.Own("C.A"));
        Assert.Equal(Unknown, lab.Own("C.B"));
        Assert.Equal(EventLoop, lab.Own("C.D"));
    }

    [Fact]
    public void Unity_sends_messages_by_name()
    {
        var lab = ContextLab.Library(
            "class C : UnityEngine.MonoBehaviour { void Update() { } void Refresh() { } void Awake() { void Start() { } Start(); } } "
                + "class D { void Update() { } }", Frameworks.Unity);
        Assert.Equal(EventLoop, lab.Own("C.Update"));
        Assert.Equal(Unknown, lab.Own("C.Refresh"));
        Assert.Equal(Unknown, lab.Own("Start"));
        Assert.Equal(Unknown, lab.Own("D.Update"));
    }

    [Theory]
    [InlineData("[CommunityToolkit.Mvvm.Input.RelayCommand] void Run() { }", EventLoop)]
    [InlineData("[CommunityToolkit.Mvvm.Input.RelayCommand] async Task Run() => await Task.Yield();", EventLoop | Coroutine)]
    [InlineData("[Obsolete] void Run() { }", Unknown)]
    public void A_relay_commands_body_runs_on_the_loop(string member, object expected) =>
        Assert.Equal(expected, ContextLab.Library($"class C {{ {member} }}", Frameworks.Toolkit).Own("Run"));

    [Theory]
    [InlineData("[EventLoop] void Run() { }", EventLoop)]
    [InlineData("[RunsOn(\"EventLoop\")] void Run() { }", EventLoop)]
    [InlineData("[RunsOn(\"event loop\")] void Run() { }", EventLoop)]
    [InlineData("[RunsOn(Model.Goroutine)] void Run() { }", RunContext.Parallel)]
    [InlineData("[RunsOn(typeof(GilThread))] void Run() { }", RunContext.GilThread)]
    [InlineData("[RunsOn(Model.Process)] async Task Run() => await Task.Yield();", WorkerProcess | Coroutine)]
    [InlineData("[RunsOn(On = \"Turn\")] void Run() { }", Turn)]
    [InlineData("[RunsOn(\"Moon\")] void Run() { }", Unknown)]
    [InlineData("[Loops] void Run() { }", Unknown)]
    [InlineData("[EventLoop] int Size { get { Run(); return 1; } } void Run() { }", Unknown)]
    public void The_author_says_where_a_method_runs(string member, object expected) =>
        Assert.Equal(expected, Annotated($"class C {{ {member} }}").Own("Run"));

    [Fact]
    public void An_annotation_reaches_members_accessors_overrides_and_nested_types_of_what_carries_it()
    {
        var lab = Annotated(
            """
            [EventLoop] class C { void A() { } class Inner { void B() { } } }
            class D { [RunsOn("Pool")] int Size { get { return 1; } } [RunsOn("Pool")] public virtual void V() { }
            [RunsOn("Pool")] public virtual void W() { } }
            class E : D { public override void V() { } public override void W() { } public void X() { } }
            """);
        Assert.Equal(EventLoop, lab.Own("C.A"));
        Assert.Equal(EventLoop, lab.Own("Inner.B"));
        Assert.Equal(Pool, lab.Own("get_Size"));
        Assert.Equal(Pool, lab.Own("E.V"));
        Assert.Equal(Unknown, lab.Own("E.X"));
    }

    [Fact]
    public void The_authors_word_stands_in_place_of_a_base_types()
    {
        var lab = Annotated("class C : Microsoft.AspNetCore.Mvc.ControllerBase { [RunsOn(\"Dedicated\")] public int Run() => 1; "
            + "public int Go() => 1; }");
        Assert.Equal(Dedicated, lab.Own("Run"));
        Assert.Equal(Request, lab.Own("Go"));
    }

    private static ContextLab Annotated(string code) => ContextLab.Library(
        """
        [AttributeUsage(AttributeTargets.All)] class EventLoopAttribute : Attribute { } class LoopsAttribute : Attribute { }
        [AttributeUsage(AttributeTargets.All)] class RunsOnAttribute : Attribute { public RunsOnAttribute() { }
        public RunsOnAttribute(object model) { } public string? On { get; set; } }
        enum Model { Goroutine, Process } class GilThread { }

        """ + code);
}
