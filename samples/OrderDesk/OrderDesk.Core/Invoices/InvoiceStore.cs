namespace OrderDesk.Invoices;

public sealed record Invoice(int Order, string Text);

public interface IInvoiceStore
{
    void Save(Invoice invoice);

    Task SaveAsync(Invoice invoice, CancellationToken cancellation);
}

public sealed class FileInvoiceStore(string folder) : IInvoiceStore
{
    public void Save(Invoice invoice) => Write(PathOf(invoice), invoice.Text);

    public Task SaveAsync(Invoice invoice, CancellationToken cancellation) =>
        File.WriteAllTextAsync(PathOf(invoice), invoice.Text, cancellation);

    private static void Write(string path, string text) => File.WriteAllText(path, text);

    private string PathOf(Invoice invoice) => Path.Combine(folder, $"{invoice.Order}.txt");
}
