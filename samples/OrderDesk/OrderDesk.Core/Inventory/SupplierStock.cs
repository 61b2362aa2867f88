using OrderDesk.Audit;

namespace OrderDesk.Inventory;

/// <summary>What a supplier says that he has; asked for every quarter of an hour.</summary>
public sealed class SupplierStock(HttpClient http, AuditLog audit)
{
    private readonly object _gate = new();
    private string _answer = "";
    private DateTime _asked;

    public Uri? Supplier { get; init; }

    /// <summary>While the supplier's server thinks, every reader of this type stands still.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            _answer = Fetch(); // wrong: QNT3003
            _asked = DateTime.UtcNow;
        }
    }

    public void AskFirst()
    {
        var answer = Fetch(); // right
        lock (_gate)
        {
            _answer = answer;
            _asked = DateTime.UtcNow;
        }
    }

    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        string answer;
        DateTime asked;
        lock (_gate)
        {
            answer = _answer;
            asked = _asked;
        }

        await audit.WriteAsync($"supplier's answer of {asked:O} read", cancellation);
        return answer;
    }

    private string Fetch()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Supplier);
        using var answer = http.Send(request);
        return answer.ReasonPhrase ?? "";
    }
}
