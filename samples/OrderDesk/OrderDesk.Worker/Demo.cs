namespace OrderDesk.Worker;

/// <summary>Sends a few orders through the workers, as a smoke test.</summary>
internal static class Demo
{
    public static async Task RunAsync(Inbox inbox)
    {
        for (var id = 1; id <= 3; id++) inbox.Put(id);
        inbox.Open();
        await Task.Delay(200);
        inbox.Close();
    }
}
