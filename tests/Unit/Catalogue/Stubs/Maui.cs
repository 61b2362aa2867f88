// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace Microsoft.Maui.ApplicationModel
{
    public static class MainThread
    {
        public static void BeginInvokeOnMainThread(System.Action action) => throw null;
        public static System.Threading.Tasks.Task InvokeOnMainThreadAsync(System.Action action) => throw null;
    }
}

namespace Microsoft.Maui.Dispatching
{
    public interface IDispatcher
    {
        bool Dispatch(System.Action action);
        bool DispatchDelayed(System.TimeSpan delay, System.Action action);
    }

    public interface IDispatcherTimer
    {
        event System.EventHandler Tick;
    }

    public static class DispatcherExtensions
    {
        public static System.Threading.Tasks.Task DispatchAsync(this IDispatcher dispatcher, System.Action action) => throw null;
        public static void StartTimer(this IDispatcher dispatcher, System.TimeSpan interval, System.Func<bool> callback) => throw null;
    }
}

namespace Microsoft.Maui.Storage
{
    public interface IPreferences
    {
        T Get<T>(string key, T defaultValue, string sharedName);
        void Set<T>(string key, T value, string sharedName);
    }
}

namespace Microsoft.Maui.Graphics
{
    public interface IDrawable
    {
        void Draw(object canvas, object dirtyRect);
    }
}

namespace Microsoft.Maui.Handlers
{
    public abstract class ElementHandler { }
}

namespace Microsoft.Maui.Controls
{
    public abstract class BindableObject { }
    public abstract class DataTemplateSelector { }

    public sealed class BindableProperty
    {
        public delegate void BindingPropertyChangedDelegate(BindableObject bindable, object oldValue, object newValue);
        public delegate void BindingPropertyChangingDelegate(BindableObject bindable, object oldValue, object newValue);
        public delegate object CoerceValueDelegate(BindableObject bindable, object value);
        public delegate bool ValidateValueDelegate(BindableObject bindable, object value);
    }

    public static class Device
    {
        public static void BeginInvokeOnMainThread(System.Action action) => throw null;
        public static System.Threading.Tasks.Task InvokeOnMainThreadAsync(System.Action action) => throw null;
        public static void StartTimer(System.TimeSpan interval, System.Func<bool> callback) => throw null;
    }

    public abstract class Element : BindableObject { }
    public class NavigableElement : Element { }
    public class VisualElement : NavigableElement { }
    public class Page : VisualElement { }
    public class Application : Element { }

    public class Command : System.Windows.Input.ICommand
    {
        public Command(System.Action execute) { }
        public event System.EventHandler CanExecuteChanged { add { } remove { } }
        public bool CanExecute(object parameter) => throw null;
        public void Execute(object parameter) => throw null;
    }

    public interface IValueConverter
    {
        object Convert(object value, System.Type targetType, object parameter, System.Globalization.CultureInfo culture);
        object ConvertBack(object value, System.Type targetType, object parameter, System.Globalization.CultureInfo culture);
    }

    public interface IMultiValueConverter
    {
        object Convert(object[] values, System.Type targetType, object parameter, System.Globalization.CultureInfo culture);
        object[] ConvertBack(object value, System.Type[] targetTypes, object parameter, System.Globalization.CultureInfo culture);
    }
}

namespace Xamarin.Essentials
{
    public static class MainThread
    {
        public static void BeginInvokeOnMainThread(System.Action action) => throw null;
        public static System.Threading.Tasks.Task InvokeOnMainThreadAsync(System.Action action) => throw null;
    }
}

namespace Xamarin.Forms
{
    public abstract class BindableObject { }
    public abstract class DataTemplateSelector { }

    public sealed class BindableProperty
    {
        public delegate void BindingPropertyChangedDelegate(BindableObject bindable, object oldValue, object newValue);
    }

    public interface IValueConverter
    {
        object Convert(object value, System.Type targetType, object parameter, System.Globalization.CultureInfo culture);
        object ConvertBack(object value, System.Type targetType, object parameter, System.Globalization.CultureInfo culture);
    }

    public abstract class Element : BindableObject { }
    public class Page : Element { }
    public class Application : Element { }

    public static class Device
    {
        public static void BeginInvokeOnMainThread(System.Action action) => throw null;
        public static System.Threading.Tasks.Task InvokeOnMainThreadAsync(System.Action action) => throw null;
        public static void StartTimer(System.TimeSpan interval, System.Func<bool> callback) => throw null;
    }
}
