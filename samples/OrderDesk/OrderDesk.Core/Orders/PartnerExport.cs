using System.Text;
using System.Text.Json;

namespace OrderDesk.Orders;

/// <summary>The day's orders as partners want them.</summary>
public sealed class PartnerExport(HttpClient http)
{
    public async Task SendAsync(IReadOnlyList<Order> orders, CancellationToken cancellation)
    {
        var body = new StringBuilder();
        foreach (var order in orders)
        {
            body.AppendLine(JsonSerializer.Serialize(order)); // wrong: QNT4020
        }

        using var content = new StringContent(body.ToString());
        using var answer = await http.PostAsync("orders", content, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public async Task SendOneAsync(Order order, CancellationToken cancellation)
    {
        using var content = new StringContent(JsonSerializer.Serialize(order)); // right
        using var answer = await http.PostAsync("orders", content, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Called by the old scheduler, which knows nothing of tasks.</summary>
    public void Send(Order order)
    {
        using var content = new StringContent(JsonSerializer.Serialize(order));
        using var answer = http.PostAsync("orders", content).GetAwaiter().GetResult(); // wrong: QNT4004
        answer.EnsureSuccessStatusCode();
    }

    public void SendNow(Order order)
    {
        using var content = new StringContent(JsonSerializer.Serialize(order));
        using var request = new HttpRequestMessage(HttpMethod.Post, "orders") { Content = content };
        using var answer = http.Send(request); // right
        answer.EnsureSuccessStatusCode();
    }

    public void Cancel(int id)
    {
        var deleting = http.DeleteAsync($"orders/{id}");
        deleting.Wait(); // wrong: QNT4004
    }

    public async Task CancelAsync(int id, CancellationToken cancellation)
    {
        using var answer = await http.DeleteAsync($"orders/{id}", cancellation); // right
        answer.EnsureSuccessStatusCode();
    }
}
