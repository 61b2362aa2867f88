using System.Net.Mail;
using OrderDesk.Audit;
using OrderDesk.Orders;

namespace OrderDesk.Notifications;

public interface INotifier
{
    void Notify(Order order);

    Task NotifyAsync(Order order, CancellationToken cancellation);
}

public sealed class MailNotifier(string host) : INotifier
{
    public void Notify(Order order)
    {
        using var client = new SmtpClient(host);
        client.Send("shop@orderdesk.example", "desk@orderdesk.example", "Order", $"{order.Id} is on its way");
    }

    public async Task NotifyAsync(Order order, CancellationToken cancellation)
    {
        using var client = new SmtpClient(host);
        using var mail = new MailMessage("shop@orderdesk.example", "desk@orderdesk.example", "Order", $"{order.Id} is on its way");
        await client.SendMailAsync(mail, cancellation);
    }
}

public sealed class ScreenNotifier : INotifier
{
    public void Notify(Order order) => Console.WriteLine($"{order.Id} is on its way");

    public Task NotifyAsync(Order order, CancellationToken cancellation)
    {
        Notify(order);
        return Task.CompletedTask;
    }
}

public sealed class Dispatch(INotifier notifier, AuditLog audit)
{
    public async Task ShipAsync(Order order, CancellationToken cancellation)
    {
        notifier.Notify(order); // wrong: QNT4003
        await audit.WriteAsync($"{order.Id} shipped", cancellation);
    }

    public async Task SendAsync(Order order, CancellationToken cancellation)
    {
        await notifier.NotifyAsync(order, cancellation); // right
        await audit.WriteAsync($"{order.Id} sent", cancellation);
    }

    public async Task CheckAsync(Order order, CancellationToken cancellation)
    {
        Require(order); // wrong: QNT4003
        await audit.WriteAsync($"{order.Id} checked", cancellation);
    }

    public async Task InspectAsync(Order order, CancellationToken cancellation)
    {
        if (order.Lines.Count == 0)
        {
            throw new InvalidOperationException("Nothing to ship: " + await ReasonAsync(order, cancellation)); // right
        }

        await audit.WriteAsync($"{order.Id} inspected", cancellation);
    }

    /// <summary>Reads the file only to say more in an error that should never happen.</summary>
    private static void Require(Order order)
    {
        if (order.Lines.Count == 0) throw new InvalidOperationException("Nothing to ship: " + File.ReadAllText($"{order.Id}.reason"));
    }

    private static Task<string> ReasonAsync(Order order, CancellationToken cancellation) =>
        File.ReadAllTextAsync($"{order.Id}.reason", cancellation);
}
