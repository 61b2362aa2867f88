using System.Threading.Channels;

namespace OrderDesk.Audit;

/// <summary>Who did what: one line each, in order.</summary>
public sealed class AuditLog(string path)
{
    private readonly object _gate = new();
    private readonly Channel<string> _pending = Channel.CreateBounded<string>(1024);

    public string Path => path;

    /// <summary>Every caller waits for the disk, one after the other.</summary>
    public void Record(string line)
    {
        lock (_gate)
        {
            File.AppendAllText(path, line + Environment.NewLine); // wrong: QNT3020
        }
    }

    public ValueTask WriteAsync(string line, CancellationToken cancellation) => _pending.Writer.WriteAsync(line, cancellation); // right

    public void Complete() => _pending.Writer.TryComplete();

    /// <summary>The file's one owner: nobody else waits for the disk.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        await foreach (var line in _pending.Reader.ReadAllAsync(cancellation))
        {
            await File.AppendAllTextAsync(path, line + Environment.NewLine, cancellation); // right
        }
    }
}
