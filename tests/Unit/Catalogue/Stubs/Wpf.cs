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
    public class ContentElement : System.Windows.Threading.DispatcherObject
    {
        public ContentElement() { }
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
    }
    public class Window : System.Windows.Controls.Control
    {
        public Window() { }
        public System.Nullable<bool> ShowDialog() => throw null;
    }
}

namespace System.Windows.Controls
{
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
