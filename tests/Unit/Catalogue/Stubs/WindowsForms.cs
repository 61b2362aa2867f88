// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

using System.Threading.Tasks;

#nullable disable

namespace System.Windows.Forms
{
    public class Application
    {
        public Application() { }
        public static void Run() => throw null;
    }
    public class ApplicationContext
    {
        public ApplicationContext() { }
    }
    public static class Clipboard
    {
        public static string GetText() => throw null;
        public static void SetText(string text) => throw null;
        public static void SetDataObject(object data) => throw null;
    }
    public abstract class CommonDialog
    {
        public CommonDialog() { }
        public object ShowDialog() => throw null;
    }
    public class Control
    {
        public Control() { }
        public void Invoke(System.Action method) => throw null;
        public System.IAsyncResult BeginInvoke(System.Action method) => throw null;
        public Task InvokeAsync(System.Action callback) => throw null;
        public object EndInvoke(System.IAsyncResult asyncResult) => throw null;
        public System.IAsyncResult BeginInvoke(System.Delegate method) => throw null;
        public void Invalidate() => throw null;
    }
    public class Form : System.Windows.Forms.Control
    {
        public Form() { }
        public object ShowDialog() => throw null;
    }
    public class MessageBox
    {
        public MessageBox() { }
        public static object Show(string text) => throw null;
    }
    public class NotifyIcon
    {
        public NotifyIcon() { }
    }
    public class Timer
    {
        public Timer() { }
    }
    public abstract class ToolStripItem
    {
        public ToolStripItem() { }
    }
    public abstract class ToolStripRenderer { }
    public class DataGridViewElement { }
    public class NativeWindow { }
    public interface IMessageFilter
    {
        bool PreFilterMessage(ref object m);
    }
}

namespace System.Drawing.Design
{
    public class UITypeEditor { }
}
