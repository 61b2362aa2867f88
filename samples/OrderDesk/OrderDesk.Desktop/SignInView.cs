using Avalonia.Controls;
using Avalonia.Interactivity;
using Avalonia.Threading;
using OrderDesk.SignIn;

namespace OrderDesk.Desktop;

public sealed class SignInView : UserControl
{
    private readonly Queue<string> _news = new();

    public SignInView()
    {
        Login.Click += OnLogin;
        Enter.Click += OnEnter;
        var panel = new StackPanel();
        panel.Children.AddRange([Login, Enter, Status]);
        Content = panel;
    }

    public Button Login { get; } = new() { Content = "Login" };

    public Button Enter { get; } = new() { Content = "Enter" };

    public TextBlock Status { get; } = new() { Text = "" };

    /// <summary>Shows news for as long as the window is open; and nothing else, ever.</summary>
    public void Pump()
    {
        Dispatcher.UIThread.Post(() =>
        {
            while (true) // wrong: QNT5007
            {
                if (_news.TryDequeue(out var line)) Status.Text = line;
            }
        });
    }

    public void Poll()
    {
        var timer = new DispatcherTimer { Interval = TimeSpan.FromMilliseconds(200) };
        timer.Tick += (_, _) =>
        {
            while (_news.TryDequeue(out var line)) Status.Text = line; // right
        };
        timer.Start();
    }

    /// <summary>Gives the user time to read; takes it from the window.</summary>
    public void Flash(string text)
    {
        Dispatcher.UIThread.Post(() =>
        {
            Status.Text = text;
            Thread.Sleep(2000); // wrong: QNT5001
            Status.Text = "";
        });
    }

    public void Blink(string text)
    {
        Dispatcher.UIThread.Post(async () =>
        {
            Status.Text = text;
            await Task.Delay(2000); // right
            Status.Text = "";
        });
    }

    private void OnLogin(object? sender, RoutedEventArgs e)
    {
        var hash = PasswordVault.Hash("ada", "secret"); // wrong: QNT5002
        Status.Text = Convert.ToHexString(hash);
    }

    private async void OnEnter(object? sender, RoutedEventArgs e)
    {
        var hash = await Task.Run(() => PasswordVault.Hash("ada", "secret")); // right
        Status.Text = Convert.ToHexString(hash);
    }
}
