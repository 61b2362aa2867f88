using OrderDesk.Audit;

namespace OrderDesk.Orders;

/// <summary>In how many ways an order's articles fill a carton exactly; the packers like to have a choice.</summary>
public sealed class PackingPlanner(AuditLog audit)
{
    public async Task<int> PlanAsync(int[] volumes, int carton, CancellationToken cancellation)
    {
        var ways = Ways(volumes, 0, carton); // wrong: QNT4005
        await audit.WriteAsync($"{ways} ways to pack", cancellation);
        return ways;
    }

    public async Task<int> SuggestAsync(int[] volumes, int carton, CancellationToken cancellation)
    {
        var ways = await Task.Run(() => Ways(volumes, 0, carton), cancellation); // right
        await audit.WriteAsync($"{ways} ways to pack", cancellation);
        return ways;
    }

    private static int Ways(int[] volumes, int next, int room)
    {
        if (room == 0) return 1;
        if (room < 0 || next == volumes.Length) return 0;
        return Ways(volumes, next + 1, room) + Ways(volumes, next + 1, room - volumes[next]);
    }
}
