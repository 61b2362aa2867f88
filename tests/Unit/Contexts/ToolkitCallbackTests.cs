using Quintet.Analyzers.Catalogue;
using static Quintet.Analyzers.Catalogue.RunContext;

namespace Quintet.Tests.Contexts;

/// <summary>What toolkits call besides handlers: virtuals, property callbacks, converters, timers. Near misses stand beside each.</summary>
public sealed class ToolkitCallbackTests
{
    private const string Own =
        """
        namespace Own
        {
            public delegate object CoerceValueCallback(object d, object value); public delegate void UnityAction();
            public class Meta { public Meta(CoerceValueCallback coerce) { } public Predicate<object>? Filter { get; set; } }
            public class Timer { public event EventHandler<object>? Tick; void R() => Tick?.Invoke(this, 1); }
            public class Event { public void AddListener(UnityAction call) { } }
            public class Thing { protected virtual void OnPropertyChanged(string name) { } public virtual void OnInspectorGUI() { }
            public void StartTimer(TimeSpan t, Func<bool> f) { } public void StartCoroutine(System.Collections.IEnumerator one) { } }
            public interface IPointerClickHandler { void OnPointerClick(object data); }
        }

        """;

    [Theory]
    [InlineData("_ = new PropertyMetadata(1, null, [|(d, v) => v|]);", EventLoop)]
    [InlineData("_ = new PropertyMetadata(1, null, new CoerceValueCallback([|Coerce|]));", EventLoop)]
    [InlineData("_ = new PropertyMetadata(1, null, [|Coerce|]);", EventLoop)]
    [InlineData("_ = new PropertyMetadata(1, [|(d, e) => { }|], null);", EventLoop)]
    [InlineData("DependencyProperty.Register(\"A\", typeof(int), typeof(C), null, [|v => true|]);", EventLoop)]
    [InlineData("new PropertyMetadata(1, null, null).CoerceValueCallback = [|Coerce|];", EventLoop)]
    [InlineData("_ = new Own.Meta([|(d, v) => v|]);", Unknown)]
    [InlineData("Func<object, bool> kept = [|v => true|];", Unknown)]
    [InlineData("new UIElement().AddHandler(1, new RoutedEventHandler([|(s, e) => { }|]));", EventLoop)]
    [InlineData("new System.Windows.Data.CollectionView().Filter = [|o => true|];", EventLoop)]
    [InlineData("new System.Windows.Data.ListCollectionView().Filter = [|o => true|];", EventLoop)]
    [InlineData("new Own.Meta((d, v) => v).Filter = [|o => true|];", Unknown)]
    [InlineData("view.CurrentChanged += [|(s, e) => { }|];", EventLoop)]
    public void Wpf_calls_them_from_its_dispatcher(string statement, object expected) => Assert.Equal(expected, ContextLab.Library(
        "using System.Windows; class C { object Coerce(DependencyObject d, object v) => v; void M(ICollectionView view) { " + statement
        + " } }\n" + Own, Toolkits.Wpf).Marked());

    [Theory]
    [InlineData("DependencyObject", "protected override void OnPropertyChanged(DependencyPropertyChangedEventArgs e) { }",
        "C.OnPropertyChanged", EventLoop)]
    [InlineData("ContentElement", "protected override void OnGotFocus(EventArgs e) { }", "C.OnGotFocus", EventLoop)]
    [InlineData("Controls.DataTemplateSelector", "public override object? SelectTemplate(object item) => null;",
        "C.SelectTemplate", EventLoop)]
    [InlineData("Controls.ValidationRule", "public override bool Validate(object v, System.Globalization.CultureInfo c) => true;",
        "C.Validate", EventLoop)]
    public void Wpf_calls_its_virtuals_from_its_dispatcher(string parent, string member, string name, object expected) => Assert.Equal(
        expected,
        ContextLab.Library("using System.Windows; class C : System.Windows." + parent + " { " + member + " }", Toolkits.Wpf).Own(name));

    [Theory]
    [InlineData("protected override void OnPropertyChanged(string name) { }", "C.OnPropertyChanged")]
    [InlineData("public override void OnInspectorGUI() { }", "C.OnInspectorGUI")]
    public void A_virtual_of_that_name_elsewhere_is_none(string member, string name) =>
        Assert.Equal(Unknown, ContextLab.Library("class C : Own.Thing { " + member + " }\n" + Own, Toolkits.Wpf).Own(name));

