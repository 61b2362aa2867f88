using System.Text.Json;
using Avalonia.Controls;
using Avalonia.Interactivity;
using OrderDesk.Orders;

namespace OrderDesk.Desktop;

/// <summary>The list of orders. While one of its handlers runs, nothing else on the screen does.</summary>
public sealed class OrdersView : UserControl
{
    private readonly CsvImport _import;
    private readonly OrderFile _file;
    private readonly string _path;
    private List<Order> _orders = [];

    public OrdersView(CsvImport import, string path)
    {
        _import = import;
        _path = path;
        _file = new OrderFile(path);
        Open.Click += OnOpen;
        Browse.Click += OnBrowse;
        Reload.Click += OnReload;
        Refresh.Click += OnRefresh;
        List.Click += OnList;
        Load.Click += OnLoad;
        Count.Click += OnCount;
        Check.Click += OnCheck;
        Verify.Click += OnVerify;
        Print.Click += OnPrint;
        Export.Click += OnExport;
        var panel = new StackPanel();
        panel.Children.AddRange([Open, Browse, Reload, Refresh, List, Load, Count, Check, Verify, Print, Export, Status]);
        Content = panel;
    }

    public Button Open { get; } = new() { Content = "Open" };

    public Button Browse { get; } = new() { Content = "Browse" };

    public Button Reload { get; } = new() { Content = "Reload" };

    public Button Refresh { get; } = new() { Content = "Refresh" };

    public Button List { get; } = new() { Content = "List" };

    public Button Load { get; } = new() { Content = "Load" };

    public Button Count { get; } = new() { Content = "Count" };

    public Button Check { get; } = new() { Content = "Check" };

    public Button Verify { get; } = new() { Content = "Verify" };

    public Button Print { get; } = new() { Content = "Print" };

    public Button Export { get; } = new() { Content = "Export" };

    public TextBlock Status { get; } = new();

    private void OnOpen(object? sender, RoutedEventArgs e)
    {
        Status.Text = File.ReadAllText(_path); // wrong: QNT5001
    }

    private async void OnBrowse(object? sender, RoutedEventArgs e)
    {
        try
        {
            Status.Text = await File.ReadAllTextAsync(_path); // right
        }
        catch (IOException error)
        {
            Status.Text = error.Message;
        }
    }

    private void OnReload(object? sender, RoutedEventArgs e)
    {
        Show(_file.Reload()); // wrong: QNT5001
    }

    private async void OnRefresh(object? sender, RoutedEventArgs e)
    {
        try
        {
            Show(await _file.ReloadAsync()); // right
        }
        catch (IOException error)
        {
            Status.Text = error.Message;
        }
    }

    /// <summary>Waits for a method that has to come back to this very thread: the window never answers again.</summary>
    private void OnLoad(object? sender, RoutedEventArgs e)
    {
        _orders = LoadOrdersAsync().Result; // wrong: QNT5006
        Status.Text = $"{_orders.Count} orders";
    }

    private async void OnList(object? sender, RoutedEventArgs e)
    {
        try
        {
            _orders = await LoadOrdersAsync(); // right
            Status.Text = $"{_orders.Count} orders";
        }
        catch (IOException error)
        {
            Status.Text = error.Message;
        }
    }

    /// <summary>No deadlock, since the callee does not come back here; the thread is held all the same.</summary>
    private void OnCount(object? sender, RoutedEventArgs e)
    {
        Status.Text = $"{CountRowsAsync().Result} rows"; // wrong: QNT5001
    }

    private void OnCheck(object? sender, RoutedEventArgs e)
    {
        Status.Text = File.Exists(_path) ? "there" : "missing"; // wrong: QNT5010
    }

    private async void OnVerify(object? sender, RoutedEventArgs e)
    {
        Status.Text = await Task.Run(() => File.Exists(_path)) ? "there" : "missing"; // right
    }

    private void OnPrint(object? sender, RoutedEventArgs e)
    {
        var length = 0;
        foreach (var order in _orders) length += JsonSerializer.Serialize(order).Length; // wrong: QNT5009
        Status.Text = $"{length} characters";
    }

    private void OnExport(object? sender, RoutedEventArgs e)
    {
        if (_orders.Count > 0) Status.Text = JsonSerializer.Serialize(_orders[0]); // right
    }

    private void Show(string[] rows) => Status.Text = $"{rows.Length} rows";

    private async Task<List<Order>> LoadOrdersAsync() => await _import.LoadAsync(_path, CancellationToken.None);

    private async Task<int> CountRowsAsync()
    {
        var rows = await File.ReadAllLinesAsync(_path).ConfigureAwait(false);
        return rows.Length;
    }
}
