using Avalonia.Controls;
using Avalonia.Interactivity;
using Avalonia.Threading;
using OrderDesk.Audit;
using OrderDesk.Orders;

namespace OrderDesk.Desktop;

/// <summary>Clicks the buttons of the views, as a smoke test; those that would hang are left alone.</summary>
internal static class Demo
{
    public static void Run(string data)
    {
        var import = new CsvImport(new AuditLog(Path.Combine(data, "audit.log")));
        var orders = new OrdersView(import, Path.Combine(data, "orders.csv"));
        var pricing = new PricingView();
        var signIn = new SignInView();
        Click(orders.Open, orders.Browse, orders.Reload, orders.Refresh, orders.List, orders.Check, orders.Verify, orders.Export);
        Click(pricing.Quote, pricing.Estimate, pricing.Pack, pricing.Suggest, pricing.Reprice, pricing.Price);
        Click(signIn.Login, signIn.Enter);
        new SaveCommand(Path.Combine(data, "draft.txt")).Execute(null);
        new StoreCommand(Path.Combine(data, "draft.txt")).Execute(null);

        for (var tick = 0; tick < 50; tick++)
        {
            Dispatcher.UIThread.RunJobs();
            Thread.Sleep(20); // right: this loop is the demo's own
        }

        Console.WriteLine(orders.Status.Text);
        Console.WriteLine(pricing.Status.Text);
        Console.WriteLine(signIn.Status.Text);
    }

    private static void Click(params Button[] buttons)
    {
        foreach (var button in buttons) button.RaiseEvent(new RoutedEventArgs(Button.ClickEvent));
    }
}
