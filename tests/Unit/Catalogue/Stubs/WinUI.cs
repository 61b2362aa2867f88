// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace Microsoft.UI.Dispatching
{
    public delegate void DispatcherQueueHandler();
    public sealed class DispatcherQueueTimer { }

    public sealed class DispatcherQueue
    {
        public bool TryEnqueue(DispatcherQueueHandler callback) => throw null;
    }
}

namespace Microsoft.UI.Xaml
{
    public class DependencyObject { }
    public class UIElement : DependencyObject { }
    public class RoutedEventArgs { }
    public class FrameworkElement : UIElement { }
    public class Application { }
    public class Window { }
    public class DispatcherTimer { }
}

namespace Microsoft.UI.Xaml.Controls
{
    public class Control : FrameworkElement { }
    public class Page : Control { }
}

namespace Microsoft.UI.Xaml.Data
{
    public interface IValueConverter
    {
        object Convert(object value, System.Type targetType, object parameter, string language);
    }
}

namespace Windows.UI.Core
{
    public delegate void DispatchedHandler();

    public sealed class CoreDispatcher
    {
        public object RunAsync(int priority, DispatchedHandler agileCallback) => throw null;
    }
}

namespace Windows.UI.Xaml
{
    public class DependencyObject { }
    public class UIElement : DependencyObject { }
    public class FrameworkElement : UIElement { }
    public class Application { }
    public class DispatcherTimer { }
}

namespace Windows.UI.Xaml.Controls
{
    public class Page : FrameworkElement { }
}
