using Microsoft.CodeAnalysis;

namespace Quintet.Tests.Contexts;

/// <summary>What toolkits call besides handlers, in their real namespaces and shapes, as references.</summary>
internal static class Toolkits
{
    public static readonly MetadataReference Wpf = Frameworks.Reference(
        "PresentationFramework",
        """
        using System; using System.ComponentModel; using System.Globalization;
        namespace System.ComponentModel { public interface ICollectionView { Predicate<object>? Filter { get; set; }
        event EventHandler? CurrentChanged; } }
        namespace System.Windows
        {
            public struct DependencyPropertyChangedEventArgs { }
            public class DependencyObject { protected virtual void OnPropertyChanged(DependencyPropertyChangedEventArgs e) { } }
            public class ContentElement : DependencyObject { protected virtual void OnGotFocus(EventArgs e) { } }
            public class RoutedEventArgs : EventArgs { } public delegate void RoutedEventHandler(object sender, RoutedEventArgs e);
            public class UIElement : DependencyObject { public void AddHandler(object routed, Delegate handler) { } }
            public delegate void PropertyChangedCallback(DependencyObject d, DependencyPropertyChangedEventArgs e);
            public delegate object CoerceValueCallback(DependencyObject d, object value);
            public delegate bool ValidateValueCallback(object value);
            public class PropertyMetadata { public PropertyMetadata(object value, PropertyChangedCallback? changed,
            CoerceValueCallback? coerce) { } public CoerceValueCallback? CoerceValueCallback { get; set; } }
            public class DependencyProperty { public static DependencyProperty Register(string name, Type type, Type owner,
            PropertyMetadata? data, ValidateValueCallback? validate) => new(); }
        }
        namespace System.Windows.Controls
        { public class DataTemplateSelector { public virtual object? SelectTemplate(object item) => null; }
        public abstract class ValidationRule { public abstract bool Validate(object value, CultureInfo culture); } }
        namespace System.Windows.Data { public class CollectionView { public virtual Predicate<object>? Filter { get; set; } }
        public class ListCollectionView : CollectionView { public override Predicate<object>? Filter { get; set; } } }
        """);

    public static readonly MetadataReference WinUi = Frameworks.Reference(
        "Microsoft.WinUI",
        """
        using System;
        namespace Microsoft.UI.Dispatching { public delegate void Ticking<S, A>(S sender, A args);
        public sealed class DispatcherQueueTimer { public event Ticking<DispatcherQueueTimer, object>? Tick;
        void R() => Tick?.Invoke(this, 1); } }
        namespace Microsoft.UI.Xaml { public class DispatcherTimer { public event EventHandler<object>? Tick;
        void R() => Tick?.Invoke(this, 1); } }
        namespace Microsoft.UI.Xaml.Data { public interface IValueConverter { object Convert(object v, Type t, object p, string l);
        object ConvertBack(object v, Type t, object p, string l); } }
        """);

    public static readonly MetadataReference Maui = Frameworks.Reference(
        "Microsoft.Maui.Controls",
        """
        using System; using System.Threading.Tasks;
        namespace Microsoft.Maui.Dispatching { public interface IDispatcher { }
        public interface IDispatcherTimer { event EventHandler Tick; }
        public static class DispatcherExtensions { public static void StartTimer(this IDispatcher d, TimeSpan t, Func<bool> f) { } } }
        namespace Microsoft.Maui.ApplicationModel
        { public static class MainThread { public static void BeginInvokeOnMainThread(Action a) { } } }
        namespace Microsoft.Maui.Controls
        {
            public class BindableObject { protected virtual void OnBindingContextChanged() { } }
            public class Element : BindableObject { }
            public class DataTemplateSelector { protected virtual object? OnSelectTemplate(object item) => null; }
            public class BindableProperty { public delegate void BindingPropertyChangedDelegate(BindableObject b, object o, object n);
            public static BindableProperty Create(string name, Type type, Type owner, object? value = null,
            BindingPropertyChangedDelegate? propertyChanged = null) => new(); }
            public static class Device { public static void BeginInvokeOnMainThread(Action a) { } }
        }
        """);

    public static readonly MetadataReference Unity = Frameworks.Reference(
        "UnityEngine",
        """
        using System.Collections;
        namespace UnityEngine
        {
            public class Object { } public class Coroutine { }
            public class MonoBehaviour : Object { public Coroutine StartCoroutine(IEnumerator routine) => new();
            public void Invoke(string methodName, float time) { } }
            public class ScriptableObject : Object { }
        }
        namespace UnityEngine.Events { public delegate void UnityAction(); public delegate void UnityAction<T>(T value);
        public class UnityEvent { public void AddListener(UnityAction call) { } }
        public class UnityEvent<T> { public void AddListener(UnityAction<T> call) { } } }
        namespace UnityEngine.EventSystems { public interface IEventSystemHandler { }
        public interface IPointerClickHandler : IEventSystemHandler { void OnPointerClick(object data); } }
        namespace UnityEditor { public class Editor : UnityEngine.ScriptableObject { public virtual void OnInspectorGUI() { } }
        public class EditorWindow : UnityEngine.ScriptableObject { } }
        """);
}
