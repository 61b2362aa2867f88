namespace OrderDesk.Worker;

/// <summary>Sends a few orders through the workers, as a smoke test.</summary>
internal static class Demo
{
    public static async Task RunAsync(Inbox inbox, ThumbnailMaker thumbnails)
    {
        for (var id = 1; id <= 3; id++) inbox.Put(id);
        inbox.Open();
        await Task.Delay(200);
        inbox.Close();
        var picture = new byte[64, 64];
        Console.WriteLine((await thumbnails.ShrinkAsync(picture, 4)).Length);
        Console.WriteLine((await thumbnails.ScaleAsync(picture, 4)).Length);
    }
}