    [Theory]
    [InlineData("new Microsoft.UI.Xaml.DispatcherTimer().Tick += [|(s, e) => { }|];", EventLoop)]
    [InlineData("new Microsoft.UI.Xaml.DispatcherTimer().Tick += [|OnTick|];", EventLoop)]
    [InlineData("timer.Tick += [|(s, e) => { }|];", EventLoop)]
    [InlineData("new Own.Timer().Tick += [|(s, e) => { }|];", Later)]
    public void WinUI_ticks_on_the_windows_thread(string statement, object expected) => Assert.Equal(expected, ContextLab.Library(
        "class C { void OnTick(object? s, object e) { } void M(Microsoft.UI.Dispatching.DispatcherQueueTimer timer) { " + statement
        + " } }\n" + Own, Toolkits.WinUi).Marked());

    [Fact]
    public void WinUI_converts_back_on_the_windows_thread()
    {
        var lab = ContextLab.Library("class C : Microsoft.UI.Xaml.Data.IValueConverter { public object Convert(object v, Type t, object p, "
            + "string l) => v; public object ConvertBack(object v, Type t, object p, string l) => v; }"
            + " class D { public object ConvertBack(object v, Type t, object p, string l) => v; }", Toolkits.WinUi);
        Assert.Equal(EventLoop, lab.Own("C.ConvertBack"));
        Assert.Equal(Unknown, lab.Own("D.ConvertBack"));
    }

    [Theory]
    [InlineData("d.StartTimer(TimeSpan.Zero, [|() => true|]);", EventLoop)]
    [InlineData("new Own.Thing().StartTimer(TimeSpan.Zero, [|() => true|]);", Unknown)]
    [InlineData("t.Tick += [|(s, e) => { }|];", EventLoop)]
    [InlineData("Microsoft.Maui.Controls.Device.BeginInvokeOnMainThread([|() => { }|]);", EventLoop)]
    [InlineData("Microsoft.Maui.ApplicationModel.MainThread.BeginInvokeOnMainThread([|() => { }|]);", EventLoop)]
    [InlineData("BindableProperty.Create(\"A\", typeof(int), typeof(C), propertyChanged: [|(b, o, n) => { }|]);", EventLoop)]
    public void Maui_calls_them_on_the_main_thread(string statement, object expected) => Assert.Equal(expected, ContextLab.Library(
        "using Microsoft.Maui.Controls; using Microsoft.Maui.Dispatching; "
        + "class C { void M(IDispatcher d, IDispatcherTimer t) { " + statement + " } }\n" + Own, Toolkits.Maui).Marked());

    [Theory]
    [InlineData("Element", "protected override void OnBindingContextChanged() { }", "C.OnBindingContextChanged")]
    [InlineData("DataTemplateSelector", "protected override object? OnSelectTemplate(object item) => null;", "C.OnSelectTemplate")]
    public void Maui_calls_its_virtuals_on_the_main_thread(string parent, string member, string name) => Assert.Equal(
        EventLoop, ContextLab.Library("class C : Microsoft.Maui.Controls." + parent + " { " + member + " }", Toolkits.Maui).Own(name));

    // Avalonia itself, as the tests of the catalogue have it.
    [Theory]
    [InlineData("_ = new Avalonia.Data.Converters.FuncValueConverter<string, string>([|s => s|]);", EventLoop)]
    [InlineData("_ = new Lazy<string>([|() => \"\"|]);", Later)]
    [InlineData("Avalonia.AvaloniaProperty.Register<Box, int>(\"V\", coerce: [|(o, v) => v|]);", EventLoop)]
    [InlineData("Avalonia.AvaloniaProperty.Register<Box, int>(\"V\", validate: [|v => true|]);", EventLoop)]
    [InlineData("Box.V.Changed.AddClassHandler<Box>([|(b, e) => { }|]);", EventLoop)]
    [InlineData("Box.V.Changed.Subscribe([|e => { }|]);", Unknown)]
    public void Avalonia_calls_them_on_the_UI_thread(string statement, object expected) => Assert.Equal(expected, ContextLab.Library(
        """
        using Avalonia;
        class Box : Avalonia.Controls.Control { public static readonly StyledProperty<int> V = AvaloniaProperty.Register<Box, int>("V"); }
        static class Also { public static void Subscribe<T>(this IObservable<T> all, Action<T> one) { } }
        class C { void M() { 
        """ + statement + " } }").Marked());

