using OrderDesk.Orders;

namespace OrderDesk.Payments;

/// <summary>Charges cards; the bank's server likes to be asked twice.</summary>
public sealed class PaymentGateway(HttpClient http)
{
    public async Task<bool> ChargeAsync(Order order, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            using var answer = await http.PostAsync($"charge/{order.Id}", null, cancellation);
            if (answer.IsSuccessStatusCode) return true;
            Thread.Sleep(200 * attempt); // wrong: QNT4001
        }

        return false;
    }

    public async Task<bool> CaptureAsync(Order order, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            using var answer = await http.PostAsync($"capture/{order.Id}", null, cancellation);
            if (answer.IsSuccessStatusCode) return true;
            await Task.Delay(200 * attempt, cancellation); // right
        }

        return false;
    }

    public async Task<string> StatementAsync(CancellationToken cancellation)
    {
        var fees = http.GetStringAsync("fees", cancellation).Result; // wrong: QNT4001
        var charges = await http.GetStringAsync("charges", cancellation);
        return charges + fees;
    }

    public async Task<string> BalanceAsync(CancellationToken cancellation)
    {
        var fees = http.GetStringAsync("fees", cancellation);
        var charges = http.GetStringAsync("charges", cancellation);
        await Task.WhenAll(fees, charges);
        return charges.Result + fees.Result; // right
    }

    public async Task<bool> RefundAsync(Order order, CancellationToken cancellation)
    {
        using var answer = await http.PostAsync($"refund/{order.Id}", null, cancellation);
        if (!answer.IsSuccessStatusCode) BackOff(order); // wrong: QNT4002
        return answer.IsSuccessStatusCode;
    }

    public async Task<bool> CreditAsync(Order order, CancellationToken cancellation)
    {
        using var answer = await http.PostAsync($"credit/{order.Id}", null, cancellation);
        if (!answer.IsSuccessStatusCode) await BackOffAsync(order, cancellation); // right
        return answer.IsSuccessStatusCode;
    }

    private static void BackOff(Order order) => Pause(order.Lines.Count);

    private static void Pause(int lines) => Thread.Sleep(50 * lines);

    private static Task BackOffAsync(Order order, CancellationToken cancellation) => Task.Delay(50 * order.Lines.Count, cancellation);
}
