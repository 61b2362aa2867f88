using System.Text;

namespace OrderDesk.Invoices;

/// <summary>Collects invoices and writes them as one file at the end.</summary>
public sealed class InvoiceBatch(string path) : IDisposable, IAsyncDisposable
{
    private readonly StringBuilder _text = new();

    public void Add(Invoice invoice) => _text.AppendLine(invoice.Text);

    public void Dispose() => Flush();

    public async ValueTask DisposeAsync() => await File.WriteAllTextAsync(path, _text.ToString());

    private void Flush() => File.WriteAllText(path, _text.ToString());
}
