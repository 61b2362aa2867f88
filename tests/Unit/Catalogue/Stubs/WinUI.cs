// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace Microsoft.UI.Dispatching
{
    public delegate void DispatcherQueueHandler();
    public sealed class DispatcherQueueTimer
    {
        public event System.EventHandler<object> Tick { add { } remove { } }
    }

    public sealed class DispatcherQueue
    {
        public bool TryEnqueue(DispatcherQueueHandler callback) => throw null;
    }
}

namespace Microsoft.UI.Xaml
{
    public class DependencyObject { }
    public class UIElement : DependencyObject
    {
    }
    public delegate void PropertyChangedCallback(DependencyObject d, object e);
    public delegate void DependencyPropertyChangedCallback(DependencyObject sender, object dp);
    public class RoutedEventArgs { }
    public class FrameworkElement : UIElement { }
    public class Application { }
    public class Window { }
    public class DispatcherTimer
    {
        public event System.EventHandler<object> Tick { add { } remove { } }
    }
}

namespace Microsoft.UI.Xaml.Automation.Peers
{
    public class AutomationPeer : DependencyObject { }
}

namespace Microsoft.UI.Xaml.Markup
{
    public class MarkupExtension
    {
        protected virtual object ProvideValue() => throw null;
    }
}

namespace CommunityToolkit.WinUI
{
    public static class DispatcherQueueExtensions
    {
        public static System.Threading.Tasks.Task EnqueueAsync(
            this Microsoft.UI.Dispatching.DispatcherQueue dispatcher, System.Action function, int priority) => throw null;
    }
}

namespace Windows.System
{
    public delegate void DispatcherQueueHandler();

    public sealed class DispatcherQueue
    {
        public bool TryEnqueue(DispatcherQueueHandler callback) => throw null;
    }

    public sealed class DispatcherQueueTimer
    {
        public event global::System.EventHandler<object> Tick { add { } remove { } }
    }
}

namespace Microsoft.UI.Xaml.Controls
{
    public class Control : FrameworkElement { }
    public class Page : Control { }
    public class DataTemplateSelector { }
    public class StyleSelector { }
}

namespace Microsoft.UI.Xaml.Data
{
    public interface IValueConverter
    {
        object Convert(object value, System.Type targetType, object parameter, string language);
        object ConvertBack(object value, System.Type targetType, object parameter, string language);
    }
}

namespace Windows.UI.Xaml.Data
{
    public interface IValueConverter
    {
        object Convert(object value, global::System.Type targetType, object parameter, string language);
        object ConvertBack(object value, global::System.Type targetType, object parameter, string language);
    }
}

namespace Windows.UI.Core
{
    public delegate void DispatchedHandler();
    public delegate void IdleDispatchedHandler(object e);

    public sealed class CoreDispatcher
    {
        public object RunAsync(int priority, DispatchedHandler agileCallback) => throw null;
        public object TryRunAsync(int priority, DispatchedHandler agileCallback) => throw null;
        public object RunIdleAsync(IdleDispatchedHandler agileCallback) => throw null;
    }
}

namespace Windows.UI.Xaml
{
    public class DependencyObject { }
    public class UIElement : DependencyObject { }
    public class FrameworkElement : UIElement { }
    public class Application { }
    public delegate void PropertyChangedCallback(DependencyObject d, object e);
    public class DispatcherTimer
    {
        public event global::System.EventHandler<object> Tick { add { } remove { } }
    }
}

namespace Windows.UI.Xaml.Controls
{
    public class Page : FrameworkElement { }
    public class DataTemplateSelector { }
}
