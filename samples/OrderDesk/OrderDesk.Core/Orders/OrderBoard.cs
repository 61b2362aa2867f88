namespace OrderDesk.Orders;

/// <summary>What the screens in the warehouse show: who waits, and how the day went.</summary>
public sealed class OrderBoard
{
    // One lock for queue and statistics, which have nothing to do with each other: a GIL for this type.
    private readonly Lock _gate = new(); // wrong: QNT3002
    private readonly Queue<Order> _waiting = new();
    private readonly List<decimal> _turnover = [];

    public void Place(Order order)
    {
        lock (_gate) _waiting.Enqueue(order);
    }

    public bool TryTake(out Order? order)
    {
        lock (_gate) return _waiting.TryDequeue(out order);
    }

    public void Close(decimal turnover)
    {
        lock (_gate) _turnover.Add(turnover);
    }

    public decimal Median()
    {
        lock (_gate)
        {
            var sorted = _turnover.Order().ToList();
            return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
        }
    }
}

/// <summary>The same board with a lock for each group of fields.</summary>
public sealed class SplitOrderBoard
{
    private readonly Lock _waitingGate = new(); // right
    private readonly Queue<Order> _waiting = new();
    private readonly Lock _turnoverGate = new(); // right
    private readonly List<decimal> _turnover = [];

    public void Place(Order order)
    {
        lock (_waitingGate) _waiting.Enqueue(order);
    }

    public bool TryTake(out Order? order)
    {
        lock (_waitingGate) return _waiting.TryDequeue(out order);
    }

    public void Close(decimal turnover)
    {
        lock (_turnoverGate) _turnover.Add(turnover);
    }

    public decimal Median()
    {
        decimal[] turnover;
        lock (_turnoverGate) turnover = [.. _turnover];
        Array.Sort(turnover);
        return turnover.Length == 0 ? 0 : turnover[turnover.Length / 2];
    }
}
