// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace System.Media
{
    public class SoundPlayer
    {
        public SoundPlayer() { }
        public void PlaySync() => throw null;
        public void Load() => throw null;
    }
}

namespace System.Windows
{
    public class Application : System.Windows.Threading.DispatcherObject
    {
        public Application() { }
    }
    public static class Clipboard
    {
        public static string GetText() => throw null;
        public static void SetText(string text) => throw null;
    }
    public class ContentElement : DependencyObject
    {
        public ContentElement() { }
        public void AddHandler(object routedEvent, System.Delegate handler) => throw null;
    }
    public class DependencyObject : System.Windows.Threading.DispatcherObject
    {
        protected virtual void OnPropertyChanged(DependencyPropertyChangedEventArgs e) => throw null;
    }
    public delegate void PropertyChangedCallback(DependencyObject d, DependencyPropertyChangedEventArgs e);
    public delegate object CoerceValueCallback(DependencyObject d, object baseValue);
    public delegate bool ValidateValueCallback(object value);
    public static class EventManager
    {
        public static void RegisterClassHandler(System.Type classType, object routedEvent, System.Delegate handler) => throw null;
    }
    public class FrameworkElement : System.Windows.UIElement
    {
        public FrameworkElement() { }
    }
    public class MessageBox
    {
        public MessageBox() { }
        public static object Show(string messageBoxText) => throw null;
    }
    public class RoutedEventArgs : System.EventArgs { }
    public struct DependencyPropertyChangedEventArgs { }
    public class StartupEventArgs : System.EventArgs { }
    public class ExitEventArgs : System.EventArgs { }
    public class UIElement : System.Windows.Media.Visual
    {
        public UIElement() { }
        public void AddHandler(object routedEvent, System.Delegate handler) => throw null;
    }
    public class Window : System.Windows.Controls.Control
    {
        public Window() { }
        public System.Nullable<bool> ShowDialog() => throw null;
    }
}

namespace System.ComponentModel
{
    public interface ICollectionView
    {
        System.Predicate<object> Filter { get; set; }
        event System.EventHandler CurrentChanged;
        event System.EventHandler CurrentChanging;
    }
    public sealed class DependencyPropertyDescriptor
    {
        public void AddValueChanged(object component, System.EventHandler handler) => throw null;
    }
}

namespace System.Windows.Automation.Peers
{
    public abstract class AutomationPeer : System.Windows.Threading.DispatcherObject { }
}

namespace System.Windows.Markup
{
    public abstract class MarkupExtension
    {
        public abstract object ProvideValue(System.IServiceProvider serviceProvider);
    }
}

namespace Microsoft.Xaml.Behaviors
{
    public abstract class Behavior { }
    public abstract class TriggerAction { }
    public abstract class TriggerBase { }
}

namespace System.Windows.Controls
{
    public class DataTemplateSelector { }
    public class StyleSelector { }
    public abstract class ItemContainerTemplateSelector { }
    public abstract class ValidationRule { }
    public delegate object GroupStyleSelector(object group, int level);
    public class Control : System.Windows.FrameworkElement
    {
        public Control() { }
    }
}

namespace System.Windows.Data
{
    public interface IMultiValueConverter
    {
        object Convert();
        object[] ConvertBack();
    }
    public class CollectionView : System.Windows.Threading.DispatcherObject
    {
        public virtual System.Predicate<object> Filter { get; set; }
    }
    public interface IValueConverter
    {
        object Convert();
        object ConvertBack();
    }
}

namespace System.Windows.Media
{
    public abstract class Visual : System.Windows.Threading.DispatcherObject
    {
        public Visual() { }
    }
}

namespace System.Windows.Media.Imaging
{
    public abstract class BitmapEncoder : System.Windows.Threading.DispatcherObject
    {
        public BitmapEncoder() { }
        public virtual void Save(System.IO.Stream stream) => throw null;
    }
}

namespace System.Windows.Threading
{
    public class Dispatcher
    {
        public Dispatcher() { }
        public void Invoke(System.Action callback) => throw null;
        public System.Windows.Threading.DispatcherOperation BeginInvoke(object priority, System.Delegate method) => throw null;
        public System.Windows.Threading.DispatcherOperation InvokeAsync(System.Action callback) => throw null;
        public static void Run() => throw null;
    }
    public delegate object DispatcherOperationCallback(object arg);
    public abstract class DispatcherObject
    {
        public DispatcherObject() { }
    }
    public class DispatcherOperation
    {
        public DispatcherOperation() { }
        public object Wait() => throw null;
        public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => throw null;
    }
    public class DispatcherTimer
    {
        protected DispatcherTimer() { }
        public DispatcherTimer(System.EventHandler callback){ }
    }
}