    [Theory]
    [InlineData("Avalonia.Controls.Control", "protected override void OnPropertyChanged(Avalonia.AvaloniaPropertyChangedEventArgs c) { }",
        "C.OnPropertyChanged", EventLoop)]
    [InlineData("Avalonia.Controls.Control", "protected override void OnInitialized() { }", "C.OnInitialized", EventLoop)]
    [InlineData("Avalonia.Controls.Control", "protected void OnInitialised() { }", "C.OnInitialised", Unknown)]
    [InlineData("Avalonia.Data.Converters.IMultiValueConverter",
        "public object? Convert(IList<object?> v, Type t, object? p, System.Globalization.CultureInfo c) => null;", "C.Convert", EventLoop)]
    [InlineData("Avalonia.Controls.Templates.IDataTemplate", "public Avalonia.Controls.Control? Build(object? data) => null; "
        + "public bool Match(object? data) => true;", "C.Build", EventLoop)]
    public void Avalonia_calls_its_virtuals_on_the_UI_thread(string parent, string member, string name, object expected) =>
        Assert.Equal(expected, ContextLab.Library("class C : " + parent + " { " + member + " }").Own(name));

    [Theory]
    [InlineData("n.LocationChanged += [|(s, e) => { }|];", EventLoop)]
    [InlineData("f.OnFieldChanged += [|(s, e) => { }|];", EventLoop)]
    [InlineData("f.OnValidationRequested += [|Asked|];", EventLoop)]
    [InlineData("EventCallback.Factory.CreateBinder(this, [|v => { }|], 1);", EventLoop)]
    [InlineData("b.AddAttribute(1, \"ChildContent\", (RenderFragment)([|c => { }|]));", EventLoop)]
    [InlineData("RenderFragment kept = [|c => { }|]; b.AddContent(1, kept);", EventLoop)]
    [InlineData("b.AddAttribute(1, \"Each\", (RenderFragment<int>)([|i => c => { }|]));", EventLoop)]
    [InlineData("b.AddAttribute(1, \"On\", (Action<int>)([|c => { }|]));", Unknown)]
    [InlineData("new Own.Timer().Tick += [|(s, e) => { }|];", Later)]
    public void Blazor_calls_them_on_the_renderers_dispatcher(string statement, object expected) => Assert.Equal(
        expected, ContextLab.Library(
        """
        using Microsoft.AspNetCore.Components; using Microsoft.AspNetCore.Components.Forms; using Microsoft.AspNetCore.Components.Rendering;
        class C { void Asked(object? s, ValidationRequestedEventArgs e) { }
        void M(NavigationManager n, EditContext f, RenderTreeBuilder b) {
        """ + statement + " } }\n" + Own).Marked());

    [Fact]
    public void Blazor_sets_parameters_on_the_renderers_dispatcher()
    {
        var lab = ContextLab.Library("using Microsoft.AspNetCore.Components; class C : ComponentBase { [Parameter] public int A "
            + "{ get => 1; set { } } public int B { get => 1; set { } } }");
        Assert.Equal(EventLoop, lab.Own("C.set_A"));
        Assert.Equal(Unknown, lab.Own("C.set_B"));
    }

    [Theory]
    [InlineData("e.AddListener([|() => { }|]);", EventLoop)]
    [InlineData("e.AddListener([|Clicked|]);", EventLoop)]
    [InlineData("f.AddListener([|v => { }|]);", EventLoop)]
    [InlineData("new Own.Event().AddListener([|() => { }|]);", Unknown)]
    public void Unity_raises_its_events_on_the_main_thread(string statement, object expected) => Assert.Equal(expected, ContextLab.Library(
        "using UnityEngine.Events; class C { void Clicked() { } void M(UnityEvent e, UnityEvent<int> f) { " + statement + " } }\n" + Own,
        Toolkits.Unity).Marked());

    [Theory]
    [InlineData("UnityEngine.MonoBehaviour, UnityEngine.EventSystems.IPointerClickHandler", "public void OnPointerClick(object d) { }",
        "C.OnPointerClick", EventLoop)]
    [InlineData("Own.IPointerClickHandler", "public void OnPointerClick(object d) { }", "C.OnPointerClick", Unknown)]
    [InlineData("UnityEngine.MonoBehaviour", "void OnJointBreak(float f) { }", "C.OnJointBreak", EventLoop)]
    [InlineData("Own.Thing", "void OnJointBreak(float f) { }", "C.OnJointBreak", Unknown)]
    [InlineData("UnityEditor.Editor", "public override void OnInspectorGUI() { }", "C.OnInspectorGUI", EventLoop)]
    [InlineData("UnityEditor.EditorWindow", "void OnGUI() { }", "C.OnGUI", EventLoop)]
    [InlineData("UnityEditor.EditorWindow", "void OnGui() { }", "C.OnGui", Unknown)]
    public void Unity_calls_them_on_the_main_thread(string parent, string member, string name, object expected) => Assert.Equal(
        expected, ContextLab.Library("class C : " + parent + " { " + member + " }\n" + Own, Toolkits.Unity).Own(name));
}
