using Microsoft.CodeAnalysis;

namespace Quintet.Tests.Contexts;

/// <summary>
/// Frameworks that this machine does not have, in their real namespaces and shapes, compiled to references as a package is:
/// a virtual of theirs must not count as source.
/// </summary>
internal static class Frameworks
{
    public static readonly MetadataReference WinForms = Reference(
        "System.Windows.Forms",
        """
        using System; using System.ComponentModel;
        namespace System.Windows.Forms
        {
            public class Control : Component
            {
                public event EventHandler? Click; public event MouseEventHandler? MouseMove;
                protected virtual void OnClick(EventArgs e) => Click?.Invoke(this, e);
                protected virtual void OnMove(MouseEventArgs e) => MouseMove?.Invoke(this, e);
                public object? Invoke(Delegate method) => null; public void Invoke(Action method) { }
                public IAsyncResult BeginInvoke(Delegate method) => null!;
                public virtual string Text { get => ""; set { } }
            }
            public class MouseEventArgs : EventArgs { }
            public delegate void MouseEventHandler(object? sender, MouseEventArgs e);
            public class Button : Control { }
            public class Form : Control { public event EventHandler? Load;
            protected virtual void OnLoad(EventArgs e) => Load?.Invoke(this, e); }
        }
        """);

    public static readonly MetadataReference Wpf = Reference(
        "PresentationFramework",
        """
        using System; using System.Threading.Tasks;
        namespace System.Windows
        {
            public class UIElement { } public class FrameworkElement : UIElement { public event EventHandler? Initialized;
            protected void Raise() => Initialized?.Invoke(this, EventArgs.Empty); }
            public class RoutedEventArgs : EventArgs { }
            public delegate void RoutedEventHandler(object sender, RoutedEventArgs e);
            public class Window : FrameworkElement { public event RoutedEventHandler? Loaded;
            protected void Load() => Loaded?.Invoke(this, new()); }
        }
        namespace System.Windows.Threading { public class Dispatcher { public void Invoke(Action callback) { }
        public void InvokeAsync(Action callback) { } } }
        """);

    public static readonly MetadataReference Unity = Reference(
        "UnityEngine",
        "namespace UnityEngine { public class Object { } public class Component : Object { } public class Behaviour : Component { } "
            + "public class MonoBehaviour : Behaviour { } }");

    public static readonly MetadataReference Maui = Reference(
        "Microsoft.Maui.Controls",
        """
        using System;
        namespace Microsoft.Maui.Controls
        {
            public class BindableObject { } public class Element : BindableObject { } public class VisualElement : Element { }
            public class Page : VisualElement { protected virtual void OnAppearing() { } } public class ContentPage : Page { }
        }
        """);

    public static readonly MetadataReference Toolkit = Reference(
        "CommunityToolkit.Mvvm",
        """
        using System;
        namespace CommunityToolkit.Mvvm.Input
        { [AttributeUsage(AttributeTargets.Method)] public sealed class RelayCommandAttribute : Attribute { } }
        """);

    public static readonly MetadataReference NUnit = Reference(
        "nunit.framework",
        """
        using System;
        namespace NUnit.Framework { public class TestAttribute : Attribute { } public class SetUpAttribute : Attribute { }
        public class TestFixtureAttribute : Attribute { } }
        """);

    public static readonly MetadataReference Grpc = Reference(
        "Grpc.Core.Api",
        """
        using System;
        namespace Grpc.Core { public abstract class ServerCallContext { }
        public class BindServiceMethodAttribute(Type type, string name) : Attribute { public Type T => type; public string N => name; } }
        """);

    /// <summary>The real one: the tests themselves run on it.</summary>
    public static readonly IReadOnlyList<MetadataReference> Xunit =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is "xunit.v3.core.dll" or "xunit.v3.assert.dll" or "xunit.v3.common.dll")
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static MetadataReference Reference(string assembly, string code)
    {
        var compilation = ContextLab.Compile(OutputKind.DynamicallyLinkedLibrary, code, [], assembly);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.Empty(result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        return MetadataReference.CreateFromStream(image);
    }
}
