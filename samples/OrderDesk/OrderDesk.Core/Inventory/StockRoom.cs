using System.Globalization;
using OrderDesk.Audit;
using OrderDesk.Orders;

namespace OrderDesk.Inventory;

/// <summary>What lies on the shelves.</summary>
public sealed class StockRoom(AuditLog audit)
{
    private readonly Lock _gate = new();
    private Dictionary<string, int> _onHand = new();

    public string Name { get; init; } = "main";

    public void Reload(string path)
    {
        lock (_gate)
        {
            _onHand = Parse(File.ReadAllLines(path)); // wrong: QNT3003
        }
    }

    public void Refresh(string path)
    {
        var onHand = Parse(File.ReadAllLines(path)); // right
        lock (_gate) _onHand = onHand;
    }

    public async Task<bool> ReserveAsync(OrderLine line, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var onHand = _onHand.GetValueOrDefault(line.Sku);
            if (onHand < line.Quantity) return false;
            _onHand[line.Sku] = onHand - line.Quantity;
        }

        await audit.WriteAsync($"reserved {line.Quantity} of {line.Sku} in {Name}", cancellation);
        return true;
    }

    public int OnHand(string sku)
    {
        lock (_gate) return _onHand.GetValueOrDefault(sku);
    }

    private static Dictionary<string, int> Parse(string[] rows)
    {
        var onHand = new Dictionary<string, int>();
        foreach (var row in rows)
        {
            var cells = row.Split(';');
            if (cells.Length == 2) onHand[cells[0]] = int.Parse(cells[1], CultureInfo.InvariantCulture);
        }

        return onHand;
    }
}
