namespace OrderDesk.Service;

/// <summary>Asks every page once, as a smoke test.</summary>
internal static class Demo
{
    private static readonly string[] Pages =
    [
        "imprint", "about",
        "orders/1", "orders/2/details", "orders/count", "orders/total", "orders/1/label", "orders/2/sticker",
    ];

    public static async Task RunAsync(Uri service)
    {
        using var client = new HttpClient { BaseAddress = service };
        foreach (var page in Pages) Console.WriteLine($"{page}: {await client.GetStringAsync(page)}");
    }
}
