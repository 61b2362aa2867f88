using OrderDesk.Audit;
using OrderDesk.Orders;

namespace OrderDesk.Invoices;

/// <summary>Writes invoices. Nothing here looks as if it touched a disk.</summary>
public sealed class InvoiceService(IInvoiceStore store, AuditLog audit, string templatePath)
{
    private readonly Func<string> _terms = () => File.ReadAllText(templatePath + ".terms");

    public async Task IssueAsync(Order order, CancellationToken cancellation)
    {
        store.Save(new Invoice(order.Id, $"Please pay {order.Total:F2}")); // wrong: QNT4002
        await audit.WriteAsync($"invoice for {order.Id}", cancellation);
    }

    public async Task PostAsync(Order order, CancellationToken cancellation)
    {
        await store.SaveAsync(new Invoice(order.Id, $"Please pay {order.Total:F2}"), cancellation); // right
        await audit.WriteAsync($"invoice for {order.Id}", cancellation);
    }

    public async Task RemindAsync(Order order, CancellationToken cancellation)
    {
        var template = new InvoiceTemplate(templatePath); // wrong: QNT4002
        await store.SaveAsync(new Invoice(order.Id, template.Fill(order.Id, order.Total)), cancellation);
    }

    public async Task WarnAsync(Order order, CancellationToken cancellation)
    {
        var template = await InvoiceTemplate.OpenAsync(templatePath, cancellation); // right
        await store.SaveAsync(new Invoice(order.Id, template.Fill(order.Id, order.Total)), cancellation);
    }

    public async Task SignAsync(Order order, InvoiceTemplate template, CancellationToken cancellation)
    {
        var text = template.Fill(order.Id, order.Total) + template.Footer; // wrong: QNT4002
        await store.SaveAsync(new Invoice(order.Id, text), cancellation);
    }

    public async Task SealAsync(Order order, InvoiceTemplate template, CancellationToken cancellation)
    {
        var text = template.Fill(order.Id, order.Total) + await template.ReadFooterAsync(cancellation); // right
        await store.SaveAsync(new Invoice(order.Id, text), cancellation);
    }

    public async Task CollectAsync(IReadOnlyList<Order> orders, string path, CancellationToken cancellation)
    {
        using var batch = new InvoiceBatch(path); // wrong: QNT4002
        foreach (var order in orders) batch.Add(new Invoice(order.Id, $"{order.Total:F2}"));
        await audit.WriteAsync($"{orders.Count} invoices in {path}", cancellation);
    }

    public async Task BundleAsync(IReadOnlyList<Order> orders, string path, CancellationToken cancellation)
    {
        await using var batch = new InvoiceBatch(path); // right
        foreach (var order in orders) batch.Add(new Invoice(order.Id, $"{order.Total:F2}"));
        await audit.WriteAsync($"{orders.Count} invoices in {path}", cancellation);
    }

    public async Task PrintTermsAsync(CancellationToken cancellation)
    {
        var terms = _terms(); // wrong: QNT4002
        await store.SaveAsync(new Invoice(0, terms), cancellation);
    }

    public async Task SendTermsAsync(CancellationToken cancellation)
    {
        var terms = await File.ReadAllTextAsync(templatePath + ".terms", cancellation); // right
        await store.SaveAsync(new Invoice(0, terms), cancellation);
    }
}
