namespace OrderDesk.Pricing;

/// <summary>Exchange rates, fetched when they are asked for first.</summary>
public sealed class RateCache(HttpClient http)
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly object _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, string> _rates = new();

    /// <summary>The thread that comes back from the await is another one, and may not release what the first one took.</summary>
    public async Task<string> RefreshAsync(string currency)
    {
        _lock.EnterWriteLock(); // wrong: QNT4001
        try
        {
            _rates[currency] = await http.GetStringAsync(currency); // wrong: QNT3008
            return _rates[currency];
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public async Task<string> FetchAsync(string currency, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            _rates[currency] = await http.GetStringAsync(currency, cancellation); // right
            return _rates[currency];
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task ForgetAsync(string currency, CancellationToken cancellation)
    {
        Monitor.Enter(_gate);
        try
        {
            await http.DeleteAsync(currency, cancellation); // wrong: QNT3008
            _rates.Remove(currency);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    public async Task DropAsync(string currency, CancellationToken cancellation)
    {
        await http.DeleteAsync(currency, cancellation); // right
        lock (_gate) _rates.Remove(currency);
    }
}
