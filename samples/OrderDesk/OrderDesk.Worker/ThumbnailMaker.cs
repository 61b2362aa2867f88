namespace OrderDesk.Worker;

/// <summary>Pictures of articles, one byte for each pixel, made smaller by averaging.</summary>
public sealed class ThumbnailMaker
{
    public async Task<byte[,]> ShrinkAsync(byte[,] picture, int factor)
    {
        var small = Average(picture, factor); // wrong: QNT4005
        await Task.Yield();
        return small;
    }

    public async Task<byte[,]> ScaleAsync(byte[,] picture, int factor)
    {
        return await Task.Run(() => Average(picture, factor)); // right
    }

    private static byte[,] Average(byte[,] picture, int factor)
    {
        var height = picture.GetLength(0) / factor;
        var width = picture.GetLength(1) / factor;
        var small = new byte[height, width];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0;
                for (var dy = 0; dy < factor; dy++)
                {
                    for (var dx = 0; dx < factor; dx++) sum += picture[y * factor + dy, x * factor + dx];
                }

                small[y, x] = (byte)(sum / (factor * factor));
            }
        }

        return small;
    }
}

/// <summary>Makes the pictures of the catalogue small when the program has started.</summary>
public sealed class PictureWorker(ThumbnailMaker thumbnails) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var picture = new byte[64, 64];
        var small = await thumbnails.ShrinkAsync(picture, 4);
        var tiny = await thumbnails.ScaleAsync(small, 4);
        Console.WriteLine($"{small.Length} and {tiny.Length} pixels");
    }
}
