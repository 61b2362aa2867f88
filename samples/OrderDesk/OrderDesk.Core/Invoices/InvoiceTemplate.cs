namespace OrderDesk.Invoices;

/// <summary>The letter's text with <c>{order}</c> and <c>{total}</c> in it.</summary>
public sealed class InvoiceTemplate
{
    private readonly string _path;
    private readonly string _head;

    public InvoiceTemplate(string path)
    {
        _path = path;
        _head = File.ReadAllText(path);
    }

    private InvoiceTemplate(string path, string head)
    {
        _path = path;
        _head = head;
    }

    /// <summary>Looks like a field and reads a file each time.</summary>
    public string Footer => File.ReadAllText(_path + ".footer");

    public static async Task<InvoiceTemplate> OpenAsync(string path, CancellationToken cancellation) =>
        new(path, await File.ReadAllTextAsync(path, cancellation));

    public Task<string> ReadFooterAsync(CancellationToken cancellation) => File.ReadAllTextAsync(_path + ".footer", cancellation);

    public string Fill(int order, decimal total) =>
        _head.Replace("{order}", order.ToString(), StringComparison.Ordinal)
            .Replace("{total}", total.ToString("F2"), StringComparison.Ordinal);
}
