namespace OrderDesk.Desktop;

/// <summary>The partner's file beside the program.</summary>
public sealed class OrderFile(string path)
{
    public string[] Reload() => Read();

    public Task<string[]> ReloadAsync() => File.ReadAllLinesAsync(path);

    private string[] Read() => File.ReadAllLines(path);
}
